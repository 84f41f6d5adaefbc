"""The gallery's other pages: fields, the marking station, figures, photos, an empty one."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget  # noqa: TID251 — a test drives widgets

from stockpile.language import isolated
from tests.helpers.shots import drawn, encoded
from tests.ui.gallery_words import say
from ui.theme import Height, Ink, Text, Tone
from ui.widgets.arrange import STRETCH, Share, boxed, column, row, rule
from ui.widgets.aside import WithAside
from ui.widgets.button import Button, Kind
from ui.widgets.card import Banner, Card, Ground
from ui.widgets.charts import Bar, Bars, Donut, Dot, Part, Spark
from ui.widgets.chip import Chip
from ui.widgets.choice_field import Choice, ChoiceField
from ui.widgets.empty_state import EmptyState
from ui.widgets.field import Field, NoteField, ScanField, State
from ui.widgets.keycap import Shortcut
from ui.widgets.photo_strip import PhotoStrip, Shot
from ui.widgets.picture import Picture, Tile
from ui.widgets.progress import Meter, Progress
from ui.widgets.side_view import SideView, Sign
from ui.widgets.stepper import Stepper
from ui.widgets.text import Identifier, Label, card_title, page_title, secondary


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
