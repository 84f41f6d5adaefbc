"""What a machine is used for: scheme, words, where on the weapon, why, and the pedal's key."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from stockpile import wording
from stockpile.domain.facts import MachineSet, MarkingReason, SchemeSet
from stockpile.domain.schemes import choices
from stockpile.domain.values import SchemeId
from stockpile.language import _, isolated
from stockpile.terms import TermList, known_codes, term
from ui.theme import Space
from ui.view_models.marking_setup import REASONS, Setup, parts_to_choose
from ui.widgets.arrange import Share, boxed, column, row
from ui.widgets.dialogs import ConfirmDialog
from ui.widgets.field import Choice, ChoiceField

PEDALS: Final = ("PgDown", "PgUp", "Pause", "F9", "F13", "F14", "F15", "F16")
"""Keys that pedals send, beside Enter and F5 which always start."""
_NO_PEDAL: Final = "-"


@dataclass(frozen=True, slots=True)
class Chosen:
    """What was set up: the machine, what for, and the key of the pedal."""

    machine: str
    setup: Setup
    pedal: str


class SetupDialog(ConfirmDialog):
    """What the station is used for from now on.

    Signals:
        decided: what was chosen: a Chosen.
    """

    decided = Signal(object)

    def __init__(
        self,
        machines: Sequence[MachineSet],
        schemes: Sequence[tuple[SchemeId, SchemeSet]],
        now: Chosen,
        parent: QWidget,
        *,
        ordered: bool = False,
    ) -> None:
        self._schemes, self._setup = dict(schemes), now.setup
        self.machine = ChoiceField(_("Machine"), [Choice(one.name, one.name) for one in machines])
        named = [Choice(id_, scheme.name) for id_, scheme in schemes]
        self.scheme = ChoiceField(_("Marking scheme"), named)
        reasons = [Choice(code, wording.marking_reason(code)) for code in REASONS]
        self.purpose = ChoiceField(_("Why they are marked"), reasons)
        self.component = ChoiceField(_("Part"), _terms("component"))
        self.position = ChoiceField(_("Where on it"), _terms("position"))
        pedals = [Choice(_NO_PEDAL, _("Enter and F5 only")), *(Choice(one, one) for one in PEDALS)]
        self.pedal = ChoiceField(_("Further key of the pedal"), pedals)
        self.words: dict[str, ChoiceField] = {}
        self._words_box = column(gap=Space.L)
        fields = column(
            _pair(self.machine, self.scheme), boxed(self._words_box),
            _pair(self.component, self.position), _pair(self.purpose, self.pedal), gap=Space.L,
        )  # fmt: skip
        super().__init__(
            _("Set up the station"),
            _("It is remembered on this computer, for each machine."),
            _("Use from now on"),
            danger=False,
            extra=boxed(fields),
            parent=parent,
        )
        self.setFixedWidth(620)
        self._show(now)
        for field in (self.scheme, self.purpose):
            field.setEnabled(not ordered)  # an order says by which scheme and why
        self._ordered = ordered
        self.scheme.chosen.connect(self._show_words)
        self.machine.chosen.connect(lambda _name: self._judge())
        self._show_words(self.scheme.value())
        self.accepted.connect(self._decide)
        self.machine.setFocus()

    def _show(self, now: Chosen) -> None:
        self.machine.set_value(now.machine)
        self.scheme.set_value(now.setup.scheme)
        self.purpose.set_value(now.setup.reason)
        self.component.set_value(now.setup.component)
        self.position.set_value(now.setup.position)
        self.pedal.set_value(now.pedal or _NO_PEDAL)

    def _show_words(self, scheme: str) -> None:
        """Offer the words of the scheme of which one is chosen at the station."""
        while self._words_box.count():
            old = self._words_box.takeAt(0).widget()
            old.hide()
            old.deleteLater()
        self.words = {}
        body = self._schemes.get(SchemeId(scheme))
        for part in parts_to_choose(body) if body else ():
            assert body is not None
            said = [Choice(one.text, _word(one.name, one.text)) for one in choices(body, part)]
            field = ChoiceField(wording.scheme_part(part), said)
            field.set_value(dict(self._setup.words).get(part, ""))
            field.setEnabled(not self._ordered)
            self._words_box.addWidget(field)
            self.words[part] = field
        self.adjustSize()
        self._judge()

    def _judge(self) -> None:
        super()._judge()
        self.confirm.setEnabled(bool(self.machine.value() and self.scheme.value()))

    def _decide(self) -> None:
        words = tuple((part, one.value()) for part, one in self.words.items() if one.value())
        reason: MarkingReason = next(
            (one for one in REASONS if one == self.purpose.value()), "import"
        )
        said = Setup(
            SchemeId(self.scheme.value()), words, self.component.value(), self.position.value(),
            reason,
        )  # fmt: skip
        if self._ordered:  # what the order says is not what this machine is usually used for
            kept = self._setup
            said = replace(said, scheme=kept.scheme, words=kept.words, reason=kept.reason)
        pedal = self.pedal.value()
        self.decided.emit(Chosen(self.machine.value(), said, "" if pedal == _NO_PEDAL else pedal))


def _pair(first: ChoiceField, second: ChoiceField) -> QHBoxLayout:
    top = Qt.AlignmentFlag.AlignTop
    return row(Share(first, 1, top), Share(second, 1, top), gap=Space.L)


def _terms(of: TermList) -> list[Choice]:
    named = [Choice(code, term(of, code)) for code in known_codes(of)]
    return [Choice("", _("As the scheme says")), *named]


def _word(name: str, text: str) -> str:
    return f"{name} ({isolated(text)})" if name and name != text else text
