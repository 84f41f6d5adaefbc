"""What an act that waits would change: what is now and what would be, and what came in since.

An act was signed by what its officer saw then. Whoever confirms it sees what stands now, value by
value, and each entry about the same things that the registry heard of since it was asked.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from typing import Any, Final

from sqlalchemy import Connection, func, select

from stockpile.domain import codec
from stockpile.domain.errors import WeaponUnknown
from stockpile.domain.facts import Body, Draft, EntryJudged, Fact, WeaponBody
from stockpile.domain.references import Reference
from stockpile.domain.values import Digest, Instant, NodeId, WeaponId
from stockpile.domain.weapons import Weapon
from stockpile.fact_words import fact_sentence
from stockpile.language import _, listed
from stockpile.plan_words import Change, PlanLine, lack_words, plan_lines, planned, weapon_words
from stockpile.registry import register, settling, signed_words
from stockpile.registry.acts import Waiting
from stockpile.registry.database import among
from stockpile.registry.dossiers import named_in
from stockpile.registry.histories import weapons_of
from stockpile.registry.naming import names_of, reference_of
from stockpile.registry.tables import CM, EV, NODE, UNHEEDED
from stockpile.registry.texts import key_of
from stockpile.wording import Names

MOST_MOVED: Final = 20
"""Entries since an act was asked for that are told; more are counted as such."""

Values = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Told:
    """One fact that an act would write: what it changes, and every value as it is signed."""

    line: PlanLine
    values: Values


@dataclass(frozen=True, slots=True)
class Moved:
    """What was heard about the same thing since: what it says, which node said so, when."""

    sentence: str
    node: str
    received: Instant


@dataclass(frozen=True, slots=True)
class Proposed:
    """A waiting act as its second officer sees it.

    ``follows`` is what else would count, where an entry without right is accepted; ``is_more`` says
    that more came in since than is told.
    """

    told: tuple[Told, ...]
    follows: tuple[PlanLine, ...]
    moved: tuple[Moved, ...]
    is_more: bool


def proposed(connection: Connection, own: NodeId, act: Waiting) -> Proposed:
    """Return what a waiting act of the registry's own chain would change."""
    accepted = [fact for one in act.drafts for fact in _accepted(connection, one)]
    standing = _Standing(connection)
    bodies = [one.body for one in act.drafts]
    subjects = [*(one.subject for one in act.drafts), *(one.subject for one in accepted)]
    wanted = {*subjects, *(fact.node for fact in accepted)}
    for body in (*bodies, *(fact.body for fact in accepted), *map(standing.now, subjects)):
        wanted |= set(ids_in(body))
    names = called(connection, wanted)
    lines = plan_lines(standing, names.known, planned(act.drafts, act.officer, act.at))
    told = tuple(
        Told(_changing(connection, line, one, standing, names), values_of(one.body, names))
        for line, one in zip(lines, act.drafts, strict=True)
    )
    follows = plan_lines(standing, names.known, accepted)
    moved = _moved(connection, own, act, subjects)
    return Proposed(told, follows, moved[:MOST_MOVED], len(moved) > MOST_MOVED)


def values_of(body: Body, names: Names) -> Values:
    """Return every value that a fact states, each with what it is called."""
    found: dict[str, list[str]] = {}
    kind = codec.kind_of(body)
    for within, name, text in _flat(kind, "", codec.plain_body(body)):
        if text:
            said = signed_words.value(within, name, text, names.of)
            found.setdefault(signed_words.label(within, name), []).append(said)
    return tuple((label, listed(texts)) for label, texts in found.items())


# --- inside -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Standing:
    """What stands now, by the registry's tables."""

    connection: Connection

    def weapon(self, weapon: WeaponId, /) -> Weapon:
        found = register.weapon_of(self.connection, weapon)
        if found is None:
            raise WeaponUnknown(weapon)
        return found

    def reference(self, subject: str, /) -> Reference | None:
        found = reference_of(self.connection, subject)
        return found if found.standing else None

    def now(self, subject: str) -> Body | Weapon | None:
        """Return what a subject is now, whichever kind it is of."""
        found = register.weapon_of(self.connection, WeaponId(subject))
        reference = None if found else self.reference(subject)
        return reference.now if reference else found


def _accepted(connection: Connection, draft: Draft) -> tuple[Fact, ...]:
    """Return what an entry says that a draft accepts: all of that would count from then on."""
    if not isinstance(draft.body, EntryJudged) or not draft.body.accepted:
        return ()
    found = settling.entry_in_doubt(connection, Digest(draft.subject))
    return tuple(one for one in found if not isinstance(one.body, EntryJudged))


def _changing(
    connection: Connection, line: PlanLine, draft: Draft, standing: _Standing, names: Names
) -> PlanLine:
    """Return the line with each value before and after, where the desk's words have none of it."""
    body = draft.body
    if isinstance(body, WeaponBody):
        return line
    reference = standing.reference(draft.subject)
    if isinstance(body, EntryJudged):
        now = _("Counts for nothing. {why}").format(why=_lack(connection, draft.subject))
        if reference is not None and isinstance(reference.now, EntryJudged):
            now = _judgement(accepted=reference.now.accepted)
        change = Change(_("The entry"), now, _judgement(accepted=body.accepted))
        return replace(line, changes=(change,))
    if line.changes:
        return line
    is_same = reference is not None and type(reference.now) is type(body)
    before = dict(values_of(reference.now, names)) if reference is not None and is_same else {}
    after = dict(values_of(body, names))
    changes = tuple(
        Change(what, before.get(what, ""), after.get(what, ""))
        for what in dict.fromkeys((*before, *after))
        if before.get(what) != after.get(what)
    )
    return replace(line, changes=changes)


def called(connection: Connection, ids: set[str]) -> Names:
    """Return what ids are called: weapons too, and our marks on them, which jobs stand for."""
    known = weapons_of(connection, [WeaponId(one) for one in ids])
    names = names_of(connection, ids - known.keys())
    marks: dict[str, str] = {
        job: said
        for weapon in known.values()
        for job, said in signed_words.marks_called(weapon).items()
        if job in ids
    }
    weapons: dict[str, str] = {one: weapon_words(weapon) for one, weapon in known.items()}
    return replace(names, known={**marks, **names.known, **weapons})


def _judgement(*, accepted: bool) -> str:
    return (
        _("Counts, as if it had always been good")
        if accepted
        else _("Counts for nothing, and is kept as evidence")
    )


def _lack(connection: Connection, entry: str) -> str:
    asked = select(UNHEEDED.c.lack).where(UNHEEDED.c.hash == key_of(entry))
    lack = connection.execute(asked).scalar()
    return lack_words(lack) if lack else ""


def _moved(
    connection: Connection, own: NodeId, act: Waiting, subjects: Sequence[str]
) -> tuple[Moved, ...]:
    """Return what counts of what was heard about these subjects after the act was asked for."""
    asked_at = (
        select(func.min(CM.c.leaf_pos))
        .select_from(EV)
        .join(CM, CM.c.pos == EV.c.pos)
        .join(NODE, NODE.c.id == EV.c.node)
        .where(EV.c.subj == key_of(act.id), NODE.c.node == own)
        .scalar_subquery()
    )
    since = (
        select(EV.c.payload, CM.c.received)
        .join(CM, CM.c.pos == EV.c.pos)
        .join(UNHEEDED, register.IS_UNHEEDED, isouter=True)
        .where(among(connection, EV.c.subj, sorted(set(map(key_of, subjects)))))
        .where(CM.c.leaf_pos > asked_at, UNHEEDED.c.pos.is_(None))
        .order_by(CM.c.leaf_pos, EV.c.seq)
        .limit(MOST_MOVED + 1)
    )
    found = [(codec.decode(bytes(raw)), at) for raw, at in connection.execute(since)]
    names = names_of(connection, {one for fact, _at in found for one in named_in(fact)})
    return tuple(Moved(fact_sentence(fact, names), names.of(fact.node), at) for fact, at in found)


def ids_in(what: Body | Weapon | None) -> Iterator[str]:
    """Give every text of a fact or a weapon that may be the id of something with a name."""
    if isinstance(what, Weapon):
        yield what.place or ""
    elif what is not None:
        yield from (text for *_name, text in _flat("", "", codec.plain_body(what)))


def _flat(
    within: str,
    name: str,
    value: Any,  # noqa: ANN401 - plain values of JSON
) -> Iterator[tuple[str, str, str]]:
    """Give every value of a fact's body with the name of its field, and what that is within."""
    if is_dataclass(value):  # a part that is written with every field
        value = {one.name: getattr(value, one.name) for one in fields(value)}
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _flat(name or within, key, inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _flat(within, name, inner)
    elif isinstance(value, bool):
        yield within, name, _("Yes") if value else _("No")
    elif value is not None:
        yield within, name, str(value)
