"""Who hands in: scanned from a card, found by name, or put down anew."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from stockpile.domain import collecting
from stockpile.domain.collecting import CATEGORIES
from stockpile.domain.holders import Details, Holder
from stockpile.domain.values import PersonId
from stockpile.language import LANGUAGES, _, isolated, plain
from stockpile.terms import TermList, known_codes, term
from ui.pages.standing import joined
from ui.theme import Ink, Space, Text
from ui.view_models.collecting import CollectingModel, Table
from ui.widgets.arrange import STRETCH, Share, boxed, column, row, scrolled
from ui.widgets.button import Button
from ui.widgets.card import Card, Ground
from ui.widgets.field import Choice, ChoiceField, Field, ScanField, State
from ui.widgets.field_grid import FieldGrid
from ui.widgets.text import Label, ShortLabel
from ui.widgets.tick import Tick
from ui.widgets.typed_offers import TypedOffer, TypedOffers

_LEAST_TYPED = 2


class PersonPane(QWidget):
    """One field for card or name; under it what the receipt says of somebody new.

    Signals:
        done: Enter in the last field: on to the weapons.
    """

    done = Signal()

    def __init__(self, model: CollectingModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self.name = ScanField(
            _("Card, number or name"), placeholder=_("Scan a card, or type the name")
        )
        self.category = ChoiceField(_("Category"), choices("participant", CATEGORIES))
        self.reference = Field(_("Identity number"), identifier=True)
        self.unit = Field(_("Group"))
        self.sex = ChoiceField(_("Sex"), choices("sex"))
        self.born = Field(_("Born or age"), placeholder=_("1999-05-31, 1999 or 27"))
        self.language = ChoiceField(
            _("Language they read"), [Choice(code, name) for code, name in LANGUAGES.items()]
        )
        self.under_18 = Tick(_("Under 18"))
        self.child_protection = Field(_("Child-protection officer present"))
        self._fresh = FieldGrid([self.reference, self.unit, self.sex, self.born, self.language])
        self._known_name = ShortLabel("", Text.CARD_TITLE)
        self._known_about = Label("", Text.BODY, Ink.SECONDARY, wrap=True)
        self._other = Button(_("Somebody else"), icon="undo-2")
        self._known = Card(
            row(Share(column(self._known_name, self._known_about, gap=2)), self._other),
            Ground.INSET,
        )
        self._offers = TypedOffers(self.name.edit, self._offered)
        self._lay_out()
        self._connect()
        self._show()
        self.setFocusProxy(self.name)

    def who(self) -> Holder | Details:
        """Return who it is: on record, or as it was typed."""
        if self._model.table.person is not None:
            return self._model.table.person
        return Details(
            self.name.text().strip(), self.reference.text(), unit=self.unit.text(),
            kind="participant", sex=self.sex.value(), born=self.born.text(),
            language=self.language.value(),
        )  # fmt: skip

    def is_said(self) -> bool:
        """Say whether somebody stands there, and a child not alone; else say what is missing."""
        if not all(map(completed, (self.category, self.sex, self.language))):
            return False
        if not self.name.text().strip() and self._model.table.person is None:
            self.name.show_state(State.BAD, _("Scan a card, or type the name."))
            self.name.setFocus(Qt.FocusReason.OtherFocusReason)
            return False
        if self.is_child and not self.child_protection.text().strip():
            self.child_protection.show_state(
                State.BAD, _("A child is never received without this officer.")
            )
            self.child_protection.setFocus(Qt.FocusReason.OtherFocusReason)
            return False
        return True

    @property
    def is_child(self) -> bool:
        """Whether by anything that is said the person is under 18."""
        person = self._model.table.person
        born = person.born if person else self.born.text()
        today = self._model.day.today
        by_age = bool(today) and collecting.is_child(born, today)
        return self.under_18.isChecked() or self.category.value() == "child" or by_age

    def empty(self) -> None:
        """Make room for the next person; group and language stay, for groups come together."""
        for field in (self.name, self.reference, self.born, self.child_protection):
            field.set_text("")
            field.show_state(State.PLAIN)
        self.sex.set_value("")
        self.under_18.setChecked(False)
        self._show()

    def fit(self, width: int) -> None:
        """Stand in as many columns as there is room for."""
        self._fresh.fit(width)

    # --- inside ---------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        self._child = boxed(column(self.child_protection))
        top = Qt.AlignmentFlag.AlignTop
        first = row(Share(self.name, 3, top), Share(self.category, 2, top), gap=14)
        inner = column(
            first, self._known, row(self.under_18, Share(self._child)), self._fresh, STRETCH,
            gap=Space.M, margins=(0, 0, Space.XS, 0),
        )  # fmt: skip
        self.setLayout(column(Share(scrolled(boxed(inner)))))

    def _connect(self) -> None:
        self.name.submitted.connect(self._submit)
        self.name.edited.connect(self._typed)
        self._offers.taken.connect(self._take)
        self._other.clicked.connect(self._leave)
        self._model.changed.connect(self._show)
        self._model.named.connect(self._go_on)
        self.under_18.toggled.connect(self._show)
        for choice in (self.category, self.sex, self.language):
            choice.chosen.connect(lambda _value, of=choice: of.show_state(State.PLAIN))
        self.category.chosen.connect(self._show)
        self.born.edited.connect(self._show)
        self.child_protection.edited.connect(
            lambda _text: self.child_protection.show_state(State.PLAIN)
        )
        following: tuple[tuple[Field | ChoiceField, Callable[[], object]], ...] = (
            (self.category, self._after_category), (self.reference, self.unit.setFocus),
            (self.unit, self.sex.setFocus), (self.sex, self.born.setFocus),
            (self.born, self.language.setFocus), (self.language, self._end),
            (self.child_protection, self.done.emit),
        )  # fmt: skip
        for field, goes in following:
            on_enter(field, goes)

    def _submit(self) -> None:
        text = self.name.text().strip()
        if self._model.table.person is not None:
            self.done.emit()
        elif text:
            self._model.call(text)

    def _typed(self, _text: str) -> None:
        self.name.show_state(State.PLAIN)
        if self._model.table.person is not None:
            self._model.leave()

    def _take(self, key: str) -> None:
        self._model.take(PersonId(key))

    def _leave(self) -> None:
        self._model.leave()
        self.empty()
        self.name.setFocus(Qt.FocusReason.OtherFocusReason)

    def _go_on(self, _name: str) -> None:
        self.category.setFocus(Qt.FocusReason.OtherFocusReason)

    def _after_category(self) -> None:
        if not completed(self.category):
            return
        if self._model.table.person is not None:
            self._end()
        else:
            self.reference.setFocus()

    def _end(self) -> None:
        if self.is_child and not self.child_protection.text().strip():
            self.child_protection.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.done.emit()

    def _offered(self, text: str) -> list[TypedOffer]:
        if len(text.strip()) < _LEAST_TYPED:
            return []
        return [
            TypedOffer(
                one.id, isolated(one.name), joined(isolated(one.unit), isolated(one.reference))
            )
            for one in self._model.offers(text)
        ]

    def _show(self) -> None:
        table: Table = self._model.table
        person = table.person
        self._known.setVisible(person is not None)
        self._fresh.setVisible(person is None)
        self._child.setVisible(self.is_child)
        if person is not None:
            if self.name.text() != person.name:
                self.name.set_text(person.name)
            self._known_name.setText(isolated(person.name))
            said = (person.unit, person.reference, person.born)
            self._known_about.setText(joined(*(isolated(one) for one in said if one)))


def choices(of: TermList, codes: tuple[str, ...] = ()) -> list[Choice]:
    """Return the codes of a list with what they are called."""
    return [Choice(code, term(of, code)) for code in codes or known_codes(of)]


def on_enter(field: Field | ChoiceField, does: Callable[[], object]) -> None:
    """Do something at Enter in a field."""
    if isinstance(field, Field):
        field.submitted.connect(does)
        return
    line = field.box.lineEdit()
    assert line is not None  # the box is made to be typed into
    line.returnPressed.connect(does)


def completed(field: ChoiceField) -> bool:
    """Take the only choice that begins with what was typed; say it where none or several do."""
    typed = plain(field.box.currentText()).strip().casefold()
    completer = field.box.completer()
    if completer is not None:
        completer.popup().hide()
    if not typed or field.value():
        return True
    texts = [field.box.itemText(at) for at in range(field.box.count())]
    found = [one for one in texts if plain(one).casefold().startswith(typed)]
    if len(found) == 1:
        field.box.setCurrentText(found[0])
        return True
    field.show_state(State.BAD, _("This is none of the list. Choose one from it."))
    field.setFocus(Qt.FocusReason.OtherFocusReason)
    return False
