"""The way in: open the store, say who you are; or make a new stockpile."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from stockpile.domain.errors import Damaged, StockpileError
from stockpile.language import LANGUAGES, _, current_language, isolated
from ui.later import error_sentence
from ui.pages.founding_fields import FoundingFields, secret
from ui.pages.recovering import RecoveringDialog
from ui.theme import Ink, Space, Text, Tone
from ui.view_models.sign_in import SignInModel
from ui.widgets.arrange import STRETCH, Share, boxed, column, row, scrolled
from ui.widgets.button import Button, Kind
from ui.widgets.card import Card, Ground
from ui.widgets.field import Choice, ChoiceField, State
from ui.widgets.flow import FlowLayout
from ui.widgets.picture import Tile
from ui.widgets.text import ShortLabel, page_title, secondary

_WIDTH, _LANGUAGE = 440, 220
_OPENING, _PASSPHRASE, _OFFICER, _FOUNDING = range(4)


class SignInPage(QWidget):
    """Four faces of one card: opening, passphrase, officer, new stockpile; the language below it.

    Signals:
        signed_in: an officer sat down.
        restore_wanted: a backup is to take the home's place.
        language_chosen: the page is wanted in another language: its code.
    """

    signed_in = Signal()
    restore_wanted = Signal()
    language_chosen = Signal(str)

    def __init__(self, model: SignInModel) -> None:
        super().__init__()
        self._model = model
        self._passphrase = secret(_("Passphrase of the store"))
        self._officer = ChoiceField(_("Officer"))
        self._pin = secret(_("PIN"))
        self._fields = FoundingFields()
        self._home = isolated(str(model.home))
        self._where = ShortLabel(self._home, Text.SECONDARY, Ink.MUTED)
        self._is_practice = False
        self.language = _languages()
        self._other = Button("", Kind.GHOST, "lock-open")
        self._lost = Button(_("Passphrase lost?"), Kind.GHOST, "key-round")
        self.restore = Button(_("Restore a backup…"), Kind.GHOST, "history")
        self._rebuild = Button(_("Restore a backup…"), Kind.GHOST, "history")
        self.recovering: RecoveringDialog | None = None
        self._faces: list[QWidget] = []
        self.face = _OPENING
        self._buttons: list[Button] = []
        self._practice_hint = secondary("", wrap=True)
        stack = self._stacked()
        edges = (Space.XXL, Space.XXL, Space.XXL, Space.XL)
        card = Card(column(self._header(), stack, gap=Space.XL), Ground.CARD, margins=edges)
        card.setFixedWidth(_WIDTH)
        inner = QWidget()
        # Between stretches it is as high as its words are at its own width, not at the window's.
        inner.setLayout(
            column(
                STRETCH, row(STRETCH, card, STRETCH), Space.L,
                row(STRETCH, self.language, STRETCH), STRETCH, gap=0,
            )
        )  # fmt: skip
        self.setLayout(column(Share(scrolled(inner))))
        self._connect()

    def _connect(self) -> None:
        self._model.opened.connect(self._opened)
        self._model.refused.connect(self._refused)
        self._model.signed_in.connect(self._forget_pin)
        self.language.box.activated.connect(self._choose_language)
        self._model.signed_in.connect(self.signed_in)
        self._model.named.connect(self._name)
        self._model.busy.connect(self._busy)
        self._lost.clicked.connect(self._recover)
        self.restore.hide()  # until the record turns out to be damaged
        for button in (self.restore, self._rebuild):
            button.clicked.connect(self.restore_wanted)
        self._passphrase.submitted.connect(self._open)
        self._pin.submitted.connect(self._sign_in)
        self._fields.submitted.connect(self._found)

    def _header(self) -> QWidget:
        head = QWidget()
        said = column(page_title(_("Stockpile")), self._where, gap=2)
        head.setLayout(row(Tile("shield", Tone.INFO, 48, 24), Share(said), gap=Space.L))
        return head

    def _stacked(self) -> QWidget:
        """Return the faces, of which one is in sight; the card is as high as that one needs."""
        opening = Button(_("Opening…"), Kind.GHOST)
        opening.set_busy(True)
        open_ = self._button(_("Open the store"), Kind.PRIMARY, "lock-open", self._open)
        practice = self._button(
            _("Practice depot"), Kind.GHOST, "book-open", self._model.open_practice
        )
        enter = self._button(_("Sign in"), Kind.PRIMARY, "user", self._sign_in)
        self._other.clicked.connect(self._turn_elsewhere)
        make = self._button(_("Make it"), Kind.PRIMARY, "check", self._found)
        back = self._button(_("Back"), Kind.GHOST, "", partial(self._turn_to, _OFFICER))
        self._faces = [
            _face(row(STRETCH, opening, STRETCH)),
            _face(
                self._passphrase,
                row(STRETCH, open_),
                boxed(_flow(self._lost, practice, self.restore)),
            ),
            _face(self._officer, self._pin, self._practice_hint, row(self._other, STRETCH, enter)),
            _face(
                self._fields,
                row(
                    Share(boxed(_flow(back, self._rebuild))),
                    Share(make, 0, Qt.AlignmentFlag.AlignTop),
                ),
            ),
        ]
        stack = boxed(column(*self._faces, gap=0))
        for first, after in ((make, back), (back, self._rebuild)):  # they stand the other way round
            QWidget.setTabOrder(first, after)
        self._turn_to(_OPENING)
        return stack

    def _button(self, text: str, kind: Kind, icon: str, does: object) -> Button:
        button = Button(text, kind, icon)
        button.clicked.connect(does)
        self._buttons.append(button)
        return button

    def speak_no_more(self) -> None:
        """Offer no other language: the pages behind were made in this one."""
        self.language.hide()

    def _choose_language(self, _index: int) -> None:
        if self.language.value() not in {"", current_language()}:
            self.language_chosen.emit(self.language.value())

    def _forget_pin(self) -> None:
        self._pin.set_text("")

    def _turn_to(self, face: int) -> None:
        """Show a face, and which stockpile it is about: a new one is never the practice depot."""
        self.face = face
        here = self._is_practice and face == _OFFICER
        self._where.setText(_("Practice depot") if here else self._home)
        self.language.setVisible(face != _FOUNDING)  # what is half-typed there would be lost
        for number, one in enumerate(self._faces):
            one.setVisible(number == face)
        first = (self, self._passphrase, self._pin, self._fields)[face]
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _turn_elsewhere(self) -> None:
        self._turn_to(_PASSPHRASE if self._model.has_home else _FOUNDING)

    def _opened(self, officers: Sequence[str], practice: bool) -> None:
        if not officers:
            self._turn_to(_PASSPHRASE)
            return
        self._officer.set_choices([Choice(name, name) for name in officers])
        self._officer.set_value(self._model.last or officers[0])
        self._passphrase.set_text("")
        self._pin.set_text("")
        hint = _("Practice depot: everything here is invented. The PIN is 1234.")
        self._practice_hint.setText(hint if practice else "")
        self._practice_hint.setVisible(practice)
        self._is_practice = practice
        self._other.setText(_("My stockpile") if self._model.has_home else _("New stockpile"))
        self._other.show_icon("lock-open" if self._model.has_home else "plus")
        self._other.setVisible(practice)
        self._turn_to(_OFFICER)

    def _name(self, name: str) -> None:
        """Take who a badge names, and ask for the PIN."""
        self._officer.show_state(State.PLAIN)
        self._officer.set_value(name)
        self._pin.set_text("")
        self._pin.setFocus(Qt.FocusReason.OtherFocusReason)

    def _recover(self) -> None:
        """Ask for both halves of the recovery sheet, or the authority's key."""
        model = self._model.recovering()
        model.recovered.connect(self._model.open)
        self.recovering = RecoveringDialog(model, self)
        self.recovering.finished.connect(self._passphrase.setFocus)
        self.recovering.open()

    def show_restored(self) -> None:
        """Ask for the passphrase of the home that was just made of a backup."""
        self._turn_to(_PASSPHRASE)

    def _open(self) -> None:
        self._passphrase.show_state(State.PLAIN)
        self._model.open(self._passphrase.text())

    def _sign_in(self) -> None:
        self._pin.show_state(State.PLAIN)
        self._model.sign_in(self._officer.value(), self._pin.text())

    def _found(self) -> None:
        told = self._fields.told()
        if told is not None:
            self._model.found(self._fields.passphrase.text(), told)

    def _refused(self, field: str, error: StockpileError) -> None:
        said = error_sentence(error)
        if field == "found":
            self._fields.show_error(error, said)
            return
        if isinstance(error, Damaged):
            self.restore.show()
        if self.face == _OPENING:
            self._turn_to(_PASSPHRASE)
        if field == "officer":
            self._officer.show_state(State.BAD, said)
            return
        shown = self._pin if field == "pin" else self._passphrase
        shown.show_state(State.BAD, said)
        shown.setFocus(Qt.FocusReason.OtherFocusReason)
        shown.edit.selectAll()

    def _busy(self, busy: bool) -> None:
        self.language.box.setEnabled(not busy)
        for button in self._buttons:
            if button.kind is Kind.PRIMARY:
                button.set_busy(busy)
            else:
                button.setEnabled(not busy)


def _languages() -> ChoiceField:
    """Return the languages, each by the name its own readers give it."""
    names = [Choice(code, isolated(name)) for code, name in LANGUAGES.items()]
    field = ChoiceField(_("Language"), names)
    field.set_value(current_language())
    field.setFixedWidth(_LANGUAGE)
    return field


def _flow(*buttons: Button) -> FlowLayout:
    """Return the quieter ways on, in as many lines as their words need."""
    flow = FlowLayout(Space.S)
    for button in buttons:
        flow.addWidget(button)
    return flow


def _face(*parts: object) -> QWidget:
    face = QWidget()
    face.setLayout(column(*parts, STRETCH, gap=Space.M))  # type: ignore[arg-type]  # rows, fields
    return face
