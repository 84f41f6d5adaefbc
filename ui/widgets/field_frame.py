# ruff: noqa: N802 — Qt names what is overridden
"""What every field has: a label above, the control, and what is wrong said underneath."""

from __future__ import annotations

from enum import StrEnum

from PySide6.QtCore import QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QScrollArea, QSizePolicy, QWidget

from stockpile.language import _, plain
from ui.theme import Height, Ink, Space, Text, colour, paint_icon, style_font, tokens
from ui.widgets.arrange import Share, boxed, column, is_mirrored, row
from ui.widgets.button import IconButton
from ui.widgets.drawing import smooth, words
from ui.widgets.hotkeys import on_key
from ui.widgets.picture import Picture
from ui.widgets.text import Label, ShortLabel

_ICON = 18
_ICON_ROOM = 34
_LOCK = 24
_EDGE = 13  # pixels from the border to the first letter


class State(StrEnum):
    """What is known about the content of a field."""

    PLAIN = ""
    OK = "ok"
    WARN = "warn"
    BAD = "bad"


_SIGNS = {
    State.OK: ("circle-check", Ink.OK),
    State.WARN: ("triangle-alert", Ink.WARN),
    State.BAD: ("triangle-alert", Ink.BAD),
}


def leading_side() -> Qt.AlignmentFlag:
    """Return the side where reading starts: a line left alone takes it from its own letters."""
    side = Qt.AlignmentFlag.AlignRight if is_mirrored() else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter


class LineEdit(QLineEdit):
    """A line of text with an icon at one or both of its ends, on the right side in any language."""

    def __init__(
        self, name: str, *, icon: str = "", style: Text = Text.FIELD, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._lead, self._sign = icon, State.PLAIN
        self._said_small = False
        self.setFont(style_font(style))
        self.setFixedHeight(Height.FIELD)
        self.setAccessibleName(plain(name))
        if style.value.mono:  # an identifier runs from the left, and stands where reading starts
            self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self.setAlignment(leading_side())
        self._make_room()

    def say_small(self) -> None:
        """Say what is wanted here in usual letters: in those for marks it would be cut."""
        self._said_small = True
        self.setProperty("placeholder", "own")

    def _paint_placeholder(self, painter: QPainter) -> None:
        room = self.rect().adjusted(_EDGE, 0, -_EDGE, 0)
        side = Qt.AlignmentFlag.AlignRight if is_mirrored() else Qt.AlignmentFlag.AlignLeft
        alignment = int(side | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine)
        letters = style_font(Text.SENTENCE)
        words(painter, room, self.placeholderText(), letters, tokens().text3, alignment)

    def show_state(self, state: State) -> None:
        """Show by border and icon what is known about the content."""
        self._sign = state
        self.setProperty("state", state.value)
        self.style().unpolish(self)
        self.style().polish(self)
        self._make_room()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the line, then its icons."""
        super().paintEvent(event)
        painter = smooth(self)
        if self._said_small and self.placeholderText() and not self.text():
            self._paint_placeholder(painter)
        if self._lead:
            ink = colour(Ink.MUTED).name()
            paint_icon(painter, self._icon_place(leading=True), self._lead, ink)
        if self._sign in _SIGNS:
            name, sign = _SIGNS[self._sign]
            paint_icon(painter, self._icon_place(leading=False), name, colour(sign).name())

    def _icon_place(self, *, leading: bool) -> QRectF:
        left = leading != is_mirrored()
        x = 10 if left else self.width() - 10 - _ICON
        return QRectF(x, (self.height() - _ICON) / 2, _ICON, _ICON)

    def _make_room(self) -> None:
        lead = _ICON_ROOM - 8 if self._lead else 0
        trail = _ICON_ROOM - 8 if self._sign in _SIGNS else 0
        left, right = (trail, lead) if is_mirrored() else (lead, trail)
        self.setTextMargins(left, 0, right, 0)


class FieldFrame(QWidget):
    """What every field has: label, hint, lock, and the message under it.

    Signals:
        lock_changed: the person locked (True) or freed the field; a locked value is repeated
            on the next weapon.
    """

    lock_changed = Signal(bool)

    def __init__(
        self,
        label: str,
        control: QWidget,
        *,
        hint: str = "",
        lockable: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._control, self._locked = control, False
        self._shown = (State.PLAIN, "")
        self._label = Label(label, Text.STRONG)
        self._label.setBuddy(control)
        self._lock = IconButton("lock-open", "", size=_LOCK)
        self._lock.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # by keys it is Ctrl+D in the field
        self._lock.clicked.connect(self._toggle_lock)
        if lockable:
            on_key(self, "Ctrl+D", self._toggle_lock)
        self._sign = Picture("info", Ink.MUTED, 14)
        self._said = Label("", Text.SECONDARY, Ink.MUTED, wrap=True)
        self._hint = ShortLabel(hint, Text.SECONDARY, Ink.MUTED)
        top = row(self._label, Share(self._hint), self._lock, gap=6)
        self._message = boxed(
            row(
                Share(self._sign, 0, Qt.AlignmentFlag.AlignTop),
                Share(self._said),
                gap=6,
                margins=(0, 0, 0, 0),
            )
        )
        self._label.setFixedHeight(_LOCK)  # so that fields with and without a lock stand level
        self.setLayout(column(top, control, self._message, gap=4))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        self._message.hide()
        self._lock.setVisible(lockable)  # not sooner: without a parent it would be a window
        self._name_lock()

    @property
    def is_locked(self) -> bool:
        """Return whether the value is repeated on the next weapon."""
        return self._locked

    @property
    def message(self) -> str:
        """Return what is said under the field."""
        return self._said.text()

    def name(self, label: str) -> None:
        """Ask for something else in the same field."""
        self._label.setText(label)
        self._control.setAccessibleName(plain(label))

    def whole_width(self) -> int:
        """Return the width at which nothing of its label and its hint is shortened."""
        told = sum(one.sizeHint().width() + 6 for one in (self._label, self._hint) if one.text())
        lock = 0 if self._lock.isHidden() else _LOCK
        return told + lock

    def set_locked(self, locked: bool) -> None:
        """Lock or free the field."""
        if locked != self._locked:
            self._toggle_lock()

    def sizeHint(self) -> QSize:
        """Return the room for the whole message at the width there is: it is also the most."""
        hint = super().sizeHint()
        return QSize(hint.width(), max(hint.height(), self.heightForWidth(self.width())))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Ask for another height where the message wraps otherwise."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()

    def show_state(self, state: State, message: str = "") -> None:
        """Say what is wrong and what to do; the content is never touched.

        What is said already is not drawn anew: it may be said at each key.
        """
        if (state, message) == self._shown:
            return
        self._shown = (state, message)
        name, ink = _SIGNS.get(state, ("info", Ink.MUTED))
        self._sign.show_icon(name, ink)
        self._said.set_ink(ink)
        self._said.setText(message)
        self._message.setVisible(bool(message))
        self._control.setAccessibleDescription(plain(message))
        self._show_on_control(state)
        if state is State.BAD and message:
            QTimer.singleShot(0, self, self._bring_in_sight)  # when it has its place

    def _show_on_control(self, state: State) -> None:
        self._control.setProperty("state", state.value)
        self._control.style().unpolish(self._control)
        self._control.style().polish(self._control)

    def _bring_in_sight(self) -> None:
        """Scroll to what is said under the field that one stands in: it may lie below the edge."""
        here, above = QApplication.focusWidget(), self.parentWidget()
        while above is not None and not isinstance(above, QScrollArea):
            above = above.parentWidget()
        if above is not None and here is not None and self.isAncestorOf(here):
            above.ensureWidgetVisible(self, 0, Space.S)

    def _toggle_lock(self) -> None:
        self._locked = not self._locked
        self._name_lock()
        self.lock_changed.emit(self._locked)

    def _name_lock(self) -> None:
        name = _("Free {field}") if self._locked else _("Lock {field}")
        ink = Ink.ACCENT if self._locked else Ink.MUTED
        self._lock.show_icon("lock" if self._locked else "lock-open", ink)
        self._lock.setAccessibleName(name.format(field=plain(self._label.text())))
        self._lock.setToolTip(name.format(field=self._label.text()))
