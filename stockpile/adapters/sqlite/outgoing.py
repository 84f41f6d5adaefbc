"""What this node writes: drafts at their addresses, sealed into the entry that comes next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from stockpile import __version__
from stockpile.domain import codec, ledger
from stockpile.domain.codec import Encoded, Stamp
from stockpile.domain.facts import Draft
from stockpile.domain.ledger import Act, Entry, Sign, Tip, TreeHead
from stockpile.domain.values import Digest
from stockpile.services.ports import Chance, OfficerKey


def encoded(drafts: Sequence[Draft], first: Stamp, chance: Chance) -> list[Encoded]:
    """Encode drafts, each at the next address and counter after the first."""
    facts: list[Encoded] = []
    last: dict[str, Digest] = {}
    for place, said in enumerate(drafts):
        before = (last[said.subject],) if said.follows else ()
        draft = replace(said, replaces=(*said.replaces, *before)) if before else said
        stamp = Stamp(
            first.node, first.seq + place, first.lamport + place, first.at, first.zone,
            first.by, first.witnesses,
        )  # fmt: skip
        kind = codec.kind_of(draft.body)
        salt = chance.bytes(codec.SALT_LENGTH) if kind in codec.DETACHED else b""
        facts.append(codec.encode(draft, stamp, salt))
        last[draft.subject] = facts[-1].fact.hash
    return facts


def sealed(
    facts: Sequence[Encoded],
    previous: Tip,
    tree_head: TreeHead | None,
    sign: Sign,
    signers: Sequence[OfficerKey],
) -> tuple[Entry, Tip]:
    """Seal the facts into an entry, signed by the node and by each officer who must."""
    last = facts[-1].fact
    act = Act(last.at, __version__, last.lamport, tree_head)
    entry, tip = ledger.seal(last.node, previous, [one.raw for one in facts], act, sign)
    for signer in signers:
        entry = ledger.countersigned(entry, signer.officer, signer.sign)
    return entry, tip
