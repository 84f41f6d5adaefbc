"""Lucide icons in any ink: recoloured, rendered once for each size and screen, then kept."""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QGuiApplication, QIcon, QPainter, QPixmap, QTransform
from PySide6.QtSvg import QSvgRenderer

from stockpile.paths import resource

_STROKE = 'stroke-width="2"'
_THINNER = 'stroke-width="1.75"'

DIRECTIONAL = frozenset(
    {
        "arrow-left",
        "arrow-right",
        "chevron-left",
        "chevron-right",
        "clipboard-list",
        "list",
        "list-checks",
        "list-filter",
        "log-in",
        "log-out",
        "redo-2",
        "send",
        "trending-down",
        "trending-up",
        "truck",
        "undo-2",
    }
)
"""Icons that point somewhere, and so point the other way where reading starts from the right."""


class IconMissing(LookupError):
    """No such icon is shipped."""


def pixmap(name: str, colour: str, size: int = 18, ratio: float | None = None) -> QPixmap:
    """Return the icon in a #RRGGBB colour, `size` pixels at 100 % on a screen of the ratio.

    Raise `IconMissing` for a name that is not shipped.
    """
    right_to_left = QGuiApplication.layoutDirection() == Qt.LayoutDirection.RightToLeft
    mirrored = right_to_left and name in DIRECTIONAL
    return _rendered(name, colour, size, ratio or _screen_ratio(), mirrored)


def icon(name: str, colour: str, size: int = 18) -> QIcon:
    """Return the icon for a Qt control that draws icons itself."""
    return QIcon(pixmap(name, colour, size))


def paint_icon(painter: QPainter, where: QRectF, name: str, colour: str) -> None:
    """Draw the icon centred in the rectangle, as large as its shorter side."""
    size = int(min(where.width(), where.height()))
    corner = where.center()
    ratio = painter.device().devicePixelRatio()
    painter.drawPixmap(
        round(corner.x() - size / 2),
        round(corner.y() - size / 2),
        pixmap(name, colour, size, ratio),
    )


@cache
def _source(name: str) -> str:
    try:
        return resource("icons", f"{name}.svg").read_text("utf-8").replace(_STROKE, _THINNER)
    except FileNotFoundError as error:
        raise IconMissing(name) from error


@cache
def _rendered(name: str, colour: str, size: int, ratio: float, mirrored: bool) -> QPixmap:
    picture = QPixmap(round(size * ratio), round(size * ratio))
    picture.fill(Qt.GlobalColor.transparent)
    renderer = QSvgRenderer(QByteArray(_source(name).replace("currentColor", colour).encode()))
    painter = QPainter(picture)
    renderer.render(painter)
    painter.end()
    if mirrored:
        picture = picture.transformed(QTransform().scale(-1, 1))
    picture.setDevicePixelRatio(ratio)
    return picture


def _screen_ratio() -> float:
    return max((screen.devicePixelRatio() for screen in QGuiApplication.screens()), default=1.0)
