"""What the counter says across the room: large words for a scan and for what came of an act."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from stockpile import fact_words
from stockpile.language import _, isolated, ngettext
from ui.pages.figures import figure
from ui.pages.issuing_lines import (
    clearance_words,
    model_of,
    objection_words,
    person_name,
    serial_of,
)
from ui.pages.scan_labels import paper_result, with_label
from ui.pages.standing import joined
from ui.view_models.counter import Counter, Person
from ui.view_models.counter_signing import Happened
from ui.widgets.scan_result import Answer, Outcome, Result


def waiting(counter: Counter) -> Result:
    """Return what is wished for while nothing was scanned yet."""
    if counter.mode == "return":
        return Result(
            Outcome.WAITING, _("Scan what comes back"),
            sentence=_("Each weapon closes its own line; scan a rack to put the next ones there."),
        )  # fmt: skip
    return Result(
        Outcome.WAITING, _("Scan a person, then their weapons"),
        sentence=_("Card, weapon, weapon; ammunition by its lot. In any order."),
    )  # fmt: skip


def result_of(happened: Happened, counter: Counter) -> Result:
    """Return the banner of what happened."""
    return with_label(_RESULTS[happened.kind](happened, counter), happened.scanned)


def _put(one: Happened, _counter: Counter) -> Result:
    assert one.item is not None
    holder = person_name(one.item.holder)
    sentence = holder or _("For nobody yet: scan the person's card.")
    return Result(
        Outcome.FOUND, model_of(one.item), serial_of(one.item), sentence
    )  # fmt: skip


def _red(one: Happened, _counter: Counter) -> Result:
    assert one.item is not None
    against = joined(*(objection_words(each) for each in one.item.against))
    answers = (
        () if one.item.is_barred else (Answer("override", _("Give a reason"), "pencil", "F8"),)
    )
    off = Answer("off", _("Take it off"), "undo-2", "F4")
    return Result(
        Outcome.UNEXPECTED, _("Something stands against it"), serial_of(one.item), against,
        (*answers, off),
    )  # fmt: skip


def _barred(one: Happened, _counter: Counter) -> Result:
    assert one.item is not None
    against = joined(*(objection_words(each) for each in one.item.against))
    return Result(Outcome.REFUSED, _("Not to be handed out"), serial_of(one.item), against)


def _alarm(one: Happened, _counter: Counter) -> Result:
    assert one.item is not None
    return Result(
        Outcome.ALARM, _("Reported lost or stolen"), serial_of(one.item),
        _("Keep it here and tell the commander."),
    )  # fmt: skip


def _again(one: Happened, _counter: Counter) -> Result:
    assert one.item is not None
    holder = person_name(one.item.holder)
    return Result(Outcome.TWICE, _("On the counter already"), serial_of(one.item), holder)


def _faced(one: Happened, counter: Counter) -> Result:
    assert one.person is not None
    return Result(
        Outcome.FOUND if not one.person.is_late else Outcome.MISPLACED,
        person_name(one.person.holder),
        sentence=account_words(one.person) if counter.mode == "return" else _cleared(one.person),
    )


def _cleared(person: Person) -> str:
    said = [clearance_words(what, clearance) for what, clearance in person.cleared]
    known = joined(*said) if said else _("Cleared for nothing that is on record")
    return joined(known, account_words(person)) if person.weapons or person.rounds else known


def account_words(person: Person) -> str:
    """Return what somebody has."""
    if not person.weapons and not person.rounds:
        return _("Has nothing out")
    has = ngettext("{count} weapon out", "{count} weapons out", person.weapons)
    said = [has.format(count=figure(person.weapons))]
    if person.rounds:
        rounds = ngettext("{count} round", "{count} rounds", person.rounds)
        said.append(rounds.format(count=figure(person.rounds)))
    if person.is_late:
        said.append(_("something is overdue"))
    return joined(*said)


def _erased(_one: Happened, _counter: Counter) -> Result:
    return Result(
        Outcome.REFUSED, _("This person is not on record here"),
        sentence=_("Put them on record first, under Holders."),
    )  # fmt: skip


def _lot(one: Happened, counter: Counter) -> Result:
    named = joined(*(isolated(each) for each in one.words if each))
    if counter.mode == "return":
        wish = _("F12 says how many were fired or are missing.")
    else:
        wish = _("Type how many rounds. {left} are left.").format(left=figure(one.count))
    return Result(Outcome.PLACE, named or _("Ammunition"), one.text, wish)


def _lot_not_out(one: Happened, _counter: Counter) -> Result:
    return Result(
        Outcome.TWICE, _("No rounds of this lot are out here"), one.text,
        _("Scan the weapon of who has them."),
    )  # fmt: skip


def _place(one: Happened, _counter: Counter) -> Result:
    return Result(
        Outcome.PLACE, isolated(one.text), sentence=_("What comes back now is put here.")
    )  # fmt: skip


def _place_unused(_one: Happened, _counter: Counter) -> Result:
    return Result(
        Outcome.TWICE, _("A place hands nothing out"),
        sentence=_("Scan a person or a weapon."),
    )  # fmt: skip


def _several(one: Happened, _counter: Counter) -> Result:
    named = joined(*(isolated(each) for each in one.words))
    return Result(Outcome.REFUSED, _("More than one is called so"), one.text, named)


def _unknown(one: Happened, _counter: Counter) -> Result:
    return Result(
        Outcome.REFUSED, _("On no record here"), one.text,
        _("No person, weapon or lot is called so. Nothing was changed."),
    )  # fmt: skip


def _paper(one: Happened, _counter: Counter) -> Result:
    assert one.scanned is not None
    return paper_result(one.scanned)


def _not_out(one: Happened, _counter: Counter) -> Result:
    assert one.item is not None
    return Result(
        Outcome.TWICE, _("Not out: nothing to take back"), serial_of(one.item),
        _("By the record it is here already."),
    )  # fmt: skip


def _back(one: Happened, _counter: Counter) -> Result:
    assert one.item is not None
    kit = fact_words.kit_words(one.item.kit) if one.item.kit else ""
    holder = person_name(one.item.holder)
    return Result(
        Outcome.FOUND, model_of(one.item), serial_of(one.item),
        joined(*(each for each in (holder, kit) if each)),
    )  # fmt: skip


def _back_by_other(one: Happened, counter: Counter) -> Result:
    assert one.item is not None
    said = _("It is out with {holder}; brought by {bearer}.")
    bearer = counter.person.holder if counter.person else None
    words = said.format(holder=person_name(one.item.holder), bearer=person_name(bearer))
    return Result(Outcome.MISPLACED, model_of(one.item), serial_of(one.item), words)


def _repeated(one: Happened, counter: Counter) -> Result:
    red = len(counter.red)
    words = _("Scan each weapon; the last one opens the signing.")
    if red:
        bad = ngettext("{count} cannot go out as it is.", "{count} cannot go out as they are.", red)
        words = joined(words, bad.format(count=figure(red)))
    title = ngettext("{count} weapon as before", "{count} weapons as before", one.count)
    return Result(Outcome.PLACE, title.format(count=figure(one.count)), one.text, words)


def _handed(one: Happened, _counter: Counter) -> Result:
    title = ngettext("{count} weapon handed over", "{count} weapons handed over", one.count)
    return Result(
        Outcome.GOOD, title.format(count=figure(one.count)), ", ".join(one.words),
        _("Signed by both and on record. The paper is made by itself."),
    )  # fmt: skip


def _returned(one: Happened, _counter: Counter) -> Result:
    title = ngettext("{count} weapon is back", "{count} weapons are back", one.count)
    clear = one.text == "0"
    said = _("Nothing is out any more") if clear else _("{count} still out").format(count=one.text)
    who = joined(*(isolated(each) for each in one.words[:3]))
    return Result(Outcome.GOOD, title.format(count=figure(one.count)), sentence=joined(who, said))


def _undone(_one: Happened, _counter: Counter) -> Result:
    return Result(
        Outcome.GOOD, _("Taken back"), sentence=_("The hand-over stays on record, with its return.")
    )  # fmt: skip


def _empty(_one: Happened, _counter: Counter) -> Result:
    return Result(
        Outcome.TWICE, _("Nothing lies on the counter"), sentence=_("Scan what comes back first.")
    )  # fmt: skip


def _nobody(one: Happened, _counter: Counter) -> Result:
    assert one.item is not None
    return Result(
        Outcome.REFUSED, _("For whom is it?"), serial_of(one.item), _("Scan the person's card.")
    )  # fmt: skip


_RESULTS: Mapping[str, Callable[[Happened, Counter], Result]] = MappingProxyType(
    {
        "put": _put, "red": _red, "barred": _barred, "alarm": _alarm, "again": _again,
        "person": _faced, "erased": _erased, "lot": _lot, "lot_not_out": _lot_not_out,
        "place": _place, "place_unused": _place_unused, "several": _several, "unknown": _unknown,
        "paper": _paper,
        "not_out": _not_out, "back": _back, "back_by_other": _back_by_other,
        "repeated": _repeated, "handed": _handed, "returned": _returned, "undone": _undone,
        "empty": _empty, "nobody": _nobody,
    }
)  # fmt: skip
