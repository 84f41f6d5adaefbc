"""The register: every weapon on record, found as one types, each with its life beside it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QLocale, Qt, QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QStackedLayout, QWidget

from stockpile.domain.values import WeaponId
from stockpile.language import _, ngettext
from stockpile.services.extracts import Selection
from stockpile.services.ports import RegisterFilter
from ui.desk import Desk
from ui.notices import Notices
from ui.pages.list_and_detail import ListAndDetail
from ui.pages.page import Page
from ui.pages.register_bulk import Bulk
from ui.pages.register_dialogs import ColumnsDialog
from ui.pages.register_narrowing import Narrowing
from ui.pages.register_weapon import WeaponActs
from ui.pages.weapon_columns import Arrangement, found_columns, read, register_columns, written
from ui.pages.weapon_detail import WeaponDetail
from ui.pages.weapon_table import WeaponTable
from ui.session import Session
from ui.theme import Ink, Space, Text
from ui.view_models.bulk import Spans
from ui.view_models.narrowing import list_named
from ui.view_models.register import Listed, RegisterModel, Slice, Tally, WeaponPages
from ui.view_models.weapon_detail import WeaponDetailModel
from ui.widgets.arrange import STRETCH, Share, boxed, column, row
from ui.widgets.button import Button, IconButton, Kind
from ui.widgets.empty_state import EmptyState
from ui.widgets.field import SearchField
from ui.widgets.hotkeys import on_key
from ui.widgets.keycap import Shortcut
from ui.widgets.paged_model import PAGE, ListPages
from ui.widgets.text import Label, page_title, secondary

_PAUSE = 120  # milliseconds that the cursor rests before the life under it is read
_SOON = 500  # milliseconds after a column was pulled until its width is kept


class RegisterPage(Page):
    """The list, the search, and the weapon under the cursor."""

    def __init__(self, desk: Desk, session: Session, notices: Notices) -> None:
        super().__init__()
        self._desk, self._session = desk, session
        self._model = RegisterModel(desk, session, notices, PAGE)
        self._weapon = WeaponDetailModel(desk, session, notices)
        self._stale = False
        self._tally: Tally | None = None
        self._acts = WeaponActs(self._weapon, self)
        self._count = Label("", Text.BODY, Ink.MUTED)
        self._search = SearchField(_("Serial, mark, make, model or place"))
        self._narrowing = Narrowing(self._model, session, self)
        self._columns = IconButton("columns-3", _("Columns"))
        self._copy = IconButton("file-down", _("Copy the list out"))
        self._resume = IconButton("printer", _("Print labels on after a jam (Ctrl+Shift+P)"))
        self._new = Button(_("New weapon"), Kind.PRIMARY, "plus", hint="Ctrl+N")
        shown = register_columns(read(session.settings.columns), lambda: self._model.names)
        self._table = WeaponTable(_("Weapons register"), shown)
        self._found = WeaponTable(_("Weapons found"), found_columns())
        self._bulk = Bulk(
            desk, session, notices, self,
            chosen=self._chosen, within=lambda: self._model.selection, columns=self._shown_codes,
        )  # fmt: skip
        self._show_soon = QTimer(self)
        self._show_soon.setSingleShot(True)
        self._show_soon.setInterval(_PAUSE)
        self._keep_soon = QTimer(self)
        self._keep_soon.setSingleShot(True)
        self._keep_soon.setInterval(_SOON)
        self._foot = secondary("")
        self._detail = WeaponDetail(self._weapon)
        self._faces = QStackedLayout()
        self._both = ListAndDetail(self._list(), self._detail)
        self.setLayout(column(Share(self._both)))
        self._connect()
        self._narrowing.show()
        if session.is_open:
            self._model.start()

    def entered(self, argument: str) -> None:
        """Show one weapon, a list that was asked for by name, or the list where it was left."""
        if self._stale:
            self._refresh()
        among = list_named(argument, self._model.now()) if argument else None
        if among is not None:
            self._search.clear()
            self._narrowing.take(among)
        elif argument:
            self.show_weapon(argument)
        self._focus_list()

    def show_weapon(self, weapon: str) -> None:
        """Show a weapon, and bring its row in sight where the list holds it."""
        self._table.point_at(weapon)
        self._model.locate(weapon)
        self._weapon.show(weapon)
        self._both.show_detail(shown=True)

    # --- how it stands ----------------------------------------------------------------------

    def _list(self) -> QWidget:
        head = row(page_title(_("Weapons register")), self._count, STRETCH, self._new, gap=Space.M)
        filters = row(self._narrowing.button, self._narrowing.saved_button, gap=Space.XS)
        acts = (self._columns, self._copy, self._resume)
        tools = row(Share(self._search), filters, *acts, gap=Space.XS)
        hints = row(
            Shortcut("Enter", _("open")), Shortcut("Ctrl+F", _("search")),
            Shortcut("Ctrl+C", _("copy serial")), gap=Space.M,
        )  # fmt: skip
        foot = row(self._foot, STRETCH, hints)
        faces = QWidget()
        faces.setLayout(self._faces)
        for face in (
            self._table, self._found, self._nothing_found(), self._empty(), self._none_left(),
        ):  # fmt: skip
            self._faces.addWidget(face)
        under = column(self._bulk.bar, self._bulk.work, foot, gap=Space.S)
        above = column(tools, self._narrowing.chips, gap=Space.S)
        return boxed(column(head, above, Share(faces), under, gap=Space.M))

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

    def _none_left(self) -> QWidget:
        clear = Button(_("Clear filters"), icon="undo-2")
        clear.clicked.connect(self._show_all)
        return EmptyState(
            "list-filter",
            _("No weapon answers to all filters"),
            _("Take one of the filters above away, or all of them."),
            clear,
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
            table.selected_changed.connect(self._show_chosen)
        self._table.sorted_by.connect(model.sort)
        self._search.textChanged.connect(self._search_for)
        self._search.returnPressed.connect(self._focus_list)
        self._search.returnPressed.connect(self._model.look_for_paper)
        model.paper_found.connect(lambda paper: self.go.emit(paper.page, paper.argument))
        self._new.clicked.connect(lambda: self.go.emit("entry", ""))
        model.located.connect(self._go_to)
        model.named.connect(self._table.viewport().update)
        self._show_soon.timeout.connect(self._show_chosen_life)
        self._both.narrowed.connect(lambda _narrow: self._show_soon.start())
        self._desk.closing.connect(self._show_soon.stop)  # no question is asked of books that close
        self._columns.clicked.connect(self._ask_columns)
        self._copy.clicked.connect(self._copy_list)
        self._resume.clicked.connect(self._bulk.ask_resume)
        self._table.arranged.connect(self._keep_soon.start)
        self._keep_soon.timeout.connect(lambda: self._keep_columns(self._table.arrangement()))
        self._table.rows.counted.connect(lambda _count: self._show_face())
        self._bulk.toast.connect(self.toast)
        self._bulk.let_go.connect(self._choose_one)
        self._bulk.marking_wanted.connect(lambda: self.go.emit("marking", ""))
        self._bulk.destruction_wanted.connect(lambda ids: self.go.emit("destruction", ids))
        detail.closed.connect(self._close_detail)
        detail.page_wanted.connect(lambda: self._open(self._weapon.weapon or ""))
        detail.mark_wanted.connect(lambda: self.go.emit("marking", self._weapon.weapon or ""))
        detail.move_wanted.connect(self._weapon.ask_places)
        detail.print_wanted.connect(self._print_one)
        detail.correct_wanted.connect(self._acts.ask_correction)
        detail.settle_wanted.connect(lambda: self.go.emit("conflicts", self._weapon.weapon or ""))
        self._acts.toast.connect(self.toast)
        self._session.changed.connect(self._seated)
        self._add_keys()

    def _add_keys(self) -> None:
        QShortcut(QKeySequence("Ctrl+F"), self).activated.connect(self._focus_search)
        QShortcut(QKeySequence("Ctrl+N"), self).activated.connect(self._new.click)
        QShortcut(QKeySequence("Ctrl+P"), self).activated.connect(self._print_labels)
        QShortcut(QKeySequence("Alt+P"), self).activated.connect(self._ask_print)
        QShortcut(QKeySequence("Ctrl+Shift+P"), self).activated.connect(self._bulk.ask_resume)
        panel = QShortcut(QKeySequence("Ctrl+Shift+F"), self)
        panel.activated.connect(self._narrowing.open_panel)
        on_key(self, "Esc", self._step_back)  # else the palette's is lost

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
            face = self._list_face()
        self._faces.setCurrentIndex(face)
        self._show_chosen()
        self._show_foot()

    def _list_face(self) -> int:
        if self._tally is not None and not self._tally.total and not self._narrowing.is_narrowed:
            return 3
        return 4 if self._narrowing.is_narrowed and not self._table.rows.rowCount() else 0

    def _show_foot(self) -> None:
        if self._model.text:
            words = ngettext("{count} found", "{count} found", self._found.rows.rowCount())
            number = QLocale().toString(self._found.rows.rowCount())
            self._foot.setText(words.format(count=number))
        else:
            self._foot.setText(self._table.in_sight())

    def _show_all(self) -> None:
        self._search.clear()
        if self._narrowing.is_narrowed:
            self._narrowing.take(RegisterFilter())
        self._focus_list()

    def _seated(self) -> None:
        if self._session.is_open:
            self._search.clear()
            self._narrowing.show()

    # --- columns and choice -----------------------------------------------------------------

    def _shown_codes(self) -> list[str]:
        return [code for code, _width in self._table.arrangement()]

    def _ask_columns(self) -> None:
        dialog = ColumnsDialog(self._table.arrangement(), self)
        dialog.decided.connect(self._arrange)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _arrange(self, arrangement: Arrangement) -> None:
        self._table.show_columns(register_columns(arrangement, lambda: self._model.names))
        self._table.point_at(self._table.weapon)
        self._keep_columns(arrangement)

    def _keep_columns(self, arrangement: Arrangement) -> None:
        self._session.remember(columns=written(arrangement))

    def _go_to(self, number: int | None) -> None:
        if number is not None and not self._model.text:
            self._table.go_to(number)

    def _chosen(self) -> Spans | Selection:
        if self._model.text:
            rows = map(self._found.rows.row_at, self._found.selected_numbers())
            return Selection(only=tuple(one.row.id for one in rows if one is not None))
        return Spans(tuple(self._table.selected_spans()), self._table.rows.rowCount())

    def _show_chosen(self) -> None:
        table = self._found if self._model.text else self._table
        self._bulk.bar.show_chosen(table.selected_count(), table.rows.rowCount())

    def _print_labels(self) -> None:
        """Print the labels of all that is chosen; of one weapon where only one is."""
        table = self._found if self._model.text else self._table
        if self._bulk.bar.isVisible():
            self._bulk.bar.acts["label"].click()
        elif table.weapon:
            self._bulk.print_one(WeaponId(table.weapon))

    def _ask_print(self) -> None:
        """Ask how the labels of all that is chosen are printed, or that of one weapon."""
        table = self._found if self._model.text else self._table
        if self._bulk.bar.isVisible():
            self._bulk.bar.acts["how"].click()
        elif table.weapon:
            self._bulk.print_one(WeaponId(table.weapon), ask=True)

    def _print_one(self) -> None:
        """Print the label of the weapon beside the list."""
        if self._weapon.weapon is not None:
            self._bulk.print_one(self._weapon.weapon)

    def _choose_one(self) -> None:
        table = self._found if self._model.text else self._table
        if table.currentIndex().isValid():
            table.go_to(table.currentIndex().row())

    def _copy_list(self) -> None:
        count = self._table.rows.rowCount()
        whole = Spans(((0, count - 1),), count)
        self._bulk.ask_extract(whole, self._model.selection, count)

    # --- the weapon -------------------------------------------------------------------------

    def _choose(self, weapon: str) -> None:
        """Show the life of the weapon under the cursor, once the cursor or the typing rests."""
        del weapon
        self._show_soon.start()

    def _show_chosen_life(self) -> None:
        table = self._found if self._model.text else self._table
        if table.weapon and (self._both.shows_detail or not self._both.is_narrow):
            self._weapon.show(table.weapon)

    def _open(self, weapon: str) -> None:
        """Go to the page of a weapon; the panel beside the list is its short form."""
        self.go.emit("weapon", weapon)

    def _close_detail(self) -> None:
        self._both.show_detail(shown=False)
        self._focus_list()

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
