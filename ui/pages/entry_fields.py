# ruff: noqa: N802 — Qt names what is overridden
"""What is said of every weapon of a batch: locked fields repeat on the next weapon."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from stockpile import wording
from stockpile.domain import vocabulary
from stockpile.domain.catalogue import Kind as CatalogueKind
from stockpile.domain.errors import FieldMissing, FieldUnreadable, StockpileError
from stockpile.domain.places import Place
from stockpile.domain.receiving import Description
from stockpile.domain.values import PlaceId
from stockpile.language import _, isolated, plain
from ui.pages.entry_more import AnyField, MoreFields, put, term_choices, value_of
from ui.pages.standing import joined
from ui.pages.weapon_dialogs import place_words, type_choices
from ui.theme import Space
from ui.view_models.entry_headers import Headers, header_of
from ui.view_models.entry_patterns import Offered, Pattern
from ui.view_models.offers import Filling, OffersModel
from ui.widgets.arrange import STRETCH, column, row
from ui.widgets.button import Button, Kind
from ui.widgets.field import Choice, ChoiceField, Field, State
from ui.widgets.field_grid import FieldGrid
from ui.widgets.typed_offers import TypedOffer

_LATE = 3  # of what was entered here before, so many offers stand above the catalogue's
_FIRST = ("model", "type", "make", "calibre", "origin", "place")


class EntryFields(QWidget):
    """Model, type, make, calibre, origin and place; under More all the rest of the record.

    Signals:
        done: Enter in one of them: the cursor belongs in the serial again.
    """

    done = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model = ChoiceField(_("Model"), lockable=True, free=True)
        self.type = ChoiceField(_("Type"), type_choices(), lockable=True)
        self.make = ChoiceField(_("Make"), lockable=True, free=True)
        self.calibre = ChoiceField(_("Calibre"), lockable=True, free=True)
        self.origin = ChoiceField(
            _("Origin of manufacture"),
            term_choices("origin", vocabulary.ORIGINS),
            lockable=True,
        )
        self.place = ChoiceField(_("Place"), lockable=True)
        self.more = MoreFields()
        self._named: dict[str, AnyField] = {
            **{name: getattr(self, name) for name in _FIRST}, **self.more.named,
        }  # fmt: skip
        self._places: dict[PlaceId, Place] = {}
        self._patterns: dict[str, Pattern] = {}
        self._filled: dict[str, str] = {}
        self._speaking: set[str] = set()
        self._headers, self._restored, self._begun = Headers(), Description(), False
        self._grid = FieldGrid([self._named[name] for name in _FIRST])
        self._unfold = Button("", Kind.GHOST, "chevron-down")
        self._unfold.clicked.connect(lambda: self.show_more(more=self.more.isHidden()))
        bar = row(self._unfold, STRETCH)
        self.setLayout(column(self._grid, bar, self.more, gap=Space.S))
        self.show_more(more=False)
        self._listen()
        self._restored = header_of(self.description(""))
        self.setFocusProxy(self.model)

    def description(self, serial_text: str) -> Description:
        """Return what is said of the weapon with this serial."""
        said = Description(
            type=self.type.value(),
            make=self.make.value(),
            model=self.model.value(),
            calibre=self.calibre.value(),
            serial=serial_text,
            origin=self.origin.value(),
        )
        return self.more.described(said)

    def summary(self) -> str:
        """Return in one line what is said of every weapon."""
        place = self.chosen_place()
        named = self.model.value() or self.make.value() or self.type.box.currentText()
        parts = (named, self.calibre.value(), place.name if place else "")
        return joined(*(isolated(part) for part in parts if part))

    def chosen_place(self) -> Place | None:
        """Return the place where the weapons lie."""
        return self._places.get(PlaceId(self.place.value()))

    def offer(self, offered: Offered) -> None:
        """Offer places, and the models that came on record lately; what was typed stays."""
        names = {one.id: one.name for one in offered.places}
        self._places = {one.id: one for one in offered.places}
        self.place.set_choices([Choice(one.id, place_words(one, names)) for one in offered.places])
        if len(offered.places) == 1:
            self.place.set_value(offered.places[0].id)
        self._patterns = {one.model.casefold(): one for one in offered.patterns}
        self.model.set_choices(_choices([one.model for one in offered.patterns]))
        self.make.set_choices(_choices([one.make for one in offered.patterns]))
        self.calibre.set_choices(_choices([one.calibre for one in offered.patterns]))

    def offer_terms(self, offers: OffersModel) -> None:
        """Offer the open catalogue while somebody types; free text always remains possible."""
        more = self.more.named
        kinds: dict[CatalogueKind, tuple[AnyField, ...]] = {
            "model": (self.model,),
            "make": (self.make,),
            "calibre": (self.calibre,),
            "country": (more["country"], more["import_country"]),
        }
        for kind, fields in kinds.items():
            for field in fields:
                assert isinstance(field, ChoiceField)  # these can be chosen
                field.offer_from(partial(self._offered, offers, kind, field))
        self.model.taken.connect(lambda code: self._take_model(offers.filling(code)))

    def begin_with(self, headers: Headers) -> None:
        """Begin with what was said last in the place used last; asked again, only know it."""
        self.know(headers)
        if self._begun or not self._places:
            return
        self._begun = True
        if headers.last in self._places and not self.place.value():
            self.place.set_value(str(headers.last))
        else:
            self._recall(self.place.value())

    def know(self, headers: Headers) -> None:
        """Know what was said last in each place."""
        self._headers = headers
        place = self.chosen_place()
        if place is not None and headers.of(place.id) == self.header():
            self._restored = header_of(self.description(""))

    def header(self) -> Description:
        """Return what is said of every weapon: the locked fields, without one weapon's own."""
        said = header_of(self.description(""))
        free = {name: "" for name, field in self._named.items() if not field.is_locked}
        free.pop("place", None)
        return header_of(replace(said, **free))  # type: ignore[arg-type]  # these are texts

    def judge(self) -> bool:
        """Say at a field when its words are none of its choices; return whether all is well."""
        self.clear_errors()
        strange = [
            name
            for name, field in self._named.items()
            if isinstance(field, ChoiceField)
            and field.box.currentText().strip()
            and not field.value()
        ]
        for name in strange:
            self._say(name, _("This is none of the list. Choose one from it."))
        if not strange and self.chosen_place() is None:
            self._say("place", _("Say where the weapons lie."))
            return False
        return not strange

    def show_error(self, error: StockpileError) -> bool:
        """Say a refusal at the field it concerns; return whether it is one of these."""
        name = str(getattr(error, "field", ""))
        if name not in self._named:
            return False
        self._say(name, refusal_words(error))
        return True

    def clear_errors(self) -> None:
        """Take every message away; a field that says nothing is not drawn anew at each Enter."""
        for name in self._speaking:
            self._named[name].show_state(State.PLAIN)
        self._speaking.clear()

    def clear_free(self) -> None:
        """Empty what is not locked: it was said of the last weapon only."""
        for name in _FIRST:
            if not self._named[name].is_locked:
                put(self._named[name], "")
        self.more.clear_free()
        self._restored = header_of(self.description(""))

    def show_more(self, *, more: bool) -> None:
        """Show or hide what is rarely said."""
        self.more.setVisible(more)
        self._unfold.setText(_("Less") if more else _("More about the weapons"))
        self._unfold.show_icon("chevron-up" if more else "chevron-down")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let the wheel scroll the page: it must not change what is said of the weapons."""
        if event.type() == QEvent.Type.Wheel:
            event.ignore()
            return True
        return super().eventFilter(watched, event)

    def fit(self, width: int) -> None:
        """Stand in three columns where their words fit into the pixels there are, else in two."""
        self._grid.fit(width)
        self.more.fit(width)

    def _say(self, name: str, words: str) -> None:
        self._named[name].show_state(State.BAD, words)
        self._speaking.add(name)
        if name in self.more.named:
            self.show_more(more=True)

    def _listen(self) -> None:
        for name, field in self._named.items():
            if name in _FIRST:
                field.set_locked(locked=True)
            if isinstance(field, Field):
                field.submitted.connect(self.done)
            else:
                field.box.installEventFilter(self)
                line = field.box.lineEdit()
                assert line is not None  # the box is made to be typed into
                line.returnPressed.connect(self.done)
                field.box.currentTextChanged.connect(partial(_show_start, line))
        self.model.chosen.connect(self._fill_in)
        self.place.chosen.connect(self._recall)

    def _offered(
        self, offers: OffersModel, kind: CatalogueKind, field: ChoiceField, typed: str
    ) -> list[TypedOffer]:
        """Return what was entered here of late, then what the catalogue knows."""
        make = self.make.value() if kind == "model" else ""
        known = [
            TypedOffer(one.code, one.text, one.detail) for one in offers.offers(kind, typed, make)
        ]
        texts = {one.text.casefold() for one in known}
        wanted = typed.strip().casefold()
        late = [
            TypedOffer("", text)
            for text in _texts(field)
            if wanted and wanted in text.casefold() and text.casefold() not in texts
        ]
        return [*late[:_LATE], *known]

    def _fill_in(self, model: str) -> None:
        """Fill in what a model that was entered before says."""
        seen = self._patterns.get(model.casefold())
        if seen is not None:
            self._fill(type=seen.type, make=seen.make, calibre=seen.calibre)

    def _take_model(self, said: Filling) -> None:
        """Fill in what the catalogue says of the model that was chosen."""
        self._fill(type=said.type, make=said.make, calibre=said.calibre, country=said.country)

    def _fill(self, **said: str) -> None:
        """Fill in what nobody typed: empty fields, and what was filled in for another model."""
        for name, value in said.items():
            now = value_of(self._named[name])
            if value and now in ("", self._filled.get(name, "")):
                put(self._named[name], value)
                self._filled[name] = value

    def _recall(self, place: str) -> None:
        """Say what was said last in this place, unless something else is being said already."""
        before = self._headers.of(PlaceId(place) if place else None)
        if before is None or header_of(self.description("")) != self._restored:
            return
        for name in _FIRST:
            if name != "place":
                put(self._named[name], getattr(before, name))
        self.more.restore(before)
        self._restored = header_of(self.description(""))
        self.place.show_state(State.OK, _("As it was entered here last."))
        self._speaking.add("place")


def refusal_words(error: StockpileError) -> str:
    """Return why a weapon was not taken in, as it is said at a field."""
    if isinstance(error, FieldMissing):
        return _("This is needed.")
    if isinstance(error, FieldUnreadable) and error.field == "year":
        words = _("{text} is no year of make. Write four digits, or what stands on the metal.")
        return words.format(text=isolated(error.text))
    return wording.error_sentence(error)


def _show_start(line: QLineEdit, _text: str) -> None:
    if not line.hasFocus():  # a long choice is read from its beginning
        line.home(False)


def _choices(texts: Sequence[str]) -> list[Choice]:
    return [Choice(text, text) for text in sorted(set(filter(None, texts)))]


def _texts(field: ChoiceField) -> list[str]:
    return [plain(field.box.itemText(at)) for at in range(field.box.count())]
