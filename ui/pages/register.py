"""The register: every weapon on record, found as one types, each with its life beside it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QLocale, Qt, QUrl
from PySide6.QtGui import QAction, QActionGroup, QDesktopServices, QKeySequence, QShortcut
from PySide6.QtWidgets import QMenu, QStackedLayout, QWidget

from stockpile import wording
from stockpile.domain.errors import StockpileError
from stockpile.domain.places import Place
from stockpile.domain.values import WeaponId
from stockpile.language import _, isolated, ngettext
from ui.desk import Desk
from ui.notices import Notices
from ui.pages.list_and_detail import ListAndDetail
from ui.pages.page import Page
from ui.pages.weapon_detail import WeaponDetail
from ui.pages.weapon_dialogs import CorrectDialog, MoveDialog
from ui.pages.weapon_table import WeaponTable, found_columns, register_columns
from ui.session import Session
from ui.theme import Ink, Space, Text
from ui.view_models.register import Listed, RegisterModel, Slice, Tally, WeaponPages
from ui.view_models.weapon_detail import Moved, WeaponDetailModel
from ui.widgets.arrange import STRETCH, Share, boxed, column, row
from ui.widgets.button import Button, IconButton, Kind
from ui.widgets.empty_state import EmptyState
from ui.widgets.field import SearchField
from ui.widgets.keycap import Shortcut
from ui.widgets.paged_model import PAGE, ListPages
from ui.widgets.text import Label, page_title, secondary

_UNMARKED = "unmarked"


class RegisterPage(Page):
    """The list, the search, and the weapon under the cursor."""

    def __init__(self, desk: Desk, session: Session, notices: Notices) -> None:
        super().__init__()
        self._desk, self._session = desk, session
        self._model = RegisterModel(desk, session, notices, PAGE)
        self._weapon = WeaponDetailModel(desk, session, notices)
        self._stale = False
        self._tally: Tally | None = None
        self._correction: CorrectDialog | None = None
        self._count = Label("", Text.BODY, Ink.MUTED)
        self._search = SearchField(_("Serial, mark, make, model or place"))
        self._filter = Button("", Kind.GHOST, "list-filter")
        self._unfilter = IconButton("x", _("Show all weapons"))
        self._new = Button(_("New weapon"), Kind.PRIMARY, "plus", hint="Ctrl+N")
        self._table = WeaponTable(_("Weapons register"), register_columns())
        self._found = WeaponTable(_("Weapons found"), found_columns())
        self._foot = secondary("")
        self._detail = WeaponDetail(self._weapon)
        self._faces = QStackedLayout()
        self._both = ListAndDetail(self._list(), self._detail)
        self.setLayout(column(Share(self._both)))
        self._connect()
        self._show_filter()
        if session.is_open:
            self._model.start()

    def entered(self, argument: str) -> None:
        """Show one weapon, or the list where it was left."""
        if self._stale:
            self._refresh()
        if argument:
            self.show_weapon(argument)
        self._focus_list()

    def show_weapon(self, weapon: str) -> None:
        """Show a weapon, whether its row is in sight or not."""
        self._table.point_at(weapon)
        self._weapon.show(weapon)
        self._both.show_detail(shown=True)

    # --- how it stands ----------------------------------------------------------------------

    def _list(self) -> QWidget:
        head = row(page_title(_("Weapons register")), self._count, STRETCH, self._new, gap=Space.M)
        tools = row(Share(self._search), self._filter, self._unfilter, gap=Space.XS)
        hints = row(
            Shortcut("Enter", _("open")), Shortcut("Ctrl+F", _("search")),
            Shortcut("Ctrl+C", _("copy serial")), gap=Space.M,
        )  # fmt: skip
        foot = row(self._foot, STRETCH, hints)
        faces = QWidget()
        faces.setLayout(self._faces)
        for face in (self._table, self._found, self._nothing_found(), self._empty()):
            self._faces.addWidget(face)
        return boxed(column(head, tools, Share(faces), foot, gap=Space.M))

    def _empty(self) -> QWidget:
        enter = Button(_("Enter the first weapon"), Kind.SECONDARY, "keyboard")
        enter.clicked.connect(lambda: self.go.emit("entry", ""))
        import_ = Button(_("Import a list"), icon="file-spreadsheet")
        import_.clicked.connect(lambda: self.go.emit("import", ""))
        return EmptyState(
            "boxes",
            _("No weapons on record yet"),
            _("Scan or type them one after another, or take in a list that was kept elsewhere."),
            enter,
            import_,
        )

    def _nothing_found(self) -> QWidget:
        again = Button(_("Show all weapons"), icon="undo-2")
        again.clicked.connect(self._show_all)
        return EmptyState(
            "package-search",
            _("No weapon answers to this"),
            _("A part of any mark is enough. Try fewer characters, or another mark on the metal."),
            again,
        )

    def _connect(self) -> None:
        model, detail = self._model, self._detail
        model.listed.connect(self._show_list)
        model.changed.connect(self._heard)
        model.refreshed.connect(self._take)
        model.found.connect(self._show_found)
        model.tallied.connect(self._show_tally)
        for table in (self._table, self._found):
            table.chosen.connect(self._choose)
            table.wanted.connect(self._open)
            table.moved_in_sight.connect(self._show_foot)
        self._table.sorted_by.connect(model.sort)
        self._search.textChanged.connect(self._search_for)
        self._search.returnPressed.connect(self._focus_list)
        self._new.clicked.connect(lambda: self.go.emit("entry", ""))
        self._filter.clicked.connect(self._open_filter)
        self._unfilter.clicked.connect(lambda: self._keep(""))
        detail.closed.connect(self._close_detail)
        detail.page_wanted.connect(lambda: self._open(self._weapon.weapon or ""))
        detail.mark_wanted.connect(lambda: self.go.emit("marking", self._weapon.weapon or ""))
        detail.move_wanted.connect(self._weapon.ask_places)
        detail.print_wanted.connect(self._print)
        detail.correct_wanted.connect(self._ask_correction)
        self._weapon.places_came.connect(self._ask_place)
        self._weapon.moved.connect(self._say_moved)
        self._weapon.printed.connect(self._say_printed)
        self._weapon.corrected.connect(self._end_correction)
        self._weapon.refused.connect(self._refuse_correction)
        self._session.changed.connect(self._seated)
        self._add_keys()

    def _add_keys(self) -> None:
        QShortcut(QKeySequence("Ctrl+F"), self).activated.connect(self._focus_search)
        QShortcut(QKeySequence("Ctrl+N"), self).activated.connect(self._new.click)
        back = QShortcut(QKeySequence("Esc"), self)
        back.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)  # else the palette's is lost
        back.activated.connect(self._step_back)

    # --- the list ---------------------------------------------------------------------------

    def _show_list(self, pages: WeaponPages) -> None:
        self._table.begin(pages, partial(self._desk.ask, self))
        self._show_face()

    def _heard(self) -> None:
        if self.isVisible():
            self._refresh()
        else:
            self._stale = True

    def _refresh(self) -> None:
        self._stale = False
        first, last = self._table.first_in_sight(), self._table.last_in_sight()
        self._model.refresh(max(0, first), max(0, last))
        self._model.search(self._model.text)

    def _take(self, slice_: Slice) -> None:
        self._table.take(slice_)
        self._show_foot()

    def _show_tally(self, tally: Tally) -> None:
        self._tally = tally
        number = QLocale().toString(tally.total)
        words = ngettext("{count} weapon", "{count} weapons", tally.total)
        self._count.setText(words.format(count=number))
        self.counted.emit(number)
        self._both.offer_detail(offered=tally.total > 0)
        self._show_face()

    def _search_for(self, text: str) -> None:
        self._model.search(text)
        if not self._model.text:
            self._show_face()
            self._table.point_at(self._weapon.weapon or "")

    def _show_found(self, lines: Sequence[Listed]) -> None:
        self._found.begin(ListPages(lines))
        self._show_face(found=len(lines))

    def _show_face(self, found: int | None = None) -> None:
        """Show the list, what was found, or why there is neither."""
        if self._model.text:
            if found is None:
                return
            face = 1 if found else 2
        else:
            face = 3 if self._tally is not None and not self._tally.total else 0
        self._faces.setCurrentIndex(face)
        self._show_foot()

    def _show_foot(self) -> None:
        if self._model.text:
            words = ngettext("{count} found", "{count} found", self._found.rows.rowCount())
            number = QLocale().toString(self._found.rows.rowCount())
            self._foot.setText(words.format(count=number))
        else:
            self._foot.setText(self._table.in_sight())

    def _show_all(self) -> None:
        self._search.clear()
        self._keep("")
        self._focus_list()

    def _seated(self) -> None:
        if self._session.is_open:
            self._search.clear()
            self._show_filter()

    # --- the filter -------------------------------------------------------------------------

    def _open_filter(self) -> None:
        menu = self.filter_menu()
        menu.popup(self._filter.mapToGlobal(self._filter.rect().bottomLeft()))

    def filter_menu(self) -> QMenu:
        """Return the menu of what may be shown, with how many weapons there are of each."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        group = QActionGroup(menu)
        tally = self._tally or Tally(0, ())
        self._add_choice(menu, group, "", _("All weapons"), tally.total)
        self._add_choice(menu, group, _UNMARKED, _("Not marked"), None)
        menu.addSeparator()
        for status, count in tally.by_status:
            self._add_choice(menu, group, status, wording.status(status), count)
        return menu

    def _add_choice(
        self, menu: QMenu, group: QActionGroup, key: str, words: str, count: int | None
    ) -> None:
        number = "" if count is None else f"   {isolated(QLocale().toString(count))}"
        action = QAction(f"{words}{number}", menu)
        action.setCheckable(True)
        action.setChecked(key == self._kept())
        action.triggered.connect(lambda: self._keep(key))
        group.addAction(action)
        menu.addAction(action)

    def _kept(self) -> str:
        among = self._model.among
        return _UNMARKED if among.unmarked else among.status

    def _keep(self, key: str) -> None:
        if key == self._kept():
            return
        unmarked = key == _UNMARKED
        self._model.keep("" if unmarked else key, unmarked=unmarked)
        self._show_filter()

    def _show_filter(self) -> None:
        key = self._kept()
        what = _("Not marked") if key == _UNMARKED else wording.status(key) if key else _("all")
        self._filter.setText(_("Show: {what}").format(what=what))
        self._filter.show_icon("list-filter", Ink.ACCENT if key else None)
        self._unfilter.setVisible(bool(key))

    # --- the weapon -------------------------------------------------------------------------

    def _choose(self, weapon: str) -> None:
        if self._both.shows_detail or not self._both.is_narrow:
            self._weapon.show(weapon)

    def _open(self, weapon: str) -> None:
        """Go to the page of a weapon; the panel beside the list is its short form."""
        self.go.emit("weapon", weapon)

    def _close_detail(self) -> None:
        self._both.show_detail(shown=False)
        self._focus_list()

    def _print(self) -> None:
        if self._weapon.weapon is not None:
            self._weapon.print_label(self._weapon.weapon)

    def _say_printed(self, file: Path) -> None:
        where = f"{file.parent.name}/{file.name}"
        said = _("Label printed to {file}").format(file=isolated(where))
        url = QUrl.fromLocalFile(str(file))
        self.toast.emit(said, _("Open"), partial(QDesktopServices.openUrl, url))

    def _ask_place(self, places: Sequence[Place]) -> None:
        life = self._weapon.life
        if life is None:
            return
        weapon = life.weapon
        named = weapon.serial.text or life.row.number
        dialog = MoveDialog(named, places, weapon.place, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.decided.connect(lambda place: self._weapon.move(weapon.id, place, weapon.place))
        dialog.open()

    def _say_moved(self, moved: Moved) -> None:
        if moved.before is None:
            said = _("Moved back to {place}").format(place=isolated(moved.place.name))
            self.toast.emit(said, "", None)
        else:
            said = _("Moved to {place}").format(place=isolated(moved.place.name))
            self.toast.emit(said, _("Undo"), partial(self._weapon.move_back, moved))

    def _ask_correction(self) -> None:
        life = self._weapon.life
        if life is None:
            return
        weapon = life.weapon
        dialog = CorrectDialog(weapon, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.decided.connect(partial(self._weapon.correct, WeaponId(weapon.id)))
        dialog.finished.connect(self._forget_correction)
        self._correction = dialog
        dialog.open()

    def _forget_correction(self) -> None:
        self._correction = None

    def _end_correction(self) -> None:
        if self._correction is not None:
            self._correction.close_corrected()
        self.toast.emit(_("The record is corrected"), "", None)

    def _refuse_correction(self, error: StockpileError) -> None:
        if self._correction is not None:
            self._correction.show_error(error)

    # --- the keys ---------------------------------------------------------------------------

    def _focus_list(self) -> None:
        reason = Qt.FocusReason.OtherFocusReason
        table = self._found if self._model.text else self._table
        table.setFocus(reason)

    def _focus_search(self) -> None:
        if self._both.is_narrow:
            self._both.show_detail(shown=False)
        self._search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._search.selectAll()

    def _step_back(self) -> None:
        """Take one step back: out of the detail where it hides the list, or out of the search."""
        if self._both.is_narrow and self._both.shows_detail:
            self._close_detail()
        elif self._search.text():
            self._search.clear()
            self._focus_list()
        else:
            self._close_detail()
