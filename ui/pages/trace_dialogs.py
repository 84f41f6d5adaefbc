"""What is asked between the request to trace and its answer: a date, or the answer itself."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QWidget

from stockpile import wording
from stockpile.domain.errors import FieldMissing, FieldUnreadable, StockpileError
from stockpile.domain.facts import TraceRequestAnswered
from stockpile.domain.trace_requests import OUTCOMES, REFUSALS, TraceRequest
from stockpile.domain.vocabulary import picked
from stockpile.language import _, isolated
from stockpile.terms import term
from ui.theme import Ink, Space, Text, Tone
from ui.widgets.arrange import STRETCH, Share, boxed, column, row
from ui.widgets.button import Button, Kind
from ui.widgets.choice_field import Choice, ChoiceField
from ui.widgets.dialogs import ConfirmDialog
from ui.widgets.field import Field, FieldFrame, NoteField, State
from ui.widgets.growing import fix_width
from ui.widgets.picture import Tile
from ui.widgets.text import Label

_WIDTH = 620
_NONE = Choice("", "\u2013")


class StepDialog(ConfirmDialog):
    """On which day it was sent, acknowledged or reminded of; Enter writes it down.

    Signals:
        decided: the date as written, and remarks.
    """

    decided = Signal(str, str)

    def __init__(self, title: str, sentence: str, today: str, parent: QWidget) -> None:
        self.on = Field(_("Date"), identifier=True)
        self.remarks = Field(_("Remarks"))
        extra = boxed(column(self.on, self.remarks, gap=Space.M))
        super().__init__(title, sentence, _("Write down"), danger=False, extra=extra, parent=parent)
        self.on.set_text(today)
        self.on.submitted.connect(self.accept)
        self.remarks.submitted.connect(self.accept)
        self.on.setFocus()

    def accept(self) -> None:
        """Tell the date and the remarks."""
        self.decided.emit(self.on.text().strip(), self.remarks.text().strip())
        super().accept()


class AnswerDialog(QDialog):
    """What came of a request; open until the core has taken it.

    Signals:
        decided: the answer.
    """

    decided = Signal(object)

    def __init__(self, request: TraceRequest, today: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Answer to a request to trace"))
        self.setModal(True)
        fix_width(self, _WIDTH)
        offered = [one for one in OUTCOMES if request.said.direction == "out" or one != "no_reply"]
        choices = [_NONE, *(Choice(one, term("trace_outcome", one)) for one in offered)]
        self.outcome = ChoiceField(_("Outcome"), choices)
        self.on = Field(_("Date"), identifier=True)
        self.on.set_text(today)
        self.answer = NoteField(_("What is known"))
        grounds = [_NONE, *(Choice(one, term("trace_refusal", one)) for one in REFUSALS)]
        self.ground = ChoiceField(_("Ground to refuse or delay"), grounds)
        self.restrictions = Field(_("Restrictions on use"))
        self.contact = Field(_("Point of contact"))
        self.confirm = Button(_("Write down"), Kind.PRIMARY, "check", hint="F5")
        self.cancel = Button(_("Cancel"), hint="Esc")
        self.confirm.setShortcut("F5")
        self.confirm.clicked.connect(self.accept)
        self.cancel.clicked.connect(self.reject)
        for choice in (self.outcome, self.ground):
            choice.chosen.connect(self._judge)
        for each in (self.on, self.answer, self.restrictions, self.contact):
            each.edited.connect(self._judge)
        self._lay_out(request)
        self._judge()
        self.outcome.setFocus(Qt.FocusReason.OtherFocusReason)

    def said(self) -> TraceRequestAnswered:
        """Return the answer as it stands in the fields."""
        outcome = picked("outcome", self.outcome.value(), OUTCOMES)
        return TraceRequestAnswered(
            outcome, self.on.text().strip(), self.answer.text().strip(), self.ground.value(),
            self.restrictions.text().strip(), self.contact.text().strip(),
        )  # fmt: skip

    def accept(self) -> None:
        """Tell the answer; the dialog waits until it is on record."""
        if self.confirm.isEnabled():
            self.decided.emit(self.said())

    def close_decided(self) -> None:
        """Go away: it is on record."""
        super().accept()

    def refuse(self, error: StockpileError) -> None:
        """Say a refusal at its field; what was written stays."""
        name = error.field if isinstance(error, FieldMissing | FieldUnreadable) else ""
        named: dict[str, FieldFrame] = {
            "day": self.on, "answer": self.answer, "refusal": self.ground
        }  # fmt: skip
        field = named.get(name, self.outcome)
        field.show_state(State.BAD, wording.error_sentence(error))
        field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _judge(self, *_what: object) -> None:
        """Ask for a ground only where one holds back, and let nothing pass without an outcome."""
        outcome = self.outcome.value()
        self.ground.setVisible(outcome in ("refused", "delayed"))
        if not self.ground.isVisibleTo(self):
            self.ground.set_value("")
        self.confirm.setEnabled(bool(outcome))
        for each in (self.outcome, self.on, self.answer, self.ground):
            each.show_state(State.PLAIN)

    def _lay_out(self, request: TraceRequest) -> None:
        said = request.said
        words = f"{isolated(said.number)}: {isolated(said.by_state)}, {isolated(said.of_state)}"
        top = Qt.AlignmentFlag.AlignTop
        head = row(
            Share(Tile("route", Tone.INFO, 40, 20), 0, top),
            Share(
                column(
                    Label(self.windowTitle(), Text.CARD_TITLE),
                    Label(words, Text.BODY, Ink.SECONDARY, wrap=True),
                    gap=Space.XS,
                )
            ),
            gap=Space.L,
        )
        edges = (Space.XXL, Space.XXL, Space.XXL, Space.XL)
        self.setLayout(
            column(
                head,
                row(Share(self.outcome, 3, top), Share(self.on, 2, top), gap=Space.M),
                self.ground,
                self.answer,
                row(Share(self.restrictions, 1, top), Share(self.contact, 1, top), gap=Space.M),
                row(STRETCH, self.cancel, self.confirm),
                gap=Space.L,
                margins=edges,
            )
        )
