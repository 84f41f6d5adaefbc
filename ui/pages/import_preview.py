"""A list as it would come in: its rows with their verdicts, and what its values mean."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QMenu, QStackedLayout, QWidget

from stockpile.language import _, isolated, ngettext
from ui.pages.figures import figure
from ui.pages.import_report import ImportFigures
from ui.pages.import_values import ImportValues
from ui.theme import Ink, Space, Text, Tone
from ui.view_models.importing import Kept, RowLine, Shown
from ui.widgets.arrange import STRETCH, Share, boxed, column, row
from ui.widgets.button import Button, Kind
from ui.widgets.columns import Column
from ui.widgets.columns import Kind as Cell
from ui.widgets.keycap import Shortcut
from ui.widgets.paged_model import ListPages
from ui.widgets.paged_table import PagedTable
from ui.widgets.text import ShortLabel, secondary

_TONES = {"accepted": Tone.OK, "already_held": Tone.GREY, "refused": Tone.BAD}


class ImportPreviewFace(QWidget):
    """The list: what it is, what becomes of its rows in numbers, and a table of them all.

    Signals:
        write_pressed: the verdicts in sight are to be saved.
        columns_pressed: show what the columns mean, where there is no room beside the table.
    """

    write_pressed = Signal()
    columns_pressed = Signal()

    def __init__(self, other: Button) -> None:
        super().__init__()
        self._shown: Shown | None = None
        self.kept: Kept = "all"
        self._file = ShortLabel("", Text.PAGE_TITLE)
        self._understood = secondary("")
        self.bring_in = Button("", Kind.PRIMARY, "download", hint="F5")
        self.columns_button = Button(_("Columns"), Kind.GHOST, "columns-3")
        self._figures = ImportFigures(_("To bring in"))
        self._filter = Button("", Kind.GHOST, "list-filter")
        self.values_button = Button("", Kind.GHOST, "languages")
        self.write = Button(_("Save as CSV"), Kind.GHOST, "file-down")
        self.table = PagedTable(_("Rows of the list"), _row_columns())
        self.values = ImportValues()
        self._tables = QStackedLayout()
        self._lay_out(other)
        self._filter.clicked.connect(self._open_filter)
        self.values_button.clicked.connect(self._turn_values)
        self.write.clicked.connect(self.write_pressed)
        self.columns_button.clicked.connect(self.columns_pressed)

    @property
    def shows_values(self) -> bool:
        """Say whether the values stand in the place of the rows."""
        return self._tables.currentIndex() == 1

    def show_list(self, shown: Shown) -> None:
        """Show a list; the same one judged anew keeps the table that is looked at."""
        tally = shown.preview.tally
        self._shown = shown
        self._file.setText(isolated(shown.file.name))
        self._understood.setText(_understood(shown))
        words = ngettext("Import {count} row", "Import {count} rows", tally.accepted)
        self.bring_in.setText(words.format(count=figure(tally.accepted)))
        self._figures.show_tally(tally)
        self.values.show_values(shown.preview.meanings)
        self.show_values(shown=shown.is_again and self.shows_values)
        self.keep(self.kept if shown.is_again else "all")

    def show_values(self, *, shown: bool) -> None:
        """Show the values in the place of the rows, or the rows again."""
        self._tables.setCurrentIndex(int(shown))
        self._filter.setVisible(not shown)
        self.write.setVisible(not shown)
        unclear = len(self._shown.unclear) if self._shown is not None else 0
        words = ngettext("{count} value unclear", "{count} values unclear", unclear)
        self.values_button.setText(_("Rows") if shown else words.format(count=figure(unclear)))
        ink = Ink.WARN if unclear and not shown else None
        self.values_button.show_icon("table-2" if shown else "languages", ink)

    def focus_table(self) -> None:
        """Put the cursor into the table in sight."""
        table = self.values.table if self.shows_values else self.table
        table.setFocus(Qt.FocusReason.OtherFocusReason)

    def filter_menu(self) -> QMenu:
        """Return the menu of which rows may be shown, with how many there are of each."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for kept, words in _filters().items():
            count = figure(len(self._shown.kept(kept))) if self._shown is not None else ""
            action = menu.addAction(f"{words}   {count}")
            action.setCheckable(True)
            action.setChecked(kept == self.kept)
            action.triggered.connect(lambda _checked, one=kept: self.keep(one))
        return menu

    def keep(self, kept: Kept) -> None:
        """Show these rows only."""
        self.kept = kept
        self._filter.setText(_("Show: {what}").format(what=_filters()[kept]))
        self._filter.show_icon("list-filter", Ink.ACCENT if kept != "all" else None)
        if self._shown is not None:
            self.table.use(ListPages(self._shown.kept(kept)))

    def _lay_out(self, other: Button) -> None:
        tables = boxed(self._tables)  # first: a table without a parent flashes up as a window
        for one in (self.table, self.values):
            self._tables.addWidget(one)
        named = column(self._file, self._understood, gap=2)
        head = row(Share(named), other, self.bring_in)
        tools = row(self._filter, self.values_button, STRETCH, self.write, self.columns_button)
        hints = row(
            Shortcut("F5", _("import")), Shortcut("Ctrl+O", _("another file")), STRETCH,
            gap=Space.M,
        )  # fmt: skip
        self.setLayout(column(head, self._figures, tools, Share(tables), hints, gap=Space.M))

    def _open_filter(self) -> None:
        self.filter_menu().popup(self._filter.mapToGlobal(self._filter.rect().bottomLeft()))

    def _turn_values(self) -> None:
        self.show_values(shown=not self.shows_values)


def _understood(shown: Shown) -> str:
    """Return what was read: how many rows, under which heading row, by which known list."""
    listing, layout = shown.preview.listing, shown.preview.layout
    rows = ngettext("{count} row", "{count} rows", len(shown.rows))
    said = [rows.format(count=figure(len(shown.rows)))]
    said.append(_("headings in row {number}").format(number=listing.header_row))
    if layout.profile:
        said.append(_("known list {name}").format(name=isolated(layout.profile)))
    return " · ".join(said)


def _filters() -> dict[Kept, str]:
    return {
        "all": _("all rows"),
        "accepted": _("accepted rows"),
        "warned": _("rows with a warning"),
        "already_held": _("rows held already"),
        "refused": _("refused rows"),
    }


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
