"""Every widget in one window, to be looked at: `python tests/ui/gallery.py --save FOLDER`."""

from __future__ import annotations

import argparse
import os
import sys
from dataclasses import dataclass
from pathlib import Path

if __name__ == "__main__":
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QMainWindow, QStackedWidget, QWidget  # noqa: TID251 — a test drives widgets

from stockpile.language import PSEUDO, is_right_to_left, isolated, pseudo, use_language
from tests.helpers.shots import drawn, encoded
from ui.theme import Height, Ink, Mode, Text, Theme, Tone
from ui.widgets.arrange import STRETCH, Share, boxed, column, row, rule, scrolled
from ui.widgets.aside import WithAside
from ui.widgets.button import Button, IconButton, Kind
from ui.widgets.card import Banner, Card, Ground
from ui.widgets.charts import Bar, Bars, Donut, Dot, Part, Spark
from ui.widgets.chip import Chip
from ui.widgets.choice_field import Choice, ChoiceField
from ui.widgets.columns import Column
from ui.widgets.columns import Kind as Cell
from ui.widgets.detail_list import Detail, DetailList
from ui.widgets.dialogs import ConfirmDialog
from ui.widgets.empty_state import EmptyState
from ui.widgets.field import Field, NoteField, ScanField, SearchField, State
from ui.widgets.keycap import Shortcut
from ui.widgets.paged_model import ListPages
from ui.widgets.paged_table import PagedTable
from ui.widgets.palette import Offer, Palette
from ui.widgets.photo_strip import PhotoStrip, Shot
from ui.widgets.picture import Picture, Tile
from ui.widgets.progress import Meter, Progress
from ui.widgets.side_view import SideView, Sign
from ui.widgets.sidebar import Destination, Section, Sidebar
from ui.widgets.stepper import Stepper
from ui.widgets.text import Identifier, Label, card_title, page_title, secondary
from ui.widgets.timeline import Event, Timeline
from ui.widgets.toast import Toast
from ui.widgets.topbar import Status, Topbar

SAMPLES = {
    "Already on record: {weapon}. Open it, or add a suffix.": (
        "مسجل: {weapon}. افتحه أو أضف لاحقة."
    ),
    "Calibre": "العيار",
    "Cannot read: type it": "تعذرت القراءة: اكتبه",
    "Chain of custody": "سلسلة الحيازة",
    "Condition": "الصلاحية",
    "Country of make": "بلد الصنع",
    "Country pilot": "تجربة قطرية",
    "Dashboard": "لوحة المتابعة",
    "Depot clerk": "أمين المستودع",
    "Destroy 12 weapons?": "إتلاف 12 سلاحا؟",
    "Discard": "تجاهل",
    "Engrave": "نقش",
    "Enter weapons": "إدخال الأسلحة",
    "Export": "تصدير",
    "Fast entry": "إدخال سريع",
    "Filter": "تصفية",
    "Goma Central Depot": "مستودع غوما المركزي",
    "Identity": "الهوية",
    "In store": "في المخزن",
    "It counts as marked only when the code on the metal reads back.": (
        "لا يعد موسوما إلا بعد قراءة الرمز على المعدن."
    ),
    "Left side": "الجانب الأيسر",
    "Location": "الموقع",
    "Make": "الصانع",
    "Marked and verified": "تم الوسم والتحقق",
    "Marking": "محطة الوسم",
    "Model": "الطراز",
    "Move": "نقل",
    "National marking": "الوسم الوطني",
    "New weapon": "سلاح جديد",
    "Not marked": "غير موسوم",
    "Offline · 14 to send": "دون اتصال · 14 بانتظار الإرسال",
    "Oversight": "الإشراف",
    "Print label": "طباعة بطاقة",
    "Received from collection point": "استلام من نقطة الجمع",
    "Register": "سجل الأسلحة",
    "Repairable": "قابل للإصلاح",
    "Reports": "التقارير",
    "Right side": "الجانب الأيمن",
    "Save and next": "حفظ والتالي",
    "Scan the mark you just engraved": "امسح الوسم الذي نقشته",
    "Scan the new mark": "امسح الوسم الجديد",
    "Scan weapon": "امسح السلاح",
    "Scanner ready": "الماسح جاهز",
    "Serial number": "الرقم التسلسلي",
    "Serial, marking, make or model": "الرقم التسلسلي أو الوسم أو الصانع أو الطراز",
    "Serviceable": "صالح",
    "Settings": "الإعدادات",
    "Shelf": "الرف",
    "Status": "الحالة",
    "Stock-take": "الجرد",
    "Sync": "المزامنة",
    "Transfers": "عمليات النقل",
    "Unserviceable": "غير صالح",
    "Weapons register": "سجل الأسلحة",
    "Work": "العمل",
    "Year of make": "سنة الصنع",
}


class Speech:
    """What the samples are said in: English, a few Arabic words, or the pseudo-locale."""

    code = "en"


def say(text: str) -> str:
    """Return a sample text in the language of the gallery."""
    if Speech.code == PSEUDO:
        return pseudo(text)
    return SAMPLES.get(text, text) if Speech.code == "ar" else text


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


def entry_page() -> QWidget:
    """Fields in every state, and the buttons."""
    serial = ScanField(say("Serial number"), hint=say("as stamped, exactly"))
    serial.set_text("KB4471902")
    said = say("Already on record: {weapon}. Open it, or add a suffix.")
    serial.show_state(State.BAD, said.format(weapon=isolated("AKM KB4471902 A12-04")))
    model = ChoiceField(
        say("Model"), [Choice("akm", "AKM"), Choice("m70", "M70 AB2")], lockable=True
    )
    model.set_value("akm")
    model.set_locked(locked=True)
    calibre = ChoiceField(say("Calibre"), [Choice("7.62x39", isolated("7.62×39"))], lockable=True)
    calibre.set_value("7.62x39")
    year = Field(say("Year of make"))
    year.set_text("1868")
    year.show_state(State.WARN, say("Before this model existed (1959). Keep?"))
    shelf = Field(say("Shelf"), identifier=True, lockable=True)
    shelf.set_text("A12-04")
    shelf.show_state(State.OK)
    note = NoteField(say("Remark"), placeholder=say("What the next clerk should know"))
    top = Qt.AlignmentFlag.AlignTop
    busy = Button(say("Printing…"), icon="printer", height=42)
    busy.set_busy(True)
    off = Button(say("Discard"), height=42)
    off.setEnabled(False)
    fields = column(
        row(
            Share(page_title(say("Enter weapons"))),
            Chip(say("Batch 2026-11-22-B · 37 saved"), Tone.INFO, dot=False),
        ),
        serial,
        row(Share(model, 3, top), Share(calibre, 2, top), gap=14),
        row(Share(year, 3, top), Share(shelf, 2, top), gap=14),
        note,
        STRETCH,
        row(
            Button(say("Save and next"), Kind.PRIMARY, "check", height=42),
            busy,
            off,
            Button(say("Destroy"), Kind.DANGER, height=42),
            STRETCH,
            Shortcut("Ctrl+Enter", say("save")),
        ),
        gap=12,
    )
    side = column(
        card_title(say("Just saved")),
        row(
            Picture("circle-check", Ink.OK),
            Share(column(Identifier("KB4471897"), secondary("AKM · A12-04"), gap=0)),
            secondary("09:41:12"),
            gap=10,
        ),
        rule(),
        Label("16 s", Text.FIGURE),
        secondary(say("per weapon, last 10")),
        Meter(37 / 60, name=say("Batch target")),
        progress(),
        STRETCH,
        row(Chip(say("Issued"), Tone.VIOLET), Chip(say("In transit"), Tone.INFO), STRETCH, gap=6),
        row(
            Chip(say("Repairable"), Tone.WARN), Chip(say("Unserviceable"), Tone.BAD), STRETCH, gap=6
        ),
        gap=11,
    )
    return WithAside(boxed(fields), Card(side), width=290)


def progress() -> Progress:
    """A work under way."""
    shown = Progress(say("Printing labels"))
    shown.show_step(42, 120)
    return shown


def marking_page() -> QWidget:
    """The steps, the plate, the loud banners."""
    steps = Stepper([say("Scan weapon"), say("Engrave"), say("Scan the new mark")])
    steps.show_step(2)
    plate = Card(
        row(
            Tile("qr-code", Tone.GREY, 72, 56),
            20,
            column(
                Identifier("CD 2026", Text.IDENTIFIER_STATION, Ink.PLATE),
                Identifier("GM 0048197", Text.IDENTIFIER_STATION, Ink.PLATE),
                gap=0,
            ),
            STRETCH,
        ),
        Ground.PLATE,
    )
    hero = Card(
        column(
            row(
                column(
                    Label(say("Now marking"), Text.STRONG, Ink.MUTED),
                    Identifier("KB4471902", Text.IDENTIFIER_DISPLAY),
                    Label(f"AKM · {isolated('7.62×39')} · Izhmash", Text.SENTENCE, Ink.SECONDARY),
                    gap=2,
                ),
                STRETCH,
                Chip(say("Serviceable"), Tone.OK),
            ),
            plate,
            gap=16,
        ),
        Ground.HERO,
        margins=(26, 20, 26, 20),
    )
    scan = Banner(
        "scan-barcode",
        say("Scan the mark you just engraved"),
        say("It counts as marked only when the code on the metal reads back."),
        Tone.INFO,
        Button(say("Cannot read: type it"), icon="keyboard", height=Height.GLOVE),
        loud=True,
    )
    offline = Banner(
        "cloud-off",
        say("You are offline. Work goes on; nothing waits for the network."),
        say("14 changes are on this computer only."),
        Tone.WARN,
        Button(say("Write USB bundle"), Kind.PRIMARY, "usb"),
    )
    return boxed(column(steps, hero, scan, offline, STRETCH, gap=16))


def figures_page() -> QWidget:
    """Figures and charts."""
    figures = [
        ("boxes", Tone.INFO, "Weapons on record", "48,212", Ink.CHART1, [44, 45, 45, 46, 47, 48]),
        ("stamp", Tone.OK, "Marked to standard", "61 %", Ink.CHART2, [52, 53, 55, 58, 60, 61]),
        ("triangle-alert", Tone.BAD, "Open discrepancies", "9", Ink.CHART4, [4, 5, 4, 6, 8, 9]),
    ]
    bars = [
        Bar(
            isolated(f"{day} Nov") if day % 4 == 1 else "",
            (60.0 + day * 13 % 50, 15.0 + day * 7 % 30, 8.0),
        )
        for day in range(1, 24)
    ]
    inks = (Ink.CHART1, Ink.CHART2, Ink.CHART3)
    parts = (
        Part(say("Serviceable"), 31240, Ink.CHART2),
        Part(say("Repairable"), 9812, Ink.CHART3),
        Part(say("Unserviceable"), 5002, Ink.CHART4),
        Part(say("Obsolete"), 2158, Ink.CHART6),
    )
    legend = [
        row(
            Dot(p.ink),
            Share(Label(p.name, Text.BODY, Ink.SECONDARY)),
            Label(f"{p.number:,}", Text.STRONG),
        )
        for p in parts
    ]
    ring = row(
        Donut(parts, "48,212", say("weapons")), Share(column(STRETCH, *legend, STRETCH)), gap=18
    )
    marked = column(
        card_title(say("Weapons marked per day")),
        Share(Bars(bars, inks, name=say("Weapons marked per day"))),
    )
    return boxed(
        column(
            row(*[Share(figure_card(*figure)) for figure in figures], gap=12),
            Share(
                row(
                    Share(Card(marked), 3),
                    Share(Card(column(card_title(say("Condition")), ring)), 2),
                    gap=12,
                )
            ),
            gap=14,
        )
    )


def figure_card(icon, tone, title, figure, ink, course) -> Card:
    """One figure with its course."""
    return Card(
        column(
            row(
                Tile(icon, tone, 30, 16),
                Share(Label(say(title), Text.STRONG, Ink.SECONDARY)),
                gap=10,
            ),
            row(Label(figure, Text.FIGURE), Share(Spark(course, ink, name=say(title))), gap=14),
        )
    )


def empty_page() -> QWidget:
    """A page with nothing on it yet."""
    return EmptyState(
        "truck",
        say("No transfers on the way"),
        say("Send weapons to another depot and follow them here until they are received."),
        Button(say("New transfer"), Kind.PRIMARY, "plus"),
        Button(say("Read a transfer paper"), icon="scan-barcode"),
    )


def photos_page() -> QWidget:
    """A weapon's photos and its marks on a side view."""
    shots = [
        Shot("a", say("Left side"), "AKM"),
        Shot("b", say("Serial number"), "KB4471902"),
        Shot("c", say("Right side"), missing=True),
    ]
    strip = PhotoStrip(shots)
    strip.show_picture("a", encoded("JPEG", drawn(1200, 800)))
    strip.show_picture("b", encoded("JPEG", drawn(600, 800)))
    marks = SideView()
    marks.show_weapon(
        "ASR",
        [
            Sign("KB4471902", say("Serial number"), "receiver", "left", say("Left side")),
            Sign("CD 2026 GM 0048197", say("National marking"), "receiver", "right", ours=True),
            Sign("1902", say("Serial number"), "bolt", "top", obliterated=True),
        ],
    )
    marks.choose(1)
    return boxed(column(page_title(say("Identity")), strip, Share(Card(column(marks))), gap=12))


OFFERS = (
    Offer("mark", "Start marking", "station 2", "stamp", "Alt+4", "Commands"),
    Offer(
        "print", "Print marking labels", "for 1 selected weapon", "printer", "Ctrl+P", "Commands"
    ),
    Offer("destroy", "Mark as destroyed…", "needs a witness", "flame", "", "Commands"),
    Offer(
        "w1",
        isolated("CD 2026 GM 0048197"),
        isolated("AKM · KB4471902"),
        "crosshair",
        "",
        "Weapons",
    ),
    Offer("w2", isolated("TT 88213"), "Makarov PM", "crosshair", "", "Weapons"),
    Offer("report", "Marking report", "Reports", "file-text", "G M", "Go to"),
)


class Gallery(QMainWindow):
    """The window with its sidebar, its bar and the sample pages."""

    def __init__(self) -> None:
        super().__init__()
        self.sidebar = Sidebar(
            say("Goma Central Depot"),
            say("Country pilot"),
            sections(),
            [Destination("settings", "settings", say("Settings"))],
        )
        self.sidebar.show_officer("A. Mbuyi", say("Depot clerk"))
        self.sidebar.set_counter("register", "48,212")
        self.sidebar.set_counter("marking", "126")
        self.sidebar.set_counter("sync", "14")
        bar = Topbar()
        bar.show_status(
            [
                Status(say("Scanner ready"), Tone.OK, "scan-barcode"),
                Status(say("Offline · 14 to send"), Tone.WARN, "cloud-off"),
            ]
        )
        self.pages = QStackedWidget()
        self.keys = ("register", "entry", "marking", "transfers", "dashboard", "photos")
        builders = (
            register_page, entry_page, marking_page, empty_page, figures_page, photos_page,
        )  # fmt: skip
        for build in builders:
            self.pages.addWidget(build())
        paper = Card(column(self.pages), Ground.PAPER, margins=(22, 18, 22, 16))
        right = column(bar, Share(paper), gap=0)
        self.setCentralWidget(boxed(row(self.sidebar, Share(right), gap=0, margins=(0, 0, 10, 10))))
        self.palette_ = Palette(self.centralWidget())
        self.palette_.asked.connect(lambda _text, number: self.palette_.offer(number, OFFERS))
        self.toast = Toast(self.centralWidget())
        self.open_page("register")

    def open_page(self, key: str) -> None:
        """Show one of the sample pages."""
        self.pages.setCurrentIndex(self.keys.index(key))
        self.sidebar.select(key)


def question(parent: QWidget) -> ConfirmDialog:
    """The dialog before what cannot be undone."""
    return ConfirmDialog(
        say("Destroy 12 weapons?"),
        say("They are written off and cannot come back. A witness must sign."),
        say("Destroy"),
        reason=say("Reason"),
        parent=parent,
    )


def speak(code: str) -> None:
    """Use a language for the samples, and its direction for everything."""
    Speech.code = use_language(code)
    right = is_right_to_left(code)
    QApplication.setLayoutDirection(
        Qt.LayoutDirection.RightToLeft if right else Qt.LayoutDirection.LeftToRight
    )


def save(folder: Path) -> None:
    """Write the pictures of every page, in both themes, three languages and two sizes."""
    app = QApplication.instance() or QApplication(sys.argv)
    theme = Theme(app, Mode.LIGHT)
    folder.mkdir(parents=True, exist_ok=True)
    for code in ("en", "ar", PSEUDO):
        speak(code)
        window = Gallery()
        for mode in (Mode.LIGHT, Mode.DARK):
            theme.use(mode)
            for width, height in ((1366, 768), (1024, 700)):
                _save_pages(window, folder, f"{code}-{mode}-{width}", width, height)
        window.close()


def _save_pages(window: Gallery, folder: Path, name: str, width: int, height: int) -> None:
    window.resize(width, height)
    window.show()
    for key in window.keys:
        window.open_page(key)
        QApplication.processEvents()
        window.grab().save(str(folder / f"{name}-{key}.png"))
    window.open_page("register")
    window.toast.say(f"{isolated('CD 2026 GM 0048197')} moved to A12-05", "Undo")
    window.palette_.open()
    window.palette_.type_text("mar")
    QApplication.processEvents()
    window.grab().save(str(folder / f"{name}-palette.png"))
    window.palette_.close_palette()
    QApplication.processEvents()
    window.grab().save(str(folder / f"{name}-toast.png"))
    window.toast.hide()
    dialog = question(window)
    dialog.show()
    QApplication.processEvents()
    dialog.grab().save(str(folder / f"{name}-dialog.png"))
    dialog.close()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--save", type=Path, required=True)
    save(parser.parse_args().save)
