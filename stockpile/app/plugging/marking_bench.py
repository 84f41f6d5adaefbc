"""The bench where marks are struck and labels are drawn, plugged in."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Final

from stockpile.adapters.marking.markers import WiredMarkers
from stockpile.adapters.pdf.code_cards import PdfCodeCards
from stockpile.adapters.pdf.label_pictures import PdfLabelPictures
from stockpile.adapters.pdf.sheets import PdfLabelSheets
from stockpile.adapters.reading.matrices import ZxingMatrices
from stockpile.adapters.serial.plugged import plugged_ports
from stockpile.adapters.serial.port import open_port
from stockpile.app.plugging.ground import Ground
from stockpile.app.printer_room import label_printers
from stockpile.domain.catalogue import Catalogue
from stockpile.services.campaigns import Campaigns
from stockpile.services.code_cards import CodeCards
from stockpile.services.label_layouts import LabelLayouts
from stockpile.services.label_printing import LabelPrinting
from stockpile.services.label_runs import LabelRuns
from stockpile.services.mark_layouts import MarkLayouts
from stockpile.services.marking import Marking
from stockpile.services.marking_orders import MarkingOrders
from stockpile.services.numbers import Numbers
from stockpile.services.papers import Papers
from stockpile.services.schemes import Schemes
from stockpile.services.stockpile import Keepers, MarkingBench, WeaponBook

_NAMES_A_MARK: Final = 12


def marking_bench_of(ground: Ground, keepers: Keepers, weapons: WeaponBook) -> MarkingBench:
    """Return the services of the bench."""
    books, register, keys = ground.books, ground.register, ground.keys
    clock, chance, press = ground.clock, ground.chance, ground.press
    marking = _marking(ground, weapons.cataloguing.catalogue)
    label_layouts = LabelLayouts(books, PdfLabelPictures(), ground.photos)
    papers = Papers(books, register, keys, PdfLabelSheets(), chance, label_layouts)
    return MarkingBench(
        marking=marking,
        machines=marking.plant,
        schemes=marking.schemes,
        numbers=marking.numbers,
        mark_layouts=marking.layouts,
        campaigns=Campaigns(
            books, register, ground.opened.journal, marking.numbers_left, clock, press
        ),
        marking_orders=MarkingOrders(
            books, register, keepers.people, keepers.places, weapons.tracing, keys, clock, chance
        ),
        papers=papers,
        label_layouts=label_layouts,
        label_printing=LabelPrinting(
            ground.home, books, papers, label_layouts, label_printers(), chance
        ),
        label_runs=LabelRuns(books),
        code_cards=CodeCards(PdfCodeCards()),
    )


def _marking(ground: Ground, catalogue: Callable[[], Catalogue]) -> Marking:
    return Marking(
        ground.books,
        ground.opened.journal,
        WiredMarkers(open_port, plugged_ports),
        Schemes(ground.books, ground.keys, ground.clock, catalogue),
        Numbers(ground.books, ground.keys, ground.clock, ground.chance),
        MarkLayouts(ground.books, ZxingMatrices(), ground.press),
        partial(ground.register.find, limit=_NAMES_A_MARK),
        ground.clock,
        ground.chance,
    )
