"""Every paper of the program, each by the line that prints it from the depot's life."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType

from stockpile.domain.campaigns import Means
from stockpile.domain.marking import MOSAIC_IMPORT
from stockpile.services.campaigns import Wanted
from stockpile.services.extracts import Selection
from stockpile.services.extracts import Wanted as Columns
from stockpile.services.mark_layouts import STANDARD_LAYOUT
from tests.papers.depot import Depot

Print = Callable[[Depot, Path], object]


def _receipt(here: Depot, number: str, to: Path) -> None:
    here.stockpile.receipts.print(number).file.replace(to)


def _count(here: Depot, to: Path, *, report: bool = False) -> None:
    papers, stocktake = here.stockpile.count_papers, here.stockpile.counting.all()[0]
    paper = (papers.report if report else papers.sheet)(stocktake, here.officer)
    papers.draw(paper, to)


def _waybill(here: Depot, to: Path, *, note: bool = False) -> None:
    desk = here.stockpile.transfers
    file = desk.file(here.waybill, "babab cacac dadad")
    (desk.draw_note if note else desk.draw)(file, desk.printing(here.officer), to)


def _day(here: Depot, to: Path) -> None:
    paper = here.stockpile.days.sheet(by=here.officer)
    assert paper is not None
    here.stockpile.days.draw(paper, to)


def _campaign(here: Depot, to: Path) -> None:
    wanted = Wanted(500, MOSAIC_IMPORT, Means(litres=1.2, pin_life=800), "2027-01-11", 12)
    campaigns = here.stockpile.campaigns
    campaigns.draw(campaigns.sheet(wanted, by=here.officer), to)


def _extract(here: Depot, to: Path) -> None:
    here.stockpile.extracts.issue(
        Selection(), Columns("pdf"), to, by=here.officer,
        names=here.stockpile.names(),
    )  # fmt: skip


def _mark_layout(here: Depot, to: Path) -> None:
    here.stockpile.mark_layouts.print(STANDARD_LAYOUT, "UG 26 000123", to)


PAPERS: Mapping[str, Print] = MappingProxyType(
    {
        "hand_receipt": lambda here, to: _receipt(here, here.issued, to),
        "return_receipt": lambda here, to: _receipt(here, here.returned, to),
        "issue_voucher": lambda here, to: here.stockpile.vouchers.print(
            [here.issued], by=here.officer, to=to
        ),
        "return_voucher": lambda here, to: here.stockpile.vouchers.print(
            [here.returned], by=here.officer, to=to
        ),
        "gate_pass": lambda here, to: here.stockpile.gate_passes.print(
            here.passed, by=here.officer, to=to
        ),
        "waybill": _waybill,
        "receipt_note": lambda here, to: _waybill(here, to, note=True),
        "handover": lambda here, to: here.stockpile.custodians.print(
            here.counter.rack.id, to, by=here.officer
        ),
        "count_sheet": _count,
        "count_report": lambda here, to: _count(here, to, report=True),
        "collection_receipt": lambda here, to: here.stockpile.collecting.print(
            here.collected, by=here.officer, to=to
        ),
        "loss_report": lambda here, to: here.stockpile.losses.print(here.lost, to, by=here.officer),
        "destruction_list": lambda here, to: here.stockpile.destructions.print(
            here.ordered, by=here.officer, to=to
        ),
        "destruction_certificate": lambda here, to: here.stockpile.destructions.print(
            here.ordered, by=here.officer, certificate=True, to=to
        ),
        "deactivation_certificate": lambda here, to: here.stockpile.deactivating.print(
            here.weapons[10], by=here.officer, to=to
        ),
        "trace_request": lambda here, to: here.stockpile.trace_requests.print(
            here.traced, by=here.officer, to=to
        ),
        "trace_answer": lambda here, to: here.stockpile.trace_requests.print(
            here.traced, by=here.officer, answer=True, to=to
        ),
        "dossier": lambda here, to: here.stockpile.dossiers.print(here.file, to, by=here.officer),
        "extract": _extract,
        "day_sheet": _day,
        "campaign_plan": _campaign,
        "mark_layout": _mark_layout,
    }
)
"""A paper's name, and what draws it into a file, in the language in use."""
