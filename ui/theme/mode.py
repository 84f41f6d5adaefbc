"""Light, dark, or as the system says: chosen once, changed at any time, seen at once."""

from __future__ import annotations

from enum import StrEnum
from typing import Protocol

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QGuiApplication, QPalette

from ui.theme.colours import DARK, LIGHT, Ink, Tokens
from ui.theme.letters import font, load_fonts
from ui.theme.sheet import palette, style_sheet


class Mode(StrEnum):
    """What the person chose."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


class Wearer(Protocol):
    """The application, as far as it can be dressed: the theme itself knows no widget."""

    def setStyle(self, style: str, /) -> object:  # noqa: N802 — Qt's name
        """Draw controls in the named style."""

    def setPalette(self, palette: QPalette, /) -> None:  # noqa: N802 — Qt's name
        """Use these colours."""

    def setStyleSheet(self, sheet: str, /) -> None:  # noqa: N802 — Qt's name
        """Use this sheet."""

    def setFont(self, font: QFont, /) -> None:  # noqa: N802 — Qt's name
        """Use this font where no other is set."""


_SCHEMES = {
    Mode.SYSTEM: Qt.ColorScheme.Unknown,
    Mode.LIGHT: Qt.ColorScheme.Light,
    Mode.DARK: Qt.ColorScheme.Dark,
}


class _Worn:
    """The colours on the screen now: one for the process, because there is one screen."""

    def __init__(self) -> None:
        self.tokens = LIGHT


_worn = _Worn()


def tokens() -> Tokens:
    """Return the colours in use: ask again at every painting."""
    return _worn.tokens


def colour(ink: Ink) -> QColor:
    """Return an ink as it is in the theme in use."""
    return QColor(getattr(_worn.tokens, ink.value))


class Theme(QObject):
    """The look of the whole program.

    Signals:
        changed: the colours are others now; widgets painted by Qt repaint by themselves.
    """

    changed = Signal()

    def __init__(self, application: Wearer, mode: Mode = Mode.SYSTEM) -> None:
        super().__init__()
        self._application = application
        self._mode = mode
        load_fonts()
        application.setStyle("Fusion")
        application.setFont(font(13))
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._follow)
        self.use(mode)

    @property
    def mode(self) -> Mode:
        """Return what the person chose."""
        return self._mode

    @property
    def is_dark(self) -> bool:
        """Return whether the dark colours are on the screen."""
        return _worn.tokens is DARK

    def use(self, mode: Mode) -> None:
        """Change to a mode; title bars and the system's own dialogs follow."""
        self._mode = mode
        QGuiApplication.styleHints().setColorScheme(_SCHEMES[mode])
        self._wear(self._tokens())

    def _follow(self) -> None:
        if self._mode is Mode.SYSTEM:
            self._wear(self._tokens())

    def _tokens(self) -> Tokens:
        if self._mode is not Mode.SYSTEM:
            return DARK if self._mode is Mode.DARK else LIGHT
        dark = QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark
        return DARK if dark else LIGHT

    def _wear(self, chosen: Tokens) -> None:
        _worn.tokens = chosen
        self._application.setPalette(palette(chosen))
        self._application.setStyleSheet(style_sheet(chosen))
        self.changed.emit()
