"""A window under hands that do anything: what can be reached in it, and what leads nowhere here."""

from __future__ import annotations

import shiboken6
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import (  # noqa: TID251 — a test drives widgets
    QAbstractButton,
    QApplication,
    QDialog,
    QFileDialog,
    QLineEdit,
    QPlainTextEdit,
)


def keep_inside(monkeypatch, desktop):
    """Let nothing lead to other programs, to files, or out of the window."""
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda *_what: True)
    monkeypatch.setattr(QDialog, "exec", lambda _dialog: 0)
    for name in ("getSaveFileName", "getOpenFileName"):
        monkeypatch.setattr(QFileDialog, name, lambda *_what, **_how: ("", ""))
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_what, **_how: "")
    monkeypatch.setattr(QFileDialog, "open", lambda dialog, *_what: dialog.reject())
    monkeypatch.setattr(type(desktop.session), "lock", lambda _session: None)
    monkeypatch.setattr(type(desktop), "_leave", lambda _desktop: None)


def fields(within):
    """What can be typed into."""
    return ready(within, QLineEdit) + ready(within, QPlainTextEdit)


def buttons(within):
    """What can be pressed."""
    return ready(within, QAbstractButton)


def ready(within, kind):
    """What can be used of a kind; nothing of a dialog that has gone meanwhile."""
    found = within.findChildren(kind) if shiboken6.isValid(within) else []
    return [one for one in found if is_ready(one)]


def is_ready(widget):
    """Whether it is there, in sight, and may be used."""
    return shiboken6.isValid(widget) and widget.isVisible() and widget.isEnabled()


def in_front():
    """The dialog or menu that is open, if any."""
    found = [
        one for one in QApplication.topLevelWidgets()
        if isinstance(one, QDialog) and one.isVisible()
    ]  # fmt: skip
    top = QApplication.activePopupWidget() or QApplication.activeModalWidget()
    return top or (found[-1] if found else None)


def put_away():
    """Close whatever is open in front of the window."""
    while (front := in_front()) is not None:
        front.close()
        if is_ready(front):  # it asks first, or only hides
            front.hide()
