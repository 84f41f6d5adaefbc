"""Reading back: the second officer types the serial blind, and the record is compared with it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from stockpile import wording
from stockpile.domain.errors import OfficerUnknown, StockpileError
from stockpile.language import _, isolated, ngettext
from stockpile.services.ports import RegisterRow
from ui.pages.figures import figure
from ui.pages.standing import joined, model_or_type
from ui.theme import Ink, Space, Text, Tone
from ui.view_models.entry import differing
from ui.view_models.read_back import ReadBackModel
from ui.widgets.arrange import STRETCH, Share, boxed, column, row, scrolled
from ui.widgets.button import Button, Kind
from ui.widgets.card import Banner, Card, Ground
from ui.widgets.compared import Compared
from ui.widgets.dialogs import SHORTEST_REASON
from ui.widgets.field import Choice, ChoiceField, Field, ScanField, State
from ui.widgets.hotkeys import on_key
from ui.widgets.text import Identifier, Label, card_title, secondary


class ReadBackPane(QWidget):
    """Who reads, which weapon, what was read, and what to do where it differs.

    Signals:
        finished: back to entering weapons.
    """

    finished = Signal()

    def __init__(self, model: ReadBackModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self.officer = ChoiceField(_("Second officer"))
        self.pin = Field(_("PIN of the second officer"))
        self.pin.edit.setEchoMode(QLineEdit.EchoMode.Password)
        self._begin = Button(_("Begin reading"), Kind.PRIMARY, "user-check")
        self.serial = ScanField(_("Serial as it stands on the metal"))
        self._compare = Button(_("Compare"), Kind.PRIMARY, "check")
        self._skip = Button(_("Not at hand"), Kind.GHOST, hint="F10")
        self._where = Label("", Text.STRONG, Ink.SECONDARY)
        self._number = Identifier("", Text.IDENTIFIER_TITLE)
        self._what = Label("", Text.BODY, Ink.SECONDARY, wrap=True)
        self._verdict = Banner("circle-check", "", "", Tone.OK)
        self._recorded, self._read = Compared(""), Compared("")
        self._again = Button(_("Read again"), Kind.PRIMARY, "refresh-cw")
        self.reason = Field(_("Why the record is wrong"))
        self._correct = Button(_("Correct the record"), Kind.SECONDARY, "pencil")
        self._leave = Button(_("Leave open as doubtful"), Kind.GHOST)
        self._back = Button(_("Back to entering"), Kind.GHOST, hint="Esc")
        self._asking, self._reading = boxed(self._asked()), boxed(self._being_read())
        self._differing = Card(self._compared(), Ground.INSET)
        parts = (self._verdict, self._asking, self._reading, self._differing)
        whole = boxed(column(*parts, STRETCH, gap=Space.L, margins=(0, 0, Space.XS, 0)))
        self.setLayout(column(Share(scrolled(whole)), row(self._back, STRETCH), gap=Space.M))
        self._listen()
        self._show()

    def begin(self, officers: Sequence[str]) -> None:
        """Ask who reads; the officer that is signed in already is offered last."""
        self.officer.set_choices([Choice(name, name) for name in officers])
        if len(officers) == 1:
            self.officer.set_value(officers[0])
        (self.officer if self._model.standing.stage == "reader" else self.serial).setFocus()

    def name_back(self, words: str) -> None:
        """Say where the way back goes; usually to entering."""
        self._back.setText(words or _("Back to entering"))

    def _asked(self) -> QVBoxLayout:
        said = secondary(
            _(
                "Another officer than the one who entered the weapons reads each serial from the"
                " metal, without seeing the record. Nobody is signed out."
            ),
            wrap=True,
        )
        fields = row(Share(self.officer), Share(self.pin), gap=14)
        return column(said, fields, row(self._begin, STRETCH), gap=Space.M)

    def _being_read(self) -> QVBoxLayout:
        named = Card(
            column(self._where, self._number, self._what, gap=2), Ground.INSET,
            margins=(Space.L, Space.M, Space.L, Space.M),
        )  # fmt: skip
        return column(
            named, self.serial, row(self._compare, self._skip, STRETCH, gap=Space.S), gap=Space.M
        )

    def _compared(self) -> QVBoxLayout:
        rows = column(
            secondary(_("On record")), row(self._recorded, STRETCH),
            secondary(_("Read now")), row(self._read, STRETCH), gap=Space.XS,
        )  # fmt: skip
        first = row(self._again, self._leave, STRETCH, gap=Space.S)
        correct = row(
            Share(self.reason), column(self._correct, STRETCH, gap=0, margins=(0, 30, 0, 0)),
            gap=Space.S,
        )  # fmt: skip
        return column(card_title(_("Look at both again")), rows, first, correct, gap=Space.M)

    def _listen(self) -> None:
        self._model.changed.connect(self._show)
        self._model.refused.connect(self._refuse)
        self._begin.clicked.connect(self._sit_beside)
        self.officer.chosen.connect(lambda _name: self.officer.show_state(State.PLAIN))
        self.pin.submitted.connect(self._sit_beside)
        self.pin.edited.connect(lambda _text: self.pin.show_state(State.PLAIN))
        self.serial.submitted.connect(self._submit)
        self._compare.clicked.connect(self._submit)
        self._skip.clicked.connect(self._model.skip)
        self._again.clicked.connect(self._model.again)
        self._leave.clicked.connect(self._model.leave)
        self.reason.edited.connect(lambda _text: self._judge_reason())
        self.reason.submitted.connect(self._put_right)
        self._correct.clicked.connect(self._put_right)
        self._back.clicked.connect(self.finished)
        on_key(self, "F10", self._skip.click)

    # --- what the person does ---------------------------------------------------------------

    def _sit_beside(self) -> None:
        self._model.sit_beside(self.officer.value(), self.pin.text())
        self.pin.set_text("")

    def _submit(self) -> None:
        if not self.serial.text().strip():
            self.serial.show_state(State.BAD, _("Type what stands on the metal."))
            return
        self.serial.show_state(State.PLAIN)
        self._model.read(self.serial.text())

    def _put_right(self) -> None:
        if self._correct.isEnabled():
            self._model.correct(self.reason.text().strip())

    def _judge_reason(self) -> None:
        self._correct.setEnabled(len(self.reason.text().strip()) >= SHORTEST_REASON)

    # --- how it stands ----------------------------------------------------------------------

    def _show(self) -> None:
        now, stage = self._model.standing, self._model.standing.stage
        self._asking.setVisible(stage == "reader")
        self._reading.setVisible(stage in ("reading", "agreed"))
        self._differing.setVisible(stage == "differs")
        self._show_verdict()
        if self._model.row is not None:
            self._show_weapon(self._model.row)
        if stage in ("reading", "agreed"):
            self.serial.set_text("")
            self.serial.show_state(State.PLAIN)
            self.serial.setFocus()
        elif stage == "differs":
            self._recorded.show_text(now.text, differing(now.read, now.text))
            self._read.show_text(now.read, differing(now.text, now.read))
            self.reason.set_text("")
            self.reason.show_state(State.PLAIN)
            self._judge_reason()
            self._again.setFocus()
        elif stage == "done":
            self._back.setFocus()

    def _show_weapon(self, line: RegisterRow) -> None:
        now, rows = self._model.standing, self._model.to_read.rows
        where = _("Weapon {number} of {count}, read by {officer}").format(
            number=figure(now.number + 1),
            count=figure(len(rows)),
            officer=isolated(self._model.reader),
        )
        self._where.setText(where)
        self._number.show_text(line.tag or line.number)
        parts = (line.number if line.tag else "", model_or_type(line), line.calibre, line.place)
        self._what.setText(joined(*(isolated(part) for part in parts if part)))

    def _show_verdict(self) -> None:
        now = self._model.standing
        match now.stage:
            case "agreed":
                self._say(Tone.OK, _("Both agree"), _tally(now.agreed, now.differing))
            case "differs":
                self._say(
                    Tone.BAD,
                    _("The readings differ"),
                    _("Nothing was changed. Read the metal again before you decide."),
                )
            case "done":
                self._say(Tone.INFO, _("Everything here is read"), self._done_words())
            case _:
                self._verdict.hide()

    def _say(self, tone: Tone, title: str, sentence: str) -> None:
        icon = {Tone.OK: "circle-check", Tone.BAD: "triangle-alert"}.get(tone, "info")
        self._verdict.say(icon, title, sentence, tone)
        self._verdict.show()

    def _done_words(self) -> str:
        now, own = self._model.standing, self._model.to_read.own
        said = [_tally(now.agreed, now.differing)]
        if own:
            words = ngettext(
                "{count} was entered by {officer}: somebody else has to read it.",
                "{count} were entered by {officer}: somebody else has to read them.",
                own,
            )
            said.append(words.format(count=figure(own), officer=isolated(self._model.reader)))
        return " ".join(said)

    def _refuse(self, error: StockpileError) -> None:
        said = wording.error_sentence(error)
        stage = self._model.standing.stage
        if stage == "differs":
            self.reason.show_state(State.BAD, said)
        elif stage == "reader":
            field = self.officer if isinstance(error, OfficerUnknown) else self.pin
            field.show_state(State.BAD, said)
            field.setFocus()
        else:
            self.serial.show_state(State.BAD, said)


def _tally(agreed: int, differing_: int) -> str:
    agree = ngettext("{count} agrees", "{count} agree", agreed).format(count=figure(agreed))
    differ = ngettext("{count} differs", "{count} differ", differing_)
    return joined(agree, differ.format(count=figure(differing_))) if differing_ else agree
