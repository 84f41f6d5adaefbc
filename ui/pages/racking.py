# ruff: noqa: N802 — Qt names what is overridden
"""The scanner between the racks: one field, and what the last scan came to, read from afar."""

from __future__ import annotations

from collections.abc import Callable
from types import MappingProxyType
from typing import Final

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QWidget

from stockpile.language import _, isolated, ngettext
from stockpile.services.racking import Step, StepKind
from ui.pages.scan_commands import ScanCommands
from ui.pages.scan_labels import paper_result, with_label
from ui.pages.standing import model_or_type
from ui.theme import Space
from ui.view_models.racking import RackingModel
from ui.widgets.arrange import column
from ui.widgets.field import ScanField
from ui.widgets.scan_result import Outcome, Result, ScanResult

_KEYS: Final = (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress)


class RackingBench(QWidget):
    """Scan a rack's card, then its weapons.

    Signals:
        toast: what has happened, the word of the way back, and the way back.
        label_wanted: print the label of the weapon that was scanned last: its id.
    """

    toast = Signal(str, str, object)
    label_wanted = Signal(str)

    def __init__(self, model: RackingModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self.field = ScanField(_("Scan a rack's card, then the weapons that stand in it"))
        self.result = ScanResult()
        self._last = ""
        self._commands = ScanCommands(
            self.result,
            {
                "undo": self._undo_last,
                "next_rack": self._next_rack,
                "close": self._close,
                "print_last": self._print_last,
            },
        )
        self.setLayout(column(self.field, self.result, gap=Space.M))
        self.result.hide()
        self.field.submitted.connect(self._scan)
        self.field.edit.installEventFilter(self)
        model.stepped.connect(self._show)
        model.put_back.connect(self._say_put_back)
        model.rack_changed.connect(self._rack_changed)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take the last weapon back by Ctrl+Z: an empty field has nothing else to undo."""
        if self._is_undo(event):
            event.accept()
            if event.type() == QEvent.Type.KeyPress:
                self._model.undo_last()
            return True
        return super().eventFilter(watched, event)

    def _is_undo(self, event: QEvent) -> bool:
        if event.type() not in _KEYS or self.field.text():
            return False
        return isinstance(event, QKeyEvent) and event.matches(QKeySequence.StandardKey.Undo)

    def show_allowed(self) -> None:
        """Take scans only where the officer's role includes moving."""
        self.field.setEnabled(self._model.may_move)

    def _scan(self) -> None:
        text = self.field.text()
        self.field.set_text("")
        if not self._commands.took(text):
            self._model.scan(text)

    # --- the command card -------------------------------------------------------------------

    def _undo_last(self) -> bool:
        has_done = self._model.has_done
        self._model.undo_last()
        return has_done

    def _next_rack(self) -> None:
        self._model.leave_rack()
        said = _("Scan the card of the next rack.")
        self.result.show()
        self.result.show_result(Result(Outcome.PLACE, _("Next rack"), "", said))

    def _close(self) -> bool:
        was_open = self._model.rack is not None
        self._model.leave_rack()
        return was_open

    def _print_last(self) -> bool:
        if self._last:
            self.label_wanted.emit(self._last)
        return bool(self._last)

    def _show(self, step: Step) -> None:
        if step.line is not None:
            self._last = step.line.id
        self.result.show()
        self.result.show_result(result_of(step, self._model.moved))
        if step.kind == "moved" and step.rack is not None:
            said = _("Moved to {place}").format(place=isolated(step.rack.name))
            self.toast.emit(said, _("Undo"), lambda: self._model.undo(step))

    def _say_put_back(self, step: Step) -> None:
        words = _("{weapon} stands where it stood before")
        named = isolated(step.line.serial or step.line.number) if step.line else ""
        self.toast.emit(words.format(weapon=named), "", None)

    def _rack_changed(self) -> None:
        if self._model.rack is None:
            self.result.hide()


def result_of(step: Step, moved: int = 0) -> Result:
    """Return how a step is shown; ``moved`` is how many came into the rack before and with it."""
    if step.scanned is not None and step.scanned.document is not None:
        return paper_result(step.scanned)
    return with_label(_result_of(step, moved), step.scanned)


def _result_of(step: Step, moved: int) -> Result:
    if step.kind == "rack":
        return _rack_result(step)
    if step.kind == "moved":
        return _moved_result(step, moved)
    outcome, title, sentence = _OTHERS[step.kind]
    words = sentence().format(
        place=isolated(step.line.place if step.line else ""),
        rack=isolated(step.rack.name if step.rack else ""),
        numbers=", ".join(map(isolated, step.several)),
    )
    named = (step.line.serial or step.line.number) if step.line else step.text
    return Result(outcome, title(), named, words)


def _rack_result(step: Step) -> Result:
    rack = step.rack
    assert rack is not None
    fits = ngettext(
        "Room for {count} weapon. Scan what stands in it.",
        "Room for {count} weapons. Scan what stands in it.",
        rack.capacity,
    )
    plain = _("Scan what stands in it.")
    sentence = fits.format(count=isolated(str(rack.capacity))) if rack.capacity else plain
    return Result(Outcome.PLACE, isolated(rack.name), rack.code, sentence)


def _moved_result(step: Step, moved: int) -> Result:
    assert step.line is not None
    assert step.rack is not None
    named = step.line.serial or step.line.number
    rack, model = isolated(step.rack.name), isolated(model_or_type(step.line))
    if step.over:
        words = ngettext(
            "{model} stands in {rack} now: {count} more than fits.",
            "{model} stands in {rack} now: {count} more than fit.",
            step.over,
        )
        said = words.format(model=model, rack=rack, count=isolated(str(step.over)))
        return Result(Outcome.UNEXPECTED, _("The rack is too full"), named, said)
    if step.is_stranger:
        holds = isolated(", ".join(step.rack.holds))
        words = _("{model} stands in {rack} now, which holds {holds}.")
        said = words.format(model=model, rack=rack, holds=holds)
        return Result(Outcome.MISPLACED, _("Of another kind than the rack holds"), named, said)
    title = _("In {rack}").format(rack=rack)
    words = ngettext("{model}, {count} so far", "{model}, {count} so far", moved)
    return Result(
        Outcome.FOUND, title, named, words.format(model=model, count=isolated(str(moved)))
    )


_Words = Callable[[], str]
_OTHERS: Final = MappingProxyType[StepKind, tuple[Outcome, _Words, _Words]](
    {
        "stands": (
            Outcome.TWICE,
            lambda: _("Stands here already"),
            lambda: _("Nothing to do: the record says {rack}."),
        ),
        "no_rack": (
            Outcome.REFUSED,
            lambda: _("Which rack?"),
            lambda: _("Scan the card of the rack first, then this weapon again."),
        ),
        "out": (
            Outcome.UNEXPECTED,
            lambda: _("Out, by the record"),
            lambda: _("It was not moved. Take it back under Issue and return, then scan it here."),
        ),
        "lost": (
            Outcome.ALARM,
            lambda: _("Reported lost or stolen"),
            lambda: _("It was not moved. Put it aside, and report it found on its page."),
        ),
        "hot_list": (
            Outcome.ALARM,
            lambda: _("On the list of lost and stolen weapons"),
            lambda: _("It was not moved. Put it aside and call the officer in charge."),
        ),
        "disputed": (
            Outcome.UNEXPECTED,
            lambda: _("Two accounts of where it is"),
            lambda: _("It was not moved. Settle on the weapon's page which of them is right."),
        ),
        "gone": (
            Outcome.UNEXPECTED,
            lambda: _("No longer on the register"),
            lambda: _("Its record was withdrawn, joined to another, or says it was destroyed."),
        ),
        "unknown": (
            Outcome.REFUSED,
            lambda: _("Not on record"),
            lambda: _("No weapon and no rack has this code. Put it on record under Fast entry."),
        ),
        "several": (
            Outcome.REFUSED,
            lambda: _("Several weapons have this serial"),
            lambda: _("Scan its label instead, or type its number: {numbers}"),
        ),
        "paper": (
            Outcome.REFUSED,
            lambda: _("A paper"),
            lambda: _("Here racks and weapons are scanned."),
        ),
        "command": (
            Outcome.TWICE,
            lambda: _("A command"),
            lambda: _("It means nothing here."),
        ),
        "person": (
            Outcome.REFUSED,
            lambda: _("The card of a person"),
            lambda: _("Here racks and weapons are scanned."),
        ),
    }
)
