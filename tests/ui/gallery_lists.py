"""The gallery's register: weapons in a table, and what is known about one of them."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtWidgets import QWidget  # noqa: TID251 — a test drives widgets

from stockpile.language import isolated
from tests.ui.gallery_words import say
from ui.theme import Ink, Text, Tone
from ui.widgets.arrange import STRETCH, Share, boxed, column, row, rule, scrolled
from ui.widgets.aside import WithAside
from ui.widgets.button import Button, IconButton, Kind
from ui.widgets.card import Card, Ground
from ui.widgets.chip import Chip
from ui.widgets.columns import Column
from ui.widgets.columns import Kind as Cell
from ui.widgets.detail_list import Detail, DetailList
from ui.widgets.field import SearchField
from ui.widgets.paged_model import ListPages
from ui.widgets.paged_table import PagedTable
from ui.widgets.picture import Tile
from ui.widgets.sidebar import Destination, Section
from ui.widgets.text import Identifier, Label, page_title, secondary
from ui.widgets.timeline import Event, Timeline


@dataclass(frozen=True, slots=True)
class Sample:
    """A weapon as a list shows it."""

    serial: str
    mark: str
    model: str
    make: str
    calibre: str
    condition: str
    status: str
    place: str


CONDITIONS = {
    "Serviceable": Tone.OK,
    "Repairable": Tone.WARN,
    "Unserviceable": Tone.BAD,
    "Obsolete": Tone.GREY,
}
STATES = {
    "In store": Tone.GREY,
    "Issued": Tone.VIOLET,
    "In transit": Tone.INFO,
    "Collected": Tone.WARN,
    "For destruction": Tone.BAD,
}
_LINES = """
KB4471902|CD 2026 GM 0048197|AKM|Izhmash|7.62×39|Serviceable|In store|A12-04
KB4471911|CD 2026 GM 0048198|AKM|Izhmash|7.62×39|Serviceable|In store|A12-04
M70-118204|CD 2026 GM 0048199|M70 AB2|Zastava|7.62×39|Repairable|In store|A12-05
56-2209147||Type 56-1|Norinco|7.62×39|Serviceable|Collected|Intake 2
56-2209148||Type 56-1|Norinco|7.62×39|Unserviceable|For destruction|D01-01
RP7-90412|CD 2025 GM 0031877|RPG-7V|Cugir|40 mm|Serviceable|In store|C03-02
PK-66120|CD 2025 GM 0031880|PKM|Degtyarev|7.62×54R|Serviceable|Issued|11 Bde
G3-0771265|CD 2025 GM 0031902|G3A3|H&K|7.62×51|Repairable|In transit|Bukavu
FN-1186024|CD 2025 GM 0031911|FAL 50.00|FN Herstal|7.62×51|Obsolete|In store|B07-01
D-22014|CD 2025 GM 0031920|DShKM|Tula|12.7×108|Serviceable|In store|C01-01
TT 88213||Makarov PM|Izhmekh|9×18|Serviceable|Collected|Intake 2
HP-245-77123|CD 2025 GM 0031944|Hi-Power|FN Herstal|9×19|Serviceable|In store|P02-09
"""
ROWS = [Sample(*line.split("|")) for line in _LINES.strip().splitlines()] * 4


def columns() -> list[Column[Sample]]:
    """The columns of the register."""
    return [
        Column(say("Serial number"), 114, lambda w: w.serial, Cell.MONO, sort_key="serial"),
        Column(
            say("National marking"),
            152,
            lambda w: w.mark,
            Cell.MONO,
            quiet=True,
            empty=say("Not marked"),
        ),
        Column(
            say("Model"),
            124,
            lambda w: isolated(w.model),
            Cell.TWO_LINE,
            second=lambda w: f"{isolated(w.calibre)} · {isolated(w.make)}",
        ),
        Column(
            say("Condition"),
            126,
            lambda w: say(w.condition),
            Cell.CHIP,
            tone=lambda w: CONDITIONS[w.condition],
        ),
        Column(
            say("Status"),
            134,
            lambda w: say(w.status),
            Cell.CHIP,
            tone=lambda w: STATES[w.status],
        ),
        Column(say("Location"), 80, lambda w: w.place, Cell.CODE, spare=True),
    ]


def sections() -> list[Section]:
    """The pages of the sidebar."""
    work = (
        ("dashboard", "layout-dashboard", "Dashboard"),
        ("register", "boxes", "Register"),
        ("entry", "keyboard", "Fast entry"),
        ("marking", "stamp", "Marking"),
        ("stocktake", "clipboard-check", "Stock-take"),
        ("transfers", "truck", "Transfers"),
    )
    oversight = (("reports", "file-text", "Reports"), ("sync", "refresh-cw", "Sync"))
    return [
        Section(say(title), tuple(Destination(k, i, say(t)) for k, i, t in pages))
        for title, pages in (("Work", work), ("Oversight", oversight))
    ]


def register_page() -> QWidget:
    """A list with a detail beside it."""
    table = PagedTable(say("Weapons register"), columns(), ticks=True)
    table.use(ListPages(ROWS))
    table.go_to(0)
    search = SearchField(say("Serial, marking, make or model"))
    head = row(
        Share(page_title(say("Weapons register"))),
        Button(say("Export"), icon="download"),
        Button(say("New weapon"), Kind.PRIMARY, "plus"),
    )
    tools = row(
        Share(search),
        Chip(say("In store"), Tone.INFO, dot=False),
        Button(say("Filter"), Kind.GHOST, "list-filter"),
        IconButton("columns-3", say("Columns")),
        gap=6,
    )
    aside = scrolled(boxed(detail()))
    return WithAside(boxed(column(head, tools, Share(table), gap=12)), aside, width=288, line=True)


def detail():
    """What is known about one weapon."""
    plate = Card(
        row(
            Tile("qr-code", Tone.GREY, 64, 40),
            Share(
                column(
                    STRETCH,
                    Identifier("CD 2026 GM 0048197"),
                    Label(say("Marked and verified"), Text.SECONDARY_STRONG, Ink.OK),
                    STRETCH,
                    gap=4,
                )
            ),
            gap=14,
        ),
        Ground.INSET,
    )
    details = (
        Detail(say("Make"), "Izhmash"),
        Detail(say("Country of make"), "RU"),
        Detail(say("Year of make"), "1968"),
        Detail(say("Calibre"), isolated("7.62×39 mm")),
        Detail(say("Shelf"), "A12-04", identifier=True),
        Detail(say("Lot"), ""),
    )
    events = (
        Event("stamp", say("Marked and verified"), "A. Mbuyi · 09:41", Tone.OK),
        Event(
            "warehouse", say("Received from collection point"), "P. Ilunga · 2026-11-19", Tone.INFO
        ),
        Event("map-pin", say("Collected at DDR site"), "Field team 3 · 2026-11-12"),
    )
    return column(
        row(
            Share(
                column(
                    secondary(isolated("AKM · 7.62×39")),
                    Identifier("KB4471902", Text.IDENTIFIER_TITLE),
                    gap=0,
                )
            ),
            IconButton("ellipsis-vertical", say("More"), size=32),
            IconButton("x", say("Close"), size=32),
            gap=2,
        ),
        row(Chip(say("Serviceable"), Tone.OK), Chip(say("In store")), STRETCH, gap=6),
        plate,
        row(
            Share(Button(say("Move"), icon="truck")),
            Share(Button(say("Print label"), icon="printer")),
            IconButton("pencil", say("Edit"), kind=Kind.SECONDARY),
        ),
        rule(),
        Label(say("Identity"), Text.HEADING),
        DetailList(details),
        rule(),
        Label(say("Chain of custody"), Text.HEADING),
        Timeline(events),
        STRETCH,
        gap=10,
    )
