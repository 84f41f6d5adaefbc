"""The cards of the conflict room in the user's language, for desk, command and registry alike.

What each choice leads to is said before it is made; no word leans towards a side.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType
from typing import Final

from stockpile import wording
from stockpile.domain.cards import Card, Choice, ChoiceKind, Side
from stockpile.domain.facts import (
    Component,
    Fact,
    Mark,
    SafeCheck,
    WeaponBody,
    WeaponRegistered,
)
from stockpile.domain.values import NodeId, WeaponId
from stockpile.domain.views import Value
from stockpile.fact_words import fact_sentence
from stockpile.language import _, figure, isolated, listed, ngettext
from stockpile.terms import TermList, term
from stockpile.wording import Names

_SHOWN: Final = 8
"""Letters of a node's id that name it where nobody said what it is called."""
_MOST_LINES: Final = 12
_MARK: Final = "mark:"


def conflict_title(card: Card) -> str:
    """Return what sort of contradiction it is."""
    return wording.conflict_kind(card.conflict.kind)


def conflict_sentence(card: Card) -> str:
    """Return what the contradiction means, and what to do before it is settled."""
    said = _SENTENCES[card.conflict.kind]()
    if not card.more:
        return said
    more = ngettext(
        "{count} more entry has the same. It is shown when these are settled.",
        "{count} more entries have the same. The next are shown when these are settled.",
        card.more,
    )
    return f"{said} {more.format(count=figure(card.more))}"


def side_title(number: int, side: Side, names: Names) -> str:
    """Return what one side says as a whole, as a line of a life; who wrote it is said beside."""
    said = fact_sentence(side.fact.without_author(), names) if side.fact else _("A record")
    return _("{number}. {what}").format(number=isolated(str(number)), what=said)


def node_words(node: NodeId, names: Names) -> str:
    """Return what a node is called, or the beginning of its id."""
    name = names.of(node)
    return isolated(name if name != node else node[:_SHOWN])


def said_words(name: str, value: Value, names: Names) -> tuple[str, str]:
    """Return a field of a side and what it says of it, both in words."""
    if name.startswith(_MARK):
        label = _("Mark {text}").format(text=isolated(name.removeprefix(_MARK)))
        return label, wording.applied_state(str(value))
    label = _FIELDS[name]() if name in _FIELDS else wording.field_name(name)
    return label, _value(name, value, names)


def choice_words(card: Card, choice: Choice, names: Names) -> tuple[str, str]:
    """Return a choice in a few words, and what follows from it."""
    title, follows = _CHOICES[choice.kind]
    if choice.kind == "stands":
        title, follows = _STANDS.get(card.conflict.kind, (title, follows))
    values = {
        "side": isolated(str(choice.side + 1)),
        "mark": isolated(choice.about),
        "outcome": term("investigated", choice.about) if choice.kind == "answered" else "",
        "place": isolated(names.of(_place(card, choice))),
    }
    said = follows().format(**values)
    return title().format(**values), said


def wrote_label() -> str:
    """Return what the lines of ``wrote_words`` stand under."""
    return _("What was written")


def wrote_words(card: Card, names: Names) -> tuple[str, ...]:
    """Return, where a node wrote two histories, what each side wrote: a line for each fact."""
    if card.conflict.kind != "node_fork":
        return ()
    return tuple(_lines(side, names) for side in card.sides)


def weapons_told(cards: Iterable[Card]) -> list[WeaponId]:
    """Return the weapons of which histories tell: their names say which one a line is about."""
    told = (side.entries for card in cards if card.conflict.kind == "node_fork"
            for side in card.sides)  # fmt: skip
    facts = (fact for entries in told for fact in entries)
    return sorted({WeaponId(one.subject) for one in facts if isinstance(one.body, WeaponBody)})


def _lines(side: Side, names: Names) -> str:
    stamped = {
        fact.subject: listed(one.text for one in fact.body.marks)
        for fact in side.entries
        if isinstance(fact.body, WeaponRegistered)
    }
    named = Names({**stamped, **names.known}, names.component)
    lines = [_line(fact, named) for fact in side.entries[:_MOST_LINES]]
    left = len(side.entries) - len(lines)
    if left:
        more = ngettext("and {count} more", "and {count} more", left)
        lines.append(more.format(count=figure(left)))
    return "\n".join(lines)


def _line(fact: Fact, names: Names) -> str:
    said, name = fact_sentence(fact, names), names.of(fact.subject)
    if name == fact.subject:
        return said
    return _("{name}: {what}").format(name=isolated(name), what=said)


def second_needed(choice: Choice, *, two: bool) -> str:
    """Return that two officers sign a choice, or nothing."""
    return _("Two officers sign this: {act}.").format(act=wording.act(choice.act)) if two else ""


def disputed_words(weapons: int, disputed: int) -> str:
    """Return how many weapons a list counts, and how many of them are in dispute."""
    counted = ngettext("{count} weapon", "{count} weapons", weapons)
    said = counted.format(count=figure(weapons))
    if not disputed:
        return said
    of_them = ngettext("{count} disputed", "{count} disputed", disputed)
    return f"{said}, {of_them.format(count=figure(disputed))}"


def _place(card: Card, choice: Choice) -> str:
    if choice.side < 0:
        return ""
    return str(dict(card.sides[choice.side].says).get("place") or "")


_TERMS: Final[Mapping[str, TermList]] = MappingProxyType(
    {
        "action": "action", "origin": "origin", "frame": "frame", "custody": "custody",
        "mode": "mode", "component": "component", "position": "position",
    }
)  # fmt: skip


def _value(name: str, value: Value, names: Names) -> str:
    match value:
        case None | "" | ():
            return _("nothing said")
        case SafeCheck():
            return _("remnant found") if value.remnant else _("no remnant found")
        case str():
            return _text(name, value, names)
        case _:
            return ", ".join(_row(one) for one in value)


def _text(name: str, value: str, names: Names) -> str:
    if name in _TERMS:
        return term(_TERMS[name], value)
    own = _TEXTS.get(name)
    return (own(value) if own else "") or isolated(names.of(value))


_TEXTS: Final[Mapping[str, Callable[[str], str]]] = MappingProxyType(
    {
        "status": wording.status,
        "condition": wording.condition,
        "type": wording.weapon_type,
        "mark_state": wording.applied_state,
        "unfit": lambda _said: _("unfit for use"),
        "lacks": lambda said: _LACKS[said]() if said in _LACKS else "",
        "wants": wording.act,
        "counted": lambda _said: _("not found"),
        "block": lambda _said: _("none named, and none of its writer's holds it"),
        "history": lambda said: _("in the chain") if said == "in_chain" else _("beside the chain"),
    }
)


def _row(one: str | Mark | Component) -> str:
    if isinstance(one, Component):
        return term("component", one.kind)
    return isolated(one.text if isinstance(one, Mark) else one)


_LACKS: Final[Mapping[str, Callable[[], str]]] = MappingProxyType(
    {
        "unsigned": lambda: _("the officer's own signature"),
        "no_office": lambda: _("an officer: whoever wrote it was not in office there"),
        "no_right": lambda: _("the right: the officer's role does not include it"),
        "one_officer": lambda: _("a second officer: one alone signed it"),
        "untaken": lambda: _("the signature of who takes over"),
        "revoked": lambda: _(
            "trust in its computer: it was revoked, and this stands after its last good entry"
        ),
        "rejected": lambda: _("its place in the chain: two officers rejected the entry"),
    }
)
_FIELDS: Final[Mapping[str, Callable[[], str]]] = MappingProxyType(
    {
        "status": lambda: _("Where it stands"),
        "holder": lambda: _("Holder"),
        "paper": lambda: _("Paper"),
        "mark": lambda: _("Our mark"),
        "mark_state": lambda: _("How the mark stands"),
        "component": lambda: _("Part"),
        "position": lambda: _("Position"),
        "kit": lambda: _("What goes with it"),
        "unfit": lambda: _("Use of the weapon"),
        "inspect_by": lambda: _("Inspect by"),
        "components": lambda: _("Components"),
        "marks": lambda: _("Marks as read"),
        "safe": lambda: _("Safety check"),
        "grounds": lambda: _("Grounds"),
        "where": lambda: _("Where it came from"),
        "scheme": lambda: _("Marking scheme"),
        "drawn": lambda: _("Number"),
        "block": lambda: _("Block of numbers"),
        "entries": lambda: _("Entries"),
        "lacks": lambda: _("What it lacks"),
        "wants": lambda: _("What was done"),
        "counted": lambda: _("In the count"),
        "history": lambda: _("Where it is held"),
        "shared": lambda: _("Last entry that both share"),
        "numbers_of": lambda: _("Whose numbers"),
        "registered": lambda: _("Rounds on record"),
        "issued": lambda: _("Rounds that went out"),
        "returned": lambda: _("Rounds that came back"),
    }
)
_Words = Callable[[], str]
_CHOICES: Final[Mapping[ChoiceKind, tuple[_Words, _Words]]] = MappingProxyType(
    {
        "stands": (
            lambda: _("Account {side} is right"),
            lambda: _("The record says from now on what account {side} says."),
        ),
        "combined": (
            lambda: _("Both corrections are right"),
            lambda: _("They changed different fields: the record takes both."),
        ),
        "seen_there": (
            lambda: _("The count is right: it is at {place}"),
            lambda: _("The record says from now on that the weapon is at {place}."),
        ),
        "same_weapon": (
            lambda: _("One weapon: record {side} stays"),
            lambda: _(
                "The other record goes under it; both lives are kept and read together. It can be"
                " parted again."
            ),
        ),
        "different_weapons": (
            lambda: _("Different weapons"),
            lambda: _("All records stay, and nobody is warned of these again."),
        ),
        "mark_stands": (
            lambda: _("Only {mark} is on the metal"),
            lambda: _("The other mark is void for good; its number is never used again."),
        ),
        "all_marks_stand": (
            lambda: _("All of these marks are on the metal"),
            lambda: _("Each of them stands."),
        ),
        "no_mark_stands": (
            lambda: _("None of these marks is on the metal"),
            lambda: _(
                "They are void for good, their numbers are never used again, and the weapon is to"
                " be marked."
            ),
        ),
        "mark_on": (
            lambda: _("{mark} belongs on weapon {side}"),
            lambda: _("It is void on every other weapon: strike it out there and mark anew."),
        ),
        "mark_on_none": (
            lambda: _("{mark} is void on all of them"),
            lambda: _("Strike it out and mark each anew; the number is never used again."),
        ),
        "number_accepted": (
            lambda: _("{mark} stays: its number is accepted"),
            lambda: _("It counts from now on as a number of who marked it."),
        ),
        "mark_void": (
            lambda: _("{mark} is void: mark it again"),
            lambda: _(
                "Strike it out and mark the weapon anew, with a number of the own block; this one"
                " is never used again."
            ),
        ),
        "history_stands": (
            lambda: _("The computer of account {side} is the one in use"),
            lambda: _(
                "What the other one wrote stays as evidence and counts nowhere. Enrol it anew, and"
                " enter again what it rightly did."
            ),
        ),
        "answered": (
            lambda: _("Account {side} answers it"),
            lambda: _("The investigation is closed on it as evidence: {outcome}."),
        ),
        "lot_held": (
            lambda: _("The lot held {mark} rounds"),
            lambda: _("It is put right to that number: nothing is left of it then."),
        ),
        "accept": (
            lambda: _("Accept what was written"),
            lambda: _("It counts everywhere as if it had always been good."),
        ),
        "refuse": (
            lambda: _("Do not accept it"),
            lambda: _("It stays as evidence and counts nowhere."),
        ),
    }
)
_WHERE: Final[tuple[_Words, _Words]] = (
    lambda: _("Account {side} is right"),
    lambda: _("The weapon stands where account {side} says; the others stay in its history."),
)
_STANDS: Final[Mapping[str, tuple[_Words, _Words]]] = MappingProxyType(
    {
        "custody_fork": _WHERE,
        "act_after_end": _WHERE,
        "count_mismatch": (
            lambda: _("The record is right; the count was wrong"),
            lambda: _("The weapon stays where the record says; the sighting stays in its history."),
        ),
    }
)


def _what_forked() -> str:
    return _(
        "One computer wrote two histories under one key: its disk was cloned, or an old copy was"
        " switched on. The one in the chain here counts, the other is kept as evidence, and both go"
        " to the registry with the next exchange. Find both computers and stop one."
    )


def _who_decides_a_fork() -> str:
    return _(
        "Where the chain here is right, two officers say so below. Where the other one is, no desk"
        " decides it: two officials have the registry revoke this computer after the last entry"
        " that both share. It goes on under a new key, and what it rightly did is entered again."
    )


_SENTENCES: Final[Mapping[str, _Words]] = MappingProxyType(
    {
        "custody_fork": lambda: _(
            "Two people who did not know of each other wrote where the weapon is. Until it is"
            " settled it is not issued, moved or destroyed. Look where it really is."
        ),
        "marking_fork": lambda: _(
            "Two people who did not know of each other wrote of its marks. Look at the metal."
        ),
        "identity_fork": lambda: _(
            "Two people who did not know of each other corrected its description. Look at the"
            " weapon."
        ),
        "condition_fork": lambda: _(
            "Two people who did not know of each other judged its condition. Inspect it."
        ),
        "count_mismatch": lambda: _(
            "A count saw the weapon where the record says it is not. Look where it really is."
        ),
        "act_after_end": lambda: _(
            "Something was written of a weapon after its end. Find out whether it still exists, and"
            " ask who signed its end."
        ),
        "marked_twice": lambda: _("It bears two marks of one scheme. Look at the metal."),
        "possible_duplicate": lambda: _(
            "Serial, model and calibre look the same. It is one weapon recorded twice, or two with"
            " the same serial: lay them side by side, or compare the photos."
        ),
        "mark_doubled": lambda: _(
            "One mark with a number of its own stands on several weapons. Look at the metal of"
            " each."
        ),
        "lot_overdrawn": lambda: _(
            "Two sites gave out the same rounds without knowing of each other, or the lot held more"
            " than was put on record. Count what is left, and compare the receipts."
        ),
        "count_missing": lambda: _(
            "The book has it here, and a count that was closed did not find it. Search, count"
            " again, or report the loss: what answers it is offered here, and closes the"
            " investigation."
        ),
        "node_fork": lambda: f"{_what_forked()} {_who_decides_a_fork()}",
        "mark_outside": lambda: _(
            "A mark bears a number that was not its writer's to use then: another computer may hold"
            " it. Look at the metal, and ask both sites what they marked."
        ),
        "authority": lambda: _(
            "It was written without the right to it, and counts nowhere until two officers decide."
        ),
    }
)
