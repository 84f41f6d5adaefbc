# ruff: noqa: N802 — Qt names what is overridden
"""Taking in a list: choose the file, see what each row becomes, then bring it in."""

from __future__ import annotations

from pathlib import Path
from typing import cast

from PySide6.QtCore import Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QFileDialog, QStackedLayout, QWidget

from stockpile import wording
from stockpile.domain.errors import Cancelled, StockpileError
from stockpile.domain.headings import Field
from stockpile.domain.values import Digest
from stockpile.language import _, isolated
from ui.desk import Desk, Work
from ui.notices import Notices
from ui.pages.import_columns import ImportColumns
from ui.pages.import_dialogs import LayoutNameDialog, TakeBackDialog
from ui.pages.import_earlier import EarlierLists, WentBackFace
from ui.pages.import_preview import ImportPreviewFace
from ui.pages.import_report import ImportReportFace
from ui.pages.list_and_detail import ListAndDetail
from ui.pages.page import Page
from ui.pages.work_bar import WorkBar
from ui.session import Session
from ui.theme import Space, Tone
from ui.view_models.earlier_lists import EarlierLine, EarlierModel, WentBack
from ui.view_models.importing import BroughtIn, ColumnLine, ImportModel, Shown
from ui.widgets.arrange import Share, boxed, column
from ui.widgets.button import Button, Kind
from ui.widgets.card import Banner
from ui.widgets.empty_state import EmptyState
from ui.widgets.hotkeys import on_key

_WIDEST = 520
_EMPTY, _LIST, _UNCLEAR, _REPORT, _BACK = range(5)


class ImportPage(Page):
    """Its faces: nothing yet, the preview, columns not understood, the report, what went back."""

    def __init__(self, desk: Desk, session: Session, notices: Notices) -> None:
        super().__init__()
        del notices  # what is refused is said on the page itself
        self.model = ImportModel(desk, session)
        self.earlier_model = EarlierModel(desk, session)
        self._session = session
        self._bar = WorkBar()
        self._trouble = Banner("triangle-alert", "", "", Tone.BAD)
        self._trouble.hide()
        self._preview = ImportPreviewFace(self._choose_button(Kind.SECONDARY))
        self._earlier = EarlierLists()
        self._went_back = WentBackFace()
        self._brought_in: BroughtIn | None = None
        self._columns = ImportColumns()
        self._unclear_columns = ImportColumns()
        self._both = ListAndDetail(self._preview, self._columns)
        self._report = ImportReportFace()
        self._faces = QStackedLayout()
        stack = boxed(self._faces)  # first: a face without a parent flashes up as a window
        for face in (self._empty(), self._both, self._unclear(), self._report, self._went_back):
            self._faces.addWidget(face)
        self.setLayout(column(self._trouble, Share(stack), self._bar, gap=Space.M))
        self.setAcceptDrops(True)
        self._connect()

    def entered(self, argument: str) -> None:
        """Be opened; a file may be named."""
        if argument:
            self.model.open(Path(argument))
        self.earlier_model.look_up()
        self._preview.columns_button.setVisible(self._both.is_narrow)

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
        return boxed(column(self.head(_("Import")), Share(face, 3), Share(self._earlier, 2)))

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
        self._preview.bring_in.clicked.connect(self._bring_in)
        self._both.narrowed.connect(self._preview.columns_button.setVisible)
        self._preview.columns_pressed.connect(self._turn_columns)
        self._report.register_pressed.connect(lambda: self.go.emit("register", ""))
        self._report.again_pressed.connect(self._again)
        self._report.back_pressed.connect(self._take_this_back)
        self._report.remember_pressed.connect(self._ask_name)
        self._went_back.again_pressed.connect(self._again)
        self._columns.padded.connect(lambda padded: model.tell_padded(padded=padded))
        self._preview.write_pressed.connect(self._ask_file)
        model.written.connect(self._say_written)
        model.remembered.connect(self._say_remembered)
        self._connect_earlier()
        QShortcut(QKeySequence("Ctrl+O"), self).activated.connect(self._choose)
        QShortcut(QKeySequence("F5"), self).activated.connect(self._bring_in)
        on_key(self, "Esc", self._close_columns)

    def _connect_earlier(self) -> None:
        model = self.earlier_model
        model.listed.connect(self._show_earlier)
        model.began.connect(self._began_back)
        model.taken_back.connect(self._show_went_back)
        model.failed.connect(self._failed_back)
        self._earlier.wanted.connect(self._ask_reason)
        on_key(self._earlier, "Del", self._earlier.ask)

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
        if self._faces.currentIndex() == _LIST and self._preview.bring_in.isEnabled():
            self.model.bring_in()

    def _tell(self, name: str, field: str) -> None:
        self.model.tell(name, cast("Field", field))

    def _again(self) -> None:
        self.model.close()
        self.earlier_model.look_up()
        self._faces.setCurrentIndex(_EMPTY)

    def _turn_columns(self) -> None:
        self._both.show_detail(shown=not self._both.shows_detail)
        if self._both.shows_detail and self._columns.fields:
            self._columns.fields[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def _close_columns(self) -> None:
        if self._both.is_narrow and self._both.shows_detail:
            self._both.show_detail(shown=False)
            self._preview.focus_table()

    def _ask_file(self) -> None:
        shown = self.model.shown
        if shown is None or self.model.is_busy:
            return
        verdicts = _("verdicts")
        name = str(shown.file.with_name(f"{shown.file.stem}-{verdicts}.csv"))
        dialog = QFileDialog(self, _("Save the verdicts"), name, "*.csv")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("csv")
        dialog.fileSelected.connect(
            lambda file: self.model.write_verdicts(self._preview.kept, Path(file))
        )
        dialog.open()

    def _ask_name(self) -> None:
        dialog = LayoutNameDialog(self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.decided.connect(self.model.remember)
        dialog.open()

    def _take_this_back(self) -> None:
        brought = self._brought_in
        if brought is not None:
            self._ask_why(brought.report.document, brought.name)

    def _ask_reason(self, line: EarlierLine) -> None:
        self._ask_why(line.document, line.name)

    def _ask_why(self, document: Digest, name: str) -> None:
        if self.model.is_busy or self.earlier_model.is_busy:
            return
        dialog = TakeBackDialog(name, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.decided.connect(lambda reason: self.earlier_model.take_back(document, reason))
        dialog.open()

    # --- what is shown ----------------------------------------------------------------------

    def _began(self, what: str, work: Work) -> None:
        self._trouble.hide()
        reading = what == "read"
        self._bar.follow(work, _("Reading the list…") if reading else _("Bringing the list in…"))
        self._preview.bring_in.set_busy(not reading)
        self._columns.setEnabled(False)

    def _end(self) -> None:
        self._bar.end()
        self._preview.bring_in.set_busy(False)
        self._columns.setEnabled(True)

    def _show(self, shown: Shown) -> None:
        self._end()
        self._preview.show_list(shown)
        self._preview.bring_in.setEnabled(
            bool(shown.preview.tally.accepted) and self.model.may_import()
        )
        if not shown.is_again:
            self._columns.forget_padding()
        self._columns.show_columns(shown.columns)
        self._columns.show_padding(padded=shown.preview.layout.zero_padded)
        self._faces.setCurrentIndex(_LIST)
        if not self._columns.isAncestorOf(self.focusWidget()):
            self._preview.focus_table()
        if not self.model.may_import():
            self._say(
                _("Your role does not include taking lists in"), _("You can look at it here.")
            )

    def _show_unclear(self, columns: tuple[ColumnLine, ...]) -> None:
        self._unclear_columns.show_columns(columns)
        self._faces.setCurrentIndex(_UNCLEAR)

    def _show_report(self, brought: BroughtIn) -> None:
        self._end()
        self._brought_in = brought
        self._report.show_report(brought.report, is_told=brought.is_told)
        self._faces.setCurrentIndex(_REPORT)

    def _say_written(self, file: Path) -> None:
        said = _("The verdicts are in {file}.").format(file=isolated(file.name))
        self.toast.emit(said, "", None)

    def _say_remembered(self, name: str) -> None:
        self._report.show_remembered()
        said = _("Lists like this one are known as {name} from now on.")
        self.toast.emit(said.format(name=isolated(name)), "", None)

    def _show_earlier(self, lines: tuple[EarlierLine, ...]) -> None:
        self._earlier.show_lists(lines, allowed=self.earlier_model.may_take_back())

    def _began_back(self, work: Work) -> None:
        self._trouble.hide()
        self._bar.follow(work, _("Taking the list back…"))

    def _show_went_back(self, went: WentBack) -> None:
        self._bar.end()
        self._went_back.show_report(went)
        self._faces.setCurrentIndex(_BACK)

    def _failed_back(self, error: StockpileError) -> None:
        self._bar.end()
        if isinstance(error, Cancelled):
            said = _("Stopped. What was withdrawn stays so; take the list back again to go on.")
            self.toast.emit(said, "", None)
            return
        self._say(_("The list was not taken back"), wording.error_sentence(error))

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
    "write": lambda: _("The verdicts were not saved"),
    "remember": lambda: _("The columns were not remembered"),
}
