# ruff: noqa: N802 — Qt names what is overridden
"""The page of one weapon: everything that is known of it, and every act that puts it right."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFileDialog, QWidget

from stockpile.domain.errors import WeaponUnknown
from stockpile.domain.facts import Photo, View
from stockpile.domain.matters import Matter
from stockpile.domain.numbers import registry_number
from stockpile.domain.people import Act
from stockpile.domain.values import WeaponId
from stockpile.language import _, isolated
from stockpile.services.weapon_files import WeaponFile
from stockpile.terms import term
from ui.desk import Desk
from ui.notices import Notices
from ui.pages.page import Page
from ui.pages.printing import PrintingActs
from ui.pages.weapon_acts import WeaponActs
from ui.pages.weapon_book import WeaponBook
from ui.pages.weapon_custody import CustodyChain, Fittings
from ui.pages.weapon_head import WeaponHead
from ui.pages.weapon_life import WeaponLife
from ui.pages.weapon_marks import WeaponMarks
from ui.pages.weapon_matters import OpenMatters
from ui.pages.weapon_photos import PhotoDialog, view_of
from ui.session import Session
from ui.theme import Space
from ui.view_models.photos import Photos
from ui.view_models.weapon_file import WeaponFileModel, Written
from ui.widgets.arrange import STRETCH, Share, boxed, column, rule, scrolled
from ui.widgets.card import Card
from ui.widgets.hotkeys import on_key
from ui.widgets.photo_strip import PhotoStrip, Shot, Taken
from ui.widgets.photo_view import PhotoView
from ui.widgets.text import card_title

_NARROW = 900
_ELSEWHERE = {
    "mark": "marking", "verify_mark": "marking", "read_back": "entry",
    "report_loss": "losses", "recover": "losses", "investigate": "investigations",
    "destroy": "destruction", "request_trace": "trace_requests", "judge": "confirming",
    "open_card": "conflicts",
}  # fmt: skip
"""What is done on a page of its own, and which."""
_ACTS: dict[str, Act] = {
    "settle_custody": "move", "settle_marks": "resolve_mark", "compare": "merge",
    "correct": "correct", "inspect": "inspect", "move": "move", "safety": "correct",
    "reinstate": "withdraw", "recover": "recover",
}  # fmt: skip


class WeaponPage(Page):
    """The page; it shows one weapon at a time and follows what is written of it."""

    def __init__(self, desk: Desk, session: Session, notices: Notices) -> None:
        super().__init__()
        self._session, self._notices = session, notices
        self._model = WeaponFileModel(desk, session, notices)
        self._labels = PrintingActs.of(desk, session, notices, self)
        self._photos = Photos(desk, session, self)
        self._acts = WeaponActs(self._model, self)
        self._head = WeaponHead(self._model)
        self._matters, self._book = OpenMatters(), WeaponBook()
        self._marks, self._fittings = WeaponMarks(), Fittings()
        self._custody, self._life = CustodyChain(), WeaponLife()
        self._strip = PhotoStrip(editable=True)
        self._last_view: View = "left"
        self._known = self._lay_out()
        self._known.hide()
        self.setLayout(column(Share(self._known)))
        self._connect()

    def entered(self, argument: str) -> None:
        """Show a weapon: its id; without one, go back to the list."""
        if not argument and self._model.weapon is None:
            self.go.emit("register", "")
            return
        if argument:
            self._model.show(argument)
        self._head.setFocus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the two columns beside or below each other, by the room there is."""
        super().resizeEvent(event)
        narrow = self.width() < _NARROW
        below, beside = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
        self._columns.setDirection(below if narrow else beside)

    # --- how it stands ----------------------------------------------------------------------

    def _lay_out(self) -> QWidget:
        self._photo_card = Card(column(card_title(_("Photos")), self._strip, gap=Space.S))
        left = boxed(
            column(
                self._matters, self._photo_card, self._book, self._marks, self._fittings,
                self._custody, STRETCH, gap=Space.L,
            )
        )  # fmt: skip
        right = boxed(column(self._life, STRETCH))
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._columns.setContentsMargins(0, 0, Space.S, 0)
        self._columns.setSpacing(Space.L)
        self._columns.addWidget(left, 3)
        self._columns.addWidget(right, 2)
        body = scrolled(boxed(self._columns))
        return boxed(column(self._head, rule(), Share(body), gap=Space.M))

    def _connect(self) -> None:
        model, strip = self._model, self._strip
        model.shown.connect(self._show)
        model.written.connect(self._say_written)
        model.printed.connect(self._say_printed)
        self._labels.toast.connect(self.toast)
        self._head.back_wanted.connect(partial(self.go.emit, "register", ""))
        self._head.act_wanted.connect(self._act)
        self._matters.wanted.connect(self._close_matter)
        self._marks.photo_wanted.connect(self._open_photo)
        self._marks.change.clicked.connect(partial(self._act, "marks"))
        strip.wanted.connect(self._photos.want_thumbnail)
        strip.added.connect(self._add_photos)
        strip.removed.connect(self._remove_photo)
        strip.opened.connect(self._open_photo)
        self._photos.thumbnail.connect(strip.show_picture)
        self._photos.missing.connect(strip.show_missing)
        self._photos.refused.connect(self._notices.trouble)
        self._session.changed.connect(self._known.hide)
        for keys, does in (
            ("Esc", partial(self.go.emit, "register", "")),
            ("Ctrl+E", partial(self._act, "correct")),
            ("Ctrl+P", partial(self._act, "print")),
            ("Alt+P", partial(self._act, "label_how")),
        ):
            on_key(self, keys, does)

    def _show(self, file: WeaponFile) -> None:
        self._head.show_file(file)
        self._matters.show_matters(file.matters)
        self._strip.show_shots([_shot(one) for one in file.life.weapon.photos])
        self._book.show_file(file)
        self._marks.show_file(file)
        self._marks.show_right(may=self._model.may("correct") and file.life.weapon.stands)
        self._fittings.show_fittings(file.fittings, file.names, file.life.weapon.kit, file.doubted)
        self._custody.show_chain(file.custody, file.names, file.doubted)
        self._life.show_file(file)
        self._known.show()

    # --- acts -------------------------------------------------------------------------------

    def _act(self, name: str) -> None:
        if self._model.file is None:
            return
        if name in _ELSEWHERE:
            weapon = self._model.weapon or ""
            what = f"read_back:{weapon}" if name == "read_back" else weapon
            self.go.emit(_ELSEWHERE[name], what)
        elif name == "print":
            self._model.print_dossier()
        elif name == "label":
            self._labels.print_weapon(self._model.file.life.weapon.id)
        elif name == "label_how":
            self._labels.print_weapon(self._model.file.life.weapon.id, ask=True)
        elif name == "export":
            self._export()
        elif name == "deactivation":
            self._model.print_deactivation()
        else:
            self._acts.begin(name)

    def _close_matter(self, matter: Matter) -> None:
        """Do the act that closes a matter, or say that the officer's role does not include it."""
        if matter.closing == "open_other":
            self._open_other(matter.about)
        elif matter.closing == "photograph":
            self._strip.pick()
        elif matter.closing in _ACTS and not self._model.may(_ACTS[matter.closing]):
            self.toast.emit(_("Your role does not include this."), "", None)
        elif matter.closing in _ELSEWHERE:
            self._act(matter.closing)
        else:
            self._acts.close(matter)

    def _open_other(self, weapon: str) -> None:
        """Show the record that this one was joined to, or say that it is not known here."""
        if self._model.file is not None and self._model.file.into is not None:
            self._model.show(weapon)
        else:
            self._model.say_trouble(WeaponUnknown(registry_number(WeaponId(weapon))))

    def _export(self) -> None:
        dialog = QFileDialog(self, _("Export for programs (JSON)"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.selectFile(self._model.export_name())
        dialog.fileSelected.connect(self.export_to)
        dialog.open()

    def export_to(self, file: str) -> None:
        """Write the whole life into a file, for programs."""
        self._model.export(Path(file))

    def _say_written(self, written: Written) -> None:
        if written.said:
            self.toast.emit(written.said, _("Undo") if written.undo else "", written.undo)

    def _say_printed(self, file: Path) -> None:
        where = isolated(f"{file.parent.name}/{file.name}")
        url = QUrl.fromLocalFile(str(file))
        said = _("Written to {file}").format(file=where)
        self.toast.emit(said, _("Open"), partial(QDesktopServices.openUrl, url))

    # --- photos -----------------------------------------------------------------------------

    def _add_photos(self, taken: object) -> None:
        weapon = self._model.weapon
        file = self._model.file
        if weapon is None or file is None or not isinstance(taken, tuple):
            return
        marks = file.life.weapon.marks
        dialog = PhotoDialog(len(taken), marks, self._last_view, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.decided.connect(partial(self._keep_photos, weapon, taken))
        dialog.open()

    def _keep_photos(
        self, weapon: WeaponId, taken: tuple[Taken, ...], view: str, caption: str, mark: int | None
    ) -> None:
        self._last_view = view_of(view)
        self._strip.show_adding(busy=True)
        done = self._photos_added
        self._photos.add(weapon, taken, self._last_view, caption, done=done, mark=mark)

    def _photos_added(self, _kept: object) -> None:
        self._strip.show_adding(busy=False)

    def _remove_photo(self, digest: str, reason: str) -> None:
        if self._model.weapon is not None:
            self._photos.remove(self._model.weapon, digest, reason)

    def _open_photo(self, digest: str) -> None:
        file = self._model.file
        if file is None:
            return
        view = PhotoView([_shot(one) for one in file.life.weapon.photos], digest, self)
        view.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        view.wanted.connect(self._photos.want_picture)
        self._photos.picture.connect(view.show_picture)
        self._photos.missing.connect(view.show_missing)
        view.open()


def _shot(photo: Photo) -> Shot:
    return Shot(photo.digest, term("view", photo.view), photo.caption)
