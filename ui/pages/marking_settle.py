# ruff: noqa: N802 — Qt names what is overridden
"""What was seen on the metal: the question that settles a doubtful mark, with its proof."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Final

from PySide6.QtCore import QElapsedTimer, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import QFileDialog, QWidget

from stockpile.domain.marking import Settlement, Sight
from stockpile.language import _, isolated
from ui.theme import Ink, Space, Text
from ui.view_models.marking import Settled
from ui.widgets.arrange import Share, boxed, column, row
from ui.widgets.button import Button
from ui.widgets.dialogs import SHORTEST_REASON, ConfirmDialog
from ui.widgets.field import Field
from ui.widgets.photo_strip import Taken, taken_from
from ui.widgets.text import ShortLabel

FINGERS: Final = 45
"""Milliseconds a sign: whoever is slower than that types with fingers, a scanner is faster."""


class Typing:
    """Tells a scanner from fingers by how long a text took from its first sign."""

    def __init__(self) -> None:
        self._clock = QElapsedTimer()

    def follow(self, text: str) -> None:
        """Hear each change of the field."""
        if len(text) == 1:
            self._clock.start()
        elif not text:
            self._clock.invalidate()

    def sight(self, text: str) -> Sight:
        """Return how a text came into the field."""
        slow = self._clock.isValid() and self._clock.elapsed() > FINGERS * len(text)
        return "typed" if slow else "scan"


class SettleDialog(ConfirmDialog):
    """What stands on the metal, the reason, and the proof: a scan, a reading, or a photo.

    Signals:
        decided: what was seen: a Settled.
    """

    decided = Signal(object)

    def __init__(self, outcome: Settlement, text: str, parent: QWidget) -> None:
        self._outcome: Settlement = outcome
        self._picture: Taken | None = None
        self._typing = Typing()
        self._how: Sight = "scan"
        self.read = Field(_read_label(outcome), hint=_read_hint(outcome), identifier=True)
        self.photo = Button(_("Photo of the spot"), icon="camera", hint="F3")
        self._photo_name = ShortLabel(_("or a photo of it"), Text.SECONDARY, Ink.MUTED)
        proof = column(
            self.read, row(self.photo, Share(self._photo_name), gap=Space.M), gap=Space.M
        )
        title, action = _settlement(outcome)
        super().__init__(
            title,
            _("You sign for what stands on the metal: {text}.").format(text=isolated(text)),
            action,
            reason=_("What did you see?"),
            danger=outcome != "marked",
            extra=boxed(proof),
            parent=parent,
        )
        self.setAcceptDrops(True)
        self.photo.clicked.connect(self.pick)
        self.read.edited.connect(self._follow)
        self.accepted.connect(self._decide)
        QShortcut(QKeySequence("F3"), self).activated.connect(self.pick)
        QShortcut(QKeySequence.StandardKey.Paste, self.photo).activated.connect(self._paste)
        self.read.setFocus()

    def pick(self) -> None:
        """Let the person pick a photo."""
        dialog = picture_dialog(self, self.take)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def take(self, picture: Taken) -> None:
        """Take a photo as the proof."""
        self._picture = picture
        name = picture.name if isinstance(picture, Path) else _("pasted picture")
        self._photo_name.setText(isolated(name))
        self._judge()

    def hear(self, text: str) -> None:
        """Take what a scanner on its own port read as what stands there."""
        self.read.set_text(text)
        self._how = "scan"
        self._typing.follow("")
        self._judge()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take what is a file or a picture."""
        if taken_from(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Take what was dropped."""
        for picture in taken_from(event.mimeData())[:1]:
            event.acceptProposedAction()
            self.take(picture)

    def _paste(self) -> None:
        for picture in taken_from(QGuiApplication.clipboard().mimeData())[:1]:
            self.take(picture)

    def _follow(self, text: str) -> None:
        self._typing.follow(text)
        self._how = self._typing.sight(text)
        self._judge()

    def _judge(self) -> None:
        proved = bool(self.read.text().strip() or self._picture is not None)
        self.confirm.setEnabled(proved and len(self.reason()) >= SHORTEST_REASON)

    def _decide(self) -> None:
        read = self.read.text().strip()
        self.decided.emit(Settled(self._outcome, self.reason(), read, self._how, self._picture))


def picture_dialog(parent: QWidget, take: Callable[[Path], None]) -> QFileDialog:
    """Return the question for one picture; ``take`` is called with its path."""
    dialog = QFileDialog(parent, _("Choose a picture of the mark"))
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    pictures = _("Photos (*.jpg *.jpeg *.png *.webp *.bmp *.tif *.tiff)")
    dialog.setNameFilters([pictures, _("All files (*)")])
    dialog.fileSelected.connect(lambda file: take(Path(file)))
    return dialog


def has_words() -> bool:
    """Say whether words lie on the clipboard; names of files are not meant as words."""
    copied = QGuiApplication.clipboard().mimeData()
    return copied.hasText() and not copied.hasUrls()


def _read_label(outcome: Settlement) -> str:
    if outcome == "unmarked":
        return _("Scan the weapon that lies before you")
    return _("The mark as it reads") if outcome == "marked" else _("What can be read of it")


def _read_hint(outcome: Settlement) -> str:
    return "" if outcome == "unmarked" else _("scan or type")


def _settlement(outcome: Settlement) -> tuple[str, str]:
    if outcome == "marked":
        return _("The whole mark is there"), _("It is there")
    if outcome == "partial":
        return _("Only part of the mark is there"), _("Only part of it")
    return _("Nothing is on the metal"), _("Nothing is there")
