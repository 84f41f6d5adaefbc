"""How the program looks and speaks on this machine, and which labels it prints."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from stockpile.language import LANGUAGES, _, isolated
from stockpile.services.label_words import stock_words
from ui.sounds import Sound, play
from ui.theme import Mode, Space, Theme
from ui.view_models.settings import SettingsModel, SetUp
from ui.widgets.arrange import STRETCH, column
from ui.widgets.card import Card
from ui.widgets.field import Choice, ChoiceField, State
from ui.widgets.text import card_title, secondary

_SYSTEM = "system"
_OF_LANGUAGE = "language"
_FIELD = 400


class LookSection(QWidget):
    """Theme, language, sounds, label stock."""

    def __init__(self, model: SettingsModel, theme: Theme) -> None:
        super().__init__()
        self._model, self._theme = model, theme
        self.theme = ChoiceField(_("Colours"), _themes())
        self.language = ChoiceField(_("Language"), _languages())
        self.digits = ChoiceField(_("Digits on papers"), _digits())
        self.paper = ChoiceField(_("Size of papers"), _sizes())
        self.stock = ChoiceField(_("Label stock used unless told otherwise"))
        self.sounds = ChoiceField(_("Sounds of a scan"), _switch())
        for field in (self.theme, self.language, self.digits, self.paper, self.sounds, self.stock):
            field.setFixedWidth(_FIELD)
        self.theme.set_value(theme.mode.value)
        self.language.set_value(model.setting("language") or _SYSTEM)
        self.digits.set_value(model.setting("digits") or _OF_LANGUAGE)
        self.paper.set_value(model.setting("paper") or "A4")
        self.sounds.set_value("off" if model.setting("sounds") == "off" else "on")
        self.setLayout(
            column(
                _card(_("Appearance"), _("These belong to this computer, not to the record."),
                      self.theme, self.language, self.sounds),
                _card(_("Labels"), _("A sheet goes out only when every label on it reads back."),
                      self.stock),
                _card(_("Papers"), _("Counts and dates are written in these digits; serial numbers"
                      " and numbers of papers stay as they are."), self.digits, self.paper),
                STRETCH, gap=Space.M,
            )
        )  # fmt: skip
        self.theme.box.activated.connect(self._use_theme)
        self.language.box.activated.connect(self._use_language)
        self.digits.box.activated.connect(self._use_digits)
        self.paper.box.activated.connect(self._use_paper)
        self.sounds.box.activated.connect(self._use_sounds)
        self.stock.box.activated.connect(self._use_stock)
        model.came.connect(self._show)

    def _show(self, set_up: SetUp) -> None:
        self.stock.set_choices([Choice(one.name, stock_words(one)) for one in set_up.stocks])
        chosen, names = self._model.setting("stock"), [one.name for one in set_up.stocks]
        self.stock.set_value(chosen if chosen in names else next(iter(names), ""))

    def _use_theme(self, _index: int) -> None:
        value = self.theme.value()
        if value:
            self._theme.use(Mode(value))
            self._model.remember("theme", value)

    def _use_language(self, _index: int) -> None:
        value = self.language.value()
        if value:
            self._model.remember("language", "" if value == _SYSTEM else value)
            said = _("The program speaks it from the next start on.")
            self.language.show_state(State.PLAIN, said)

    def _use_digits(self, _index: int) -> None:
        value = self.digits.value()
        if value:
            self._model.remember("digits", "" if value == _OF_LANGUAGE else value)

    def _use_paper(self, _index: int) -> None:
        if self.paper.value():
            self._model.remember("paper", self.paper.value())

    def _use_sounds(self, _index: int) -> None:
        value = self.sounds.value()
        if value:
            self._model.remember("sounds", value)
            play(Sound.GOOD)

    def _use_stock(self, _index: int) -> None:
        if self.stock.value():
            self._model.remember("stock", self.stock.value())


def _themes() -> Sequence[Choice]:
    return (
        Choice(Mode.SYSTEM.value, _("As the system")),
        Choice(Mode.LIGHT.value, _("Light")),
        Choice(Mode.DARK.value, _("Dark")),
    )


def _switch() -> Sequence[Choice]:
    return (Choice("on", _("On")), Choice("off", _("Off")))


def _digits() -> Sequence[Choice]:
    return (
        Choice(_OF_LANGUAGE, _("As the language of the paper writes them")),
        Choice("latin", _("Latin: {digits}").format(digits=isolated("0123456789"))),
        Choice("arabic", _("Arabic: {digits}").format(digits=isolated("٠١٢٣٤٥٦٧٨٩"))),
    )


def _sizes() -> Sequence[Choice]:
    return (
        Choice("A4", _("A4: {size}").format(size=isolated("210 x 297 mm"))),
        Choice("Letter", _("Letter: {size}").format(size=isolated("216 x 279 mm"))),
    )


def _languages() -> Sequence[Choice]:
    own = [Choice(code, isolated(name)) for code, name in LANGUAGES.items()]
    return (Choice(_SYSTEM, _("As the system")), *own)


def _card(title: str, sentence: str, *fields: ChoiceField) -> Card:
    return Card(column(card_title(title), secondary(sentence, wrap=True), *fields, gap=Space.M))
