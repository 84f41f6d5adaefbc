"""What an act would change, in words: for who confirms it, or decides about it, before it counts.

Each fact of the act is a line: what it is about, what it says, and every value before and after.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from types import MappingProxyType
from typing import Any, Final, Protocol

from stockpile import wording
from stockpile.domain import facts, weapons
from stockpile.domain.errors import WeaponUnknown
from stockpile.domain.facts import Draft, Fact, Mark, Unheeded
from stockpile.domain.numbers import registry_number
from stockpile.domain.references import Reference
from stockpile.domain.values import Digest, Instant, NodeId, OfficerId, WeaponId
from stockpile.domain.views import FIELDS, Value
from stockpile.domain.weapons import Weapon
from stockpile.fact_words import fact_sentence, kit_words
from stockpile.language import _, figure, isolated, listed, ngettext
from stockpile.plan_said import Pairs, said
from stockpile.record_words import field_name, mark_place, mark_text, value_words
from stockpile.terms import term
from stockpile.wording import Names

_NOWHERE: Final = NodeId("")
_SHOWN: Final = 3
"""Lines of an act that a dialog of PINs shows; the rest is counted."""


@dataclass(frozen=True, slots=True)
class Change:
    """One value: what it is, how it reads now, and how it would read; both in words."""

    what: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class PlanLine:
    """One fact of an act: what it is about, what it says, and what that changes.

    ``weapon`` is the weapon's id, empty for anything else.
    """

    about: str
    sentence: str
    changes: tuple[Change, ...] = ()
    weapon: str = ""


class Standing(Protocol):
    """What stands now, as a desk's books or the registry's tables hold it."""

    def weapon(self, weapon: WeaponId, /) -> Weapon:
        """Return a weapon; raises WeaponUnknown."""
        ...

    def reference(self, subject: str, /) -> Reference | None:
        """Return what is no weapon; None where nothing was said of it."""
        ...


def planned(drafts: Sequence[Draft], by: OfficerId | None, at: Instant) -> tuple[Fact, ...]:
    """Return drafts as the facts that they are to become, each with a stand-in for its hash."""
    found: list[Fact] = []
    last: dict[str, Digest] = {}
    for place, draft in enumerate(drafts):
        hash_ = Digest(f"planned:{place}")
        before = (last[draft.subject],) if draft.follows else ()
        found.append(
            Fact(
                hash_, _NOWHERE, place + 1, 2**52 + place, at, 0, by, (), draft.subject,
                draft.body, (*draft.replaces, *before), draft.saw, draft.attachments,
            )
        )  # fmt: skip
        last[draft.subject] = hash_
    return tuple(found)


def plan_lines(
    standing: Standing, names: Mapping[str, str], known: Iterable[Fact]
) -> tuple[PlanLine, ...]:
    """Return what facts that do not count yet say, and what they would change.

    ``names`` are what people call the places, officers and papers that they name, by id.
    """
    known = tuple(known)
    coming = {one.subject: name for one in known if (name := _coming_name(one.body))}
    called = Names({**names, **coming}, partial(term, "component"))
    states: dict[str, Weapon] = {}
    lines = []
    for fact in known:
        body = fact.body.body if isinstance(fact.body, Unheeded) else fact.body
        lines.append(_line(standing, fact.saying(body).without_author(), called, states))
    return tuple(lines)


def what_words(act: str, lines: Sequence[PlanLine]) -> str:
    """Return what is signed, for a dialog of PINs: the first lines, and how many more."""
    title = wording.act(act)
    return titled_words(title[:1].upper() + title[1:], lines)


def titled_words(title: str, lines: Sequence[PlanLine]) -> str:
    """Return the first lines of what has a title of its own, beneath it, and how many more."""
    shown = [line_words(line) for line in lines[:_SHOWN]]
    rest = len(lines) - len(shown)
    if rest > 0:
        more = ngettext("and {count} more", "and {count} more", rest)
        shown.append(more.format(count=figure(rest)))
    return "\n".join([title, *shown])


def line_words(line: PlanLine) -> str:
    """Return a line with its changes as running words."""
    changed = [
        _("{what}: {after} (before: {before})").format(
            what=one.what, after=one.after or _("nothing"), before=one.before or _("nothing")
        )
        for one in line.changes
    ]
    return ". ".join(part for part in (line.about, line.sentence, *changed) if part)


def weapon_words(weapon: Weapon) -> str:
    """Return a weapon as people name it: serial, make, model, and its registry number."""
    number = registry_number(WeaponId(weapon.id))
    words = (weapon.serial.text, weapon.make, weapon.model)
    named = " ".join(isolated(one) for one in words if one)
    return _("{what} ({number})").format(what=named or number, number=isolated(number))


def _line(standing: Standing, fact: Fact, names: Names, states: dict[str, Weapon]) -> PlanLine:
    sentence = fact_sentence(fact, names)
    if not isinstance(fact.body, facts.WeaponBody):
        about, before = _reference(standing, fact, names)
        return PlanLine(about, sentence, _changes(before, said(fact.body, names)))
    if fact.subject not in states:
        states[fact.subject] = _weapon(standing, fact.subject)
    now = states[fact.subject]
    then = weapons.after(now, fact)
    states[fact.subject] = then
    changes = (*_of_weapon(now, then, names), *_changes([], said(fact.body, names)))
    return PlanLine(weapon_words(now if now.registered else then), sentence, changes, fact.subject)


def _weapon(standing: Standing, subject: str) -> Weapon:
    try:
        return standing.weapon(WeaponId(subject))
    except WeaponUnknown:
        return Weapon(WeaponId(subject))


def _of_weapon(now: Weapon, then: Weapon, names: Names) -> list[Change]:
    """Return what a weapon's record would say otherwise."""
    found = [
        Change(field_name(name), _described(name, read(now)), _described(name, read(then)))
        for name, read in FIELDS.items()
        if read(now) != read(then)
    ]
    found += [
        Change(what(), words(now), words(then))
        for what, words in _BESIDE
        if words(now) != words(then)
    ]
    if now.status != then.status:
        found.append(Change(_("Status"), wording.status(now.status), wording.status(then.status)))
    if now.place != then.place:
        found.append(Change(wording.field_name("place"), names.of(now.place), names.of(then.place)))
    before = {one.job: one for one in now.applied}
    for one in then.applied:
        old = before.get(one.job)
        if old is None or old.state != one.state:
            was = wording.applied_state(old.state) if old else ""
            mark = _("Mark {text}").format(text=isolated(one.text))
            found.append(Change(mark, was, wording.applied_state(one.state)))
    return found


def _described(name: str, value: Value) -> str:
    """Return a field's value; of marks also where each stands, or two readings look the same."""
    marks = value if name == "marks" and isinstance(value, tuple) else ()
    return listed(_mark(one) for one in marks if isinstance(one, Mark)) or value_words(name, value)


def _mark(mark: Mark) -> str:
    legible = "" if mark.legibility == "clear" else term("legibility", mark.legibility)
    where = listed((mark_place(mark), legible))
    said = mark_text(mark)
    return _("{what} ({number})").format(what=said, number=where) if where else said


_BESIDE: Final[Sequence[tuple[Callable[[], str], Callable[[Weapon], str]]]] = (
    (lambda: _("Kit"), lambda one: kit_words(one.kit)),
    (lambda: _("Unfit for use"), lambda one: _("Yes") if one.unfit else ""),
    (lambda: _("Inspection due"), lambda one: isolated(one.inspect_by)),
)
"""What a weapon's record says beside its description: what it is called, and what it says."""


def _reference(standing: Standing, fact: Fact, names: Names) -> tuple[str, Pairs]:
    """Return what a reference is called, and what it says until now in the words of the new."""
    reference = standing.reference(fact.subject)
    about = names.known.get(fact.subject) or _own_name(fact.body)
    if isinstance(fact.body, facts.InvestigationOpened) and fact.body.weapon:
        about = weapon_words(_weapon(standing, fact.body.weapon))
    if isinstance(fact.body, facts.CustodyHandedOver):
        about = isolated(names.of(fact.body.place))
    if reference is None:
        usual = said(facts.GuardSet(), names) if isinstance(fact.body, facts.GuardSet) else []
        return about, usual
    about = about or _own_name(reference.opened)
    same = type(reference.now) is type(fact.body)
    return about, said(reference.now, names) if same else []


def _own_name(body: Any) -> str:  # noqa: ANN401 - whatever has a name or number
    if isinstance(body, facts.GuardSet):
        return _("Rules of this site")
    if isinstance(body, facts.EntryJudged):
        return _("Entry {number}").format(number=figure(body.number))
    for name in ("name", "number"):
        said = getattr(body, name, "")
        if isinstance(said, str) and said:
            return isolated(said)
    return ""


def _coming_name(body: object) -> str:
    """Return what people are to call a thing that an act brings on record: no id stands for it."""
    match body:
        case facts.WaybillOpened():
            return body.number
        case facts.OfficerAppointed() | facts.PlaceOpened():
            return body.name
        case _:
            return ""


def _changes(before: Pairs, after: Pairs) -> tuple[Change, ...]:
    old = dict(before)
    return tuple(
        Change(what, old.get(what, ""), value)
        for what, value in after
        if value != old.get(what, "")
    )


def rule_changes(before: facts.GuardSet, after: facts.GuardSet) -> tuple[Change, ...]:
    """Return what rules of a site say otherwise than those before."""
    nobody = Names()
    return _changes(said(before, nobody), said(after, nobody))


def judgement_words(judged: str) -> str:
    """Return what two officers decided about an entry without right; nothing before that."""
    words = {
        "": "",
        "accepted": _("Accepted after all: it counts now."),
        "rejected": _("Not accepted: it stays evidence."),
    }
    return words[judged]


def lack_words(lack: str) -> str:
    """Return what an entry lacks that was written without the right to it."""
    return _LACKS[lack]() if lack in _LACKS else lack


_LACKS: Final[Mapping[str, Callable[[], str]]] = MappingProxyType(
    {
        "unsigned": lambda: _("No signature of the officer stands under it that holds."),
        "no_office": lambda: _("Who is named as its officer was not in office there."),
        "no_right": lambda: _("The officer's role did not include this act."),
        "one_officer": lambda: _("It wants two officers, and only one signed."),
        "untaken": lambda: _("Who takes over did not sign it."),
        "revoked": lambda: _(
            "Its computer was trusted no more by then: the authority revoked it (stolen, lost or"
            " misused)."
        ),
        "rejected": lambda: _("Two officers rejected the entry that it is taken from."),
    }
)
