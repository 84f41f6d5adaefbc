# ruff: noqa: N802 — Qt names what is overridden
"""Taking in a list: choose the file, see what each row becomes, then bring it in."""

from __future__ import annotations

from pathlib import Path
from typing import cast

from PySide6.QtCore import Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QFileDialog, QMenu, QStackedLayout, QWidget

from stockpile import wording
from stockpile.domain.errors import Cancelled, StockpileError
from stockpile.domain.headings import Field
from stockpile.language import _, isolated, ngettext
from stockpile.services.importing import ImportReport
from ui.desk import Desk, Work
from ui.notices import Notices
from ui.pages.import_columns import ImportColumns
from ui.pages.import_report import ImportFigures, ImportReportFace, number
from ui.pages.list_and_detail import ListAndDetail
from ui.pages.page import Page
from ui.pages.work_bar import WorkBar
from ui.session import Session
from ui.theme import Ink, Space, Text, Tone
from ui.view_models.importing import ColumnLine, ImportModel, Kept, RowLine, Shown
from ui.widgets.arrange import STRETCH, Share, boxed, column, row
from ui.widgets.button import Button, Kind
from ui.widgets.card import Banner
from ui.widgets.columns import Column
from ui.widgets.columns import Kind as Cell
from ui.widgets.empty_state import EmptyState
from ui.widgets.keycap import Shortcut
from ui.widgets.paged_model import ListPages
from ui.widgets.paged_table import PagedTable
from ui.widgets.text import ShortLabel, secondary

_TONES = {"accepted": Tone.OK, "already_held": Tone.GREY, "refused": Tone.BAD}
_WIDEST = 520
_EMPTY, _LIST, _UNCLEAR, _REPORT = range(4)


class ImportPage(Page):
    """Four faces: nothing yet, the preview, columns that are not understood, and the report."""

    def __init__(self, desk: Desk, session: Session, notices: Notices) -> None:
        super().__init__()
        del notices  # what is refused is said on the page itself
        self.model = ImportModel(desk, session)
        self._session = session
        self._bar = WorkBar()
        self._trouble = Banner("triangle-alert", "", "", Tone.BAD)
        self._trouble.hide()
        self._file = ShortLabel("", Text.PAGE_TITLE)
        self._understood = secondary("")
        self._import = Button("", Kind.PRIMARY, "download", hint="F5")
        self._columns_button = Button(_("Columns"), Kind.GHOST, "columns-3")
        self._figures = ImportFigures(_("To bring in"))
        self._filter = Button("", Kind.GHOST, "list-filter")
        self._kept: Kept = "all"
        self._table = PagedTable(_("Rows of the list"), _row_columns())
        self._columns = ImportColumns()
        self._unclear_columns = ImportColumns()
        self._both = ListAndDetail(self._preview_list(), self._columns)
        self._report = ImportReportFace()
        self._faces = QStackedLayout()
        stack = boxed(self._faces)  # first: a face without a parent flashes up as a window
        for face in (self._empty(), self._both, self._unclear(), self._report):
            self._faces.addWidget(face)
        self.setLayout(column(self._trouble, Share(stack), self._bar, gap=Space.M))
        self.setAcceptDrops(True)
        self._connect()

    def entered(self, argument: str) -> None:
        """Be opened; a file may be named."""
        if argument:
            self.model.open(Path(argument))
        self._columns_button.setVisible(self._both.is_narrow)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take a file that is dragged here from the desktop."""
        if self._dragged(event) is not None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Read the file that was dropped."""
        file = self._dragged(event)
        if file is not None:
            event.acceptProposedAction()
            self.model.open(file)

    # --- how it stands ----------------------------------------------------------------------

    def _empty(self) -> QWidget:
        choose = self._choose_button(Kind.PRIMARY)
        train = Button(_("Use the training list"), icon="book-open")
        train.clicked.connect(self.model.open_training_list)
        face = EmptyState(
            "file-spreadsheet",
            _("Take in a list that was kept elsewhere"),
            _(
                "Choose a CSV or Excel file, or drop it here. You see what every row becomes before"
                " anything is written; the same list may come twice and is held once."
            ),
            choose,
            train,
        )
        return boxed(column(self.head(_("Import")), Share(face)))

    def _preview_list(self) -> QWidget:
        other = self._choose_button(Kind.SECONDARY)
        named = column(self._file, self._understood, gap=2)
        head = row(Share(named), other, self._import)
        tools = row(self._filter, STRETCH, self._columns_button)
        hints = row(
            Shortcut("F5", _("import")), Shortcut("Ctrl+O", _("another file")), STRETCH,
            gap=Space.M,
        )  # fmt: skip
        return boxed(column(head, self._figures, tools, Share(self._table), hints, gap=Space.M))

    def _unclear(self) -> QWidget:
        head = self.head(_("Import"), "", self._choose_button(Kind.SECONDARY))
        self._unclear_columns.setMaximumWidth(_WIDEST)
        return boxed(column(head, Share(self._unclear_columns), gap=Space.M))

    def _choose_button(self, kind: Kind) -> Button:
        text = _("Choose a file") if kind is Kind.PRIMARY else _("Another file")
        button = Button(text, kind, "folder-open", hint="Ctrl+O")
        button.clicked.connect(self._choose)
        return button

    def _connect(self) -> None:
        model = self.model
        model.began.connect(self._began)
        model.previewed.connect(self._show)
        model.unclear.connect(self._show_unclear)
        model.imported.connect(self._show_report)
        model.failed.connect(self._failed)
        self._columns.told.connect(self._tell)
        self._unclear_columns.told.connect(self._tell)
        self._import.clicked.connect(self._bring_in)
        self._filter.clicked.connect(self._open_filter)
        self._both.narrowed.connect(self._columns_button.setVisible)
        self._columns_button.clicked.connect(self._turn_columns)
        self._report.register_pressed.connect(lambda: self.go.emit("register", ""))
        self._report.again_pressed.connect(self._again)
        QShortcut(QKeySequence("Ctrl+O"), self).activated.connect(self._choose)
        QShortcut(QKeySequence("F5"), self).activated.connect(self._bring_in)
        back = QShortcut(QKeySequence("Esc"), self)
        back.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        back.activated.connect(self._close_columns)

    # --- what is done -----------------------------------------------------------------------

    def _choose(self) -> None:
        if self.model.is_busy:
            return
        dialog = QFileDialog(self, _("Choose a list"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilters([_("Lists (*.csv *.tsv *.txt *.xlsx)"), _("All files (*)")])
        dialog.fileSelected.connect(lambda file: self.model.open(Path(file)))
        dialog.open()

    def _bring_in(self) -> None:
        if self._faces.currentIndex() == _LIST and self._import.isEnabled():
            self.model.bring_in()

    def _tell(self, name: str, field: str) -> None:
        self.model.tell(name, cast("Field", field))

    def _again(self) -> None:
        self.model.close()
        self._faces.setCurrentIndex(_EMPTY)

    def _turn_columns(self) -> None:
        self._both.show_detail(shown=not self._both.shows_detail)
        if self._both.shows_detail and self._columns.fields:
            self._columns.fields[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def _close_columns(self) -> None:
        if self._both.is_narrow and self._both.shows_detail:
            self._both.show_detail(shown=False)
            self._table.setFocus(Qt.FocusReason.OtherFocusReason)

    # --- what is shown ----------------------------------------------------------------------

    def _began(self, what: str, work: Work) -> None:
        self._trouble.hide()
        reading = what == "read"
        self._bar.follow(work, _("Reading the list…") if reading else _("Bringing the list in…"))
        self._import.set_busy(not reading)
        self._columns.setEnabled(False)

    def _end(self) -> None:
        self._bar.end()
        self._import.set_busy(False)
        self._columns.setEnabled(True)

    def _show(self, shown: Shown) -> None:
        self._end()
        tally = shown.preview.tally
        self._file.setText(isolated(shown.file.name))
        self._understood.setText(_understood(shown))
        words = ngettext("Import {count} row", "Import {count} rows", tally.accepted)
        self._import.setText(words.format(count=number(tally.accepted)))
        self._import.setEnabled(bool(tally.accepted) and self.model.may_import())
        self._figures.show_tally(tally)
        self._columns.show_columns(shown.columns)
        self._keep("all")
        self._faces.setCurrentIndex(_LIST)
        if not self._columns.isAncestorOf(self.focusWidget()):
            self._table.setFocus(Qt.FocusReason.OtherFocusReason)
        if not self.model.may_import():
            self._say(
                _("Your role does not include taking lists in"), _("You can look at it here.")
            )

    def _open_filter(self) -> None:
        menu = self.filter_menu()
        menu.popup(self._filter.mapToGlobal(self._filter.rect().bottomLeft()))

    def filter_menu(self) -> QMenu:
        """Return the menu of which rows may be shown, with how many there are of each."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        shown = self.model.shown
        for kept, words in _filters().items():
            count = number(len(shown.kept(kept))) if shown is not None else ""
            action = menu.addAction(f"{words}   {count}")
            action.setCheckable(True)
            action.setChecked(kept == self._kept)
            action.triggered.connect(lambda _checked, one=kept: self._keep(one))
        return menu

    def _keep(self, kept: Kept) -> None:
        self._kept = kept
        self._filter.setText(_("Show: {what}").format(what=_filters()[kept]))
        self._filter.show_icon("list-filter", Ink.ACCENT if kept != "all" else None)
        if self.model.shown is not None:
            self._table.use(ListPages(self.model.shown.kept(kept)))

    def _show_unclear(self, columns: tuple[ColumnLine, ...]) -> None:
        self._unclear_columns.show_columns(columns)
        self._faces.setCurrentIndex(_UNCLEAR)

    def _show_report(self, report: ImportReport) -> None:
        self._end()
        self._report.show_report(report)
        self._faces.setCurrentIndex(_REPORT)

    def _failed(self, what: str, error: StockpileError) -> None:
        self._end()
        if isinstance(error, Cancelled):
            if what == "import":
                self._stopped()
            return
        self._say(_FAILED[what](), wording.error_sentence(error))

    def _stopped(self) -> None:
        shown = self.model.shown
        if shown is not None:
            self.model.open(shown.file)
        self.toast.emit(_("Stopped. What was brought in stays; import again to go on."), "", None)

    def _say(self, title: str, sentence: str) -> None:
        self._trouble.say("triangle-alert", title, sentence, Tone.BAD)
        self._trouble.show()

    @staticmethod
    def _dragged(event: QDropEvent) -> Path | None:
        files = [url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()]
        return Path(files[0]) if len(files) == 1 else None


_FAILED = {
    "read": lambda: _("This list cannot be taken in as it is"),
    "import": lambda: _("The import stopped early; what was brought in stays"),
}


def _understood(shown: Shown) -> str:
    """Return what was read: how many rows, under which heading row, by which known list."""
    listing, layout = shown.preview.listing, shown.preview.layout
    rows = ngettext("{count} row", "{count} rows", len(shown.rows))
    said = [rows.format(count=number(len(shown.rows)))]
    said.append(_("headings in row {number}").format(number=listing.header_row))
    if layout.profile:
        said.append(_("known list {name}").format(name=isolated(layout.profile)))
    return " · ".join(said)


def _filters() -> dict[Kept, str]:
    return {"all": _("all rows"), "refused": _("refused rows"), "warned": _("rows with a warning")}


def _row_columns() -> tuple[Column[RowLine], ...]:
    return (
        Column(_("Row"), 72, lambda line: str(line.number), Cell.CODE, quiet=True),
        Column(_("Verdict"), 150, _verdict, Cell.CHIP, tone=_tone),
        Column(
            _("What it says"), 320, lambda line: line.said, Cell.TWO_LINE, lambda line: line.why
        ),
    )


def _verdict(line: RowLine) -> str:
    if line.warned:
        return _("Accepted, look")
    words = {
        "accepted": _("Accepted"), "already_held": _("Held already"), "refused": _("Refused"),
    }  # fmt: skip
    return words[line.outcome]


def _tone(line: RowLine) -> Tone:
    return Tone.WARN if line.warned else _TONES[line.outcome]
