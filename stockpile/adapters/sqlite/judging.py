"""Whole chains judged again from their first entries on: for a rebuild, and to prove the books.

What falls short: an entry without right to what it says, one written after its node was trusted
last, and what came in an excerpt of an entry that two officers rejected.
"""

from __future__ import annotations

from typing import Final

from stockpile.adapters.sqlite import verdicts
from stockpile.adapters.sqlite.chains import Chains
from stockpile.adapters.sqlite.store import Connection
from stockpile.adapters.sqlite.verdicts import Unheeded
from stockpile.domain import codec, mandates
from stockpile.domain.authority import Authority
from stockpile.domain.mandates import REVOKED, Roll, Shortfall
from stockpile.domain.values import Digest, NodeId

_ROUNDS: Final = 5
"""Two are enough unless somebody decided about what a registry itself had no right to say."""
_FROM: Final = "SELECT no, hash FROM held_entry WHERE node = ? AND no >= ? ORDER BY no"
_DECIDED: Final = (
    "SELECT no, hash FROM excerpt WHERE node = ? AND EXISTS (SELECT 1 FROM held_fact "
    "WHERE subj = lower(hex(excerpt.hash)) AND kind = 'entry.judged') ORDER BY no"
)


def judged_anew(
    connection: Connection, chains: Chains, node: NodeId, authority: Authority
) -> list[Unheeded]:
    """Judge a whole chain again, from its first entry on, and return what falls short."""
    cut = dict(cut_off(connection, chains, node, authority))
    short: dict[int, Shortfall] = dict.fromkeys(cut, REVOKED)
    roll = Roll()
    for number, raws in verdicts.to_judge(connection, node):
        if number in cut:
            continue
        known = [codec.decode(raw) for raw in raws]
        if mandates.asks(roll, known):
            entry = chains.entry(node, number)
            lacks = mandates.shortfall(roll, entry, [codec.decode(raw) for raw in entry.facts])
            if lacks is not None:
                short[number] = lacks
                cut[number] = chains.tip_at(node, number).hash
                continue
        roll = mandates.after(roll, known)
    found = [
        Unheeded(node, number, cut[number], lacks, verdicts.judgement(connection, cut[number]))
        for number, lacks in short.items()
    ]
    return found + _rejected(connection, node, cut)


def cut_off(
    connection: Connection, chains: Chains, node: NodeId, authority: Authority
) -> list[tuple[int, Digest]]:
    """Return the entries, held whole or in excerpt, that came after their node was trusted last."""
    cut = authority.cuts.get(node)
    if cut is None:
        return []
    found = (
        (int(number), Digest(digest.hex()))
        for number, digest in connection.execute(_FROM, (node, cut.number)).fetchall()
    )
    return [one for one in found if chains.cuts_off(node, *one, authority)]


def trust_changed(
    connection: Connection, chains: Chains, before: Authority, now: Authority
) -> bool:
    """Say whether entries that are held count otherwise by what the registries say now."""
    return any(
        cut_off(connection, chains, node, before) != cut_off(connection, chains, node, now)
        for node in {*before.cuts, *now.cuts}
    )


def judge_all(connection: Connection, chains: Chains) -> None:
    """Find anew which entries fall short, and what was decided about them.

    Registries' own chains come first, for what they say of trust must be heeded itself.
    """
    authority = Authority()
    for _round in range(_ROUNDS):
        connection.execute("DELETE FROM unheeded")
        for node in sorted(chains.held):
            for one in judged_anew(connection, chains, node, authority):
                verdicts.keep(connection, one)
        _judge_judgements(connection)
        now = verdicts.authority_of(connection)
        if now.cuts == authority.cuts:
            return
        authority = now


def _judge_judgements(connection: Connection) -> None:
    """Look up decisions again until none changes: one may have made another one valid."""
    known = [one.hash for one in verdicts.all_unheeded(connection)]
    excerpts = connection.execute("SELECT DISTINCT node FROM excerpt").fetchall()
    for (node,) in excerpts:
        known += [Digest(row[1].hex()) for row in connection.execute(_DECIDED, (node,)).fetchall()]
    while any(verdicts.decided(connection, one) for one in dict.fromkeys(known)):
        pass


def _rejected(connection: Connection, node: NodeId, passed: dict[int, Digest]) -> list[Unheeded]:
    found = []
    for number, digest in connection.execute(_DECIDED, (node,)).fetchall():
        entry = Digest(digest.hex())
        if number not in passed and verdicts.judgement(connection, entry) == "rejected":
            found.append(Unheeded(node, number, entry, verdicts.REJECTED, "rejected"))
    return found
