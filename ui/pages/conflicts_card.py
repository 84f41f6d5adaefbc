"""One contradiction: its sides, what may be done about it, and the reason that settles it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QWidget

from stockpile.language import _, isolated, plain
from ui.pages.conflicts_sides import Sides, photo_titles
from ui.theme import Ink, Space, Text
from ui.view_models.conflicts import Case, ChoiceShown
from ui.widgets.arrange import STRETCH, Share, boxed, column, row, scrolled
from ui.widgets.button import Button, Kind
from ui.widgets.field import Field, State
from ui.widgets.flow import FlowLayout
from ui.widgets.keycap import Keycap
from ui.widgets.photo_strip import PhotoStrip, Shot
from ui.widgets.text import Identifier, Label, secondary

NO_SCANNER = 400
"""Milliseconds after a choice in which Enter settles nothing: a scanner that types a code which
begins with a digit ends it with Enter long before a hand does."""


class ConflictCard(QWidget):
    """The card beside the list.

    Signals:
        settle_wanted: settle it: the number of the choice, from 1, and the reason.
        weapon_wanted: look at a record: the weapon's id.
        photo_wanted: look at a photo, large: its digest.
        inquiry_wanted: look at the investigation that settles it: its id.
    """

    settle_wanted = Signal(int, str)
    weapon_wanted = Signal(str)
    photo_wanted = Signal(str)
    inquiry_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.case: Case | None = None
        self.chosen = 0
        self._reasons: tuple[str, ...] = ()
        self._title = Label("", Text.CARD_TITLE, wrap=True)
        self._named = Identifier("", Text.IDENTIFIER_TITLE)
        self._owner = secondary("", wrap=True)
        self._sentence = Label("", Text.BODY, Ink.SECONDARY, wrap=True)
        self.sides = Sides()
        self.strip = PhotoStrip(editable=False)
        self._choices = FlowLayout(Space.M)
        self._follows = Label("", Text.BODY, wrap=True)
        self.buttons: list[Button] = []
        self.reason = Field(_("Reason: what was looked at"))
        self._offers = FlowLayout(Space.S)
        self.offers: list[Button] = []
        self.weapon = Button(_("Open record"), icon="scan-barcode", hint="F6")
        self.inquiry = Button(_("Open investigation"), icon="search", hint="F8")
        self.settle = Button(_("Settle"), Kind.PRIMARY, "scale", hint="Enter")
        self._guard = QTimer(self)
        self._guard.setSingleShot(True)
        self._lay_out()
        self.sides.weapon_wanted.connect(self.weapon_wanted)
        self.strip.opened.connect(self.photo_wanted)
        self.reason.submitted.connect(self._submit)
        self.reason.edited.connect(lambda _text: self.reason.show_state(State.PLAIN))
        self.settle.clicked.connect(self._submit)
        self.weapon.clicked.connect(self._open_first)
        self.inquiry.clicked.connect(self._open_inquiry)

    def show_case(self, case: Case, reasons: Sequence[str]) -> None:
        """Show a contradiction; a choice that was begun stays while nothing new was written."""
        same = self.case is not None and self.case.version == case.version
        self.case, self._reasons = case, tuple(reasons)
        self._title.setText(case.title)
        self._named.show_text(case.named)
        self._owner.setText(_belongs(case))
        self._owner.set_ink(Ink.BAD if case.is_overdue else Ink.SECONDARY)
        self._sentence.setText(case.sentence)
        self.weapon.setVisible(bool(case.weapons))
        self.inquiry.setVisible(bool(case.inquiry))
        if same:
            return
        self.sides.show_case(case)
        photos = photo_titles(case.sides)
        self.strip.show_shots([Shot(digest, title) for digest, title in photos])
        self.strip.setVisible(bool(photos))
        self._show_choices(case)
        self._show_offers()
        self.choose(0)

    def choose(self, number: int) -> None:
        """Make a choice, from 1, and ask for the reason; 0 takes it back."""
        case = self.case
        if case is None or not 0 <= number <= len(case.choices):
            return
        if number and not case.choices[number - 1].may:
            return
        self.chosen = number
        for at, button in enumerate(self.buttons, 1):
            button.setChecked(at == number)
            button.show_icon("circle-dot" if at == number else "circle")
        self._say_follows()
        self.reason.setVisible(bool(number))
        for offer in self.offers:
            offer.setVisible(bool(number))
        self.settle.setEnabled(bool(number))
        self.reason.show_state(State.PLAIN)
        if number:
            if not self.reason.text() and self._reasons:
                self.reason.set_text(self._reasons[0])
            self._guard.start(NO_SCANNER)
            self.reason.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self.reason.edit.selectAll()
        else:
            self.reason.set_text("")

    @property
    def is_guarded(self) -> bool:
        """Say whether Enter settles nothing yet."""
        return self._guard.isActive()

    # --- inside -----------------------------------------------------------------------------

    def _lay_out(self) -> None:
        whole = QWidget()
        whole.setLayout(
            column(
                row(Share(self._title), self._named), self._owner, self._sentence, self.sides,
                self.strip, STRETCH, gap=Space.M, margins=(0, 0, Space.M, 0),
            )
        )  # fmt: skip
        foot = row(self.weapon, self.inquiry, STRETCH, self.settle)
        self.setLayout(
            column(
                Share(scrolled(whole)), boxed(self._choices), self._follows, self.reason,
                boxed(self._offers), foot, gap=Space.S,
            )
        )  # fmt: skip

    def _show_choices(self, case: Case) -> None:
        self._choices.clear()
        self.buttons = []
        for number, choice in enumerate(case.choices, 1):
            self._choices.addWidget(self._choice(number, choice))

    def _choice(self, number: int, choice: ChoiceShown) -> QWidget:
        follows = choice.follows if choice.may else _not_yours(choice)
        button = Button(choice.title, icon="circle", hint=follows)
        button.setCheckable(True)
        button.setEnabled(choice.may)
        button.setAccessibleName(plain(_("{number}. {choice}").format(
            number=number, choice=choice.title)))  # fmt: skip
        button.setAccessibleDescription(plain(follows))
        button.clicked.connect(partial(self.choose, number))
        self.buttons.append(button)
        return boxed(row(Keycap(str(number)), button, gap=Space.XS))

    def _say_follows(self) -> None:
        """Say what follows from the choice; before one is made, what to do."""
        choices = self.case.choices if self.case else ()
        if self.chosen:
            said = choices[self.chosen - 1].follows
        elif any(one.may for one in choices):
            said = _("Choose by its number: what follows is said before anything is written.")
        else:
            said = _not_yours(choices[0]) if choices else ""
        self._follows.setText(said)

    def _show_offers(self) -> None:
        self._offers.clear()
        usual = (_("Looked at the weapon"), _("Compared the photos"), _("Compared the papers"))
        self.offers = []
        for text in dict.fromkeys([*self._reasons, *usual]):
            offer = Button(text, Kind.GHOST, height=32)
            offer.clicked.connect(partial(self._take, text))
            self.offers.append(offer)
            if len(self.offers) == len(usual):
                break
        for offer in self.offers:
            self._offers.addWidget(offer)

    def _take(self, text: str) -> None:
        self.reason.set_text(text)
        self.reason.show_state(State.PLAIN)
        self.reason.setFocus(Qt.FocusReason.OtherFocusReason)

    def _submit(self) -> None:
        if not self.chosen or self.is_guarded:
            return
        reason = self.reason.text().strip()
        if not reason:
            self.reason.show_state(State.BAD, _("This is needed."))
            self.reason.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.settle_wanted.emit(self.chosen, reason)

    def _open_first(self) -> None:
        if self.case is not None and self.case.weapons:
            self.weapon_wanted.emit(self.case.weapons[0])

    def _open_inquiry(self) -> None:
        if self.case is not None and self.case.inquiry:
            self.inquiry_wanted.emit(self.case.inquiry)


def _belongs(case: Case) -> str:
    due = _("overdue since {day}") if case.is_overdue else _("to be settled by {day}")
    said = _("Answered for by {owner}, {due}.")
    return said.format(owner=isolated(case.owner), due=due.format(day=isolated(case.due)))


def _not_yours(choice: ChoiceShown) -> str:
    return _("Your role does not include this: {act}.").format(act=choice.act)
