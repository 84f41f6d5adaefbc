"""The head of a weapon's page: what it is, where it stands, and what can be done with it."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtWidgets import QMenu, QWidget

from stockpile import wording
from stockpile.domain import tags
from stockpile.domain.people import Act
from stockpile.domain.weapons import NO_WEAPON
from stockpile.language import _, isolated, plain
from stockpile.services.weapon_files import WeaponFile
from ui.pages.standing import condition_tone, joined, model_or_type, status_tone
from ui.theme import Ink, Space, Text, Tone
from ui.view_models.weapon_file import WeaponFileModel
from ui.widgets.arrange import STRETCH, Share, column, row
from ui.widgets.button import Button, IconButton, Kind
from ui.widgets.chip import Chip
from ui.widgets.text import Identifier, ShortLabel, secondary


class WeaponHead(QWidget):
    """Serial, number, standing, place and tag, with the acts.

    Signals:
        back_wanted: return to the list.
        act_wanted: an act by its name: "correct", "print", "merge", "withdraw" and so on.
    """

    back_wanted = Signal()
    act_wanted = Signal(str)

    def __init__(self, model: WeaponFileModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._file: WeaponFile | None = None
        self._serial = Identifier("", Text.IDENTIFIER_TITLE)
        self._serial.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._what = ShortLabel("", Text.SECONDARY, Ink.MUTED)
        self._status, self._condition = Chip(""), Chip("")
        self._number = Identifier("", Text.IDENTIFIER_SMALL, Ink.SECONDARY)
        self._tag = Identifier("", Text.IDENTIFIER_SMALL, Ink.SECONDARY)
        self._tag_word = secondary(_("Tag"))
        back = IconButton("arrow-left", _("Back to the list (Esc)"))
        back.clicked.connect(self.back_wanted)
        copy = IconButton("copy", _("Copy the serial"), size=32)
        copy.clicked.connect(self.copy_serial)
        self._correct = Button(_("Correct"), Kind.PRIMARY, "pencil", hint="Ctrl+E")
        self._print = Button(_("Print dossier"), Kind.SECONDARY, "printer", hint="Ctrl+P")
        self._more = Button(_("More"), Kind.SECONDARY, "ellipsis-vertical")
        self._correct.clicked.connect(partial(self.act_wanted.emit, "correct"))
        self._print.clicked.connect(partial(self.act_wanted.emit, "print"))
        self._more.clicked.connect(self._open_menu)
        acts = row(self._print, self._more, self._correct, gap=Space.S)
        first = row(back, self._serial, copy, STRETCH, acts, gap=Space.S)
        second = row(
            self._status, self._condition, self._number, self._tag_word, self._tag,
            Share(self._what), gap=Space.M,
        )  # fmt: skip
        self.setLayout(column(first, second, gap=Space.S))

    def show_file(self, file: WeaponFile) -> None:
        """Show a weapon as it stands."""
        self._file = file
        weapon, line = file.life.weapon, file.life.row
        self._serial.show_text(weapon.serial.text or _("No serial"))
        self._what.setText(
            joined(
                isolated(model_or_type(line)), isolated(line.calibre), isolated(line.place)
            )
        )  # fmt: skip
        tone = Tone.GREY if weapon.status in NO_WEAPON else status_tone(weapon.status)
        self._status.show_status(wording.status(weapon.status), tone)
        if weapon.deactivated:
            self._condition.show_status(_("Deactivated"), Tone.WARN)
        else:
            said = wording.condition(weapon.condition)
            self._condition.show_status(said, condition_tone(weapon.condition))
        self._number.show_text(line.number)
        self._tag.show_text(tags.grouped(weapon.tag) if weapon.tag else "")
        for part in (self._tag, self._tag_word):
            part.setVisible(bool(weapon.tag))
        self._allow(file)

    def copy_serial(self) -> None:
        """Put the serial on the clipboard, plain."""
        if self._file is not None:
            QGuiApplication.clipboard().setText(plain(self._file.life.weapon.serial.text))

    def menu(self) -> QMenu:
        """Return the acts that are needed now and then."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for part in self._parts():
            for name, words, act in part:
                action = QAction(words, menu)
                action.setEnabled(not act or self._model.may(act))
                action.triggered.connect(partial(self._emit, name))
                menu.addAction(action)
            menu.addSeparator()
        return menu

    def _emit(self, name: str) -> None:
        self.act_wanted.emit(name)

    def _parts(self) -> tuple[tuple[tuple[str, str, Act | None], ...], ...]:
        """Return the acts in groups; one that makes no sense for this record is left out."""
        gone = self._file is not None and self._file.life.weapon.status in NO_WEAPON
        papers: tuple[tuple[str, str, Act | None], ...] = (
            ("label", _("Print label"), "label"),
            ("label_how", _("How the label is printed…"), "label"),
            ("export", _("Export for programs (JSON)"), None),
        )
        if self._file is not None and self._file.life.weapon.deactivated:
            certificate = _("Print the certificate of deactivation")
            papers = (*papers, ("deactivation", certificate, None))
        if gone:
            back: tuple[tuple[str, str, Act | None], ...] = (
                ("reinstate", _("Put the record back"), "withdraw"),
            )
            return back, papers
        desk: tuple[tuple[str, str, Act | None], ...] = (
            ("move", _("Move"), "move"),
            ("mark", _("Mark it"), "mark"),
            ("inspect", _("Inspect"), "inspect"),
            ("report_loss", _("Report lost or stolen"), "report_loss"),
            ("repair", _("Repaired"), "repair"),
            ("kit", _("Kit"), "correct"),
            ("safety", _("Safety check"), "correct"),
            ("deactivate", _("Deactivated"), "deactivate"),
            ("destroy", _("Order its destruction"), "order_destruction"),
            ("request_trace", _("Ask for a trace"), "request_trace"),
            ("marks", _("Marks and components"), "correct"),
        )
        right: tuple[tuple[str, str, Act | None], ...] = (
            ("merge", _("Join with another record"), "merge"),
            ("withdraw", _("Withdraw the record"), "withdraw"),
        )
        return desk, papers, right

    def _open_menu(self) -> None:
        self.menu().popup(self._more.mapToGlobal(self._more.rect().bottomLeft()))

    def _allow(self, file: WeaponFile) -> None:
        may = self._model.may("correct") and file.life.weapon.status not in NO_WEAPON
        self._correct.setEnabled(may)
        said = "" if self._model.may("correct") else _("Your role does not include this.")
        self._correct.setToolTip(said or "Ctrl+E")
