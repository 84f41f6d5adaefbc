"""The index of papers: a number on a paper, scanned or typed, finds again what the paper is about.

The facts are the paper. A number names its series in front, and the series names the kind of fact.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, Literal

from stockpile.domain.codes import read_code
from stockpile.domain.facts import (
    CollectionReceived,
    CustodyHandedOver,
    DestructionOrdered,
    GatePassIssued,
    InvestigationOpened,
    NodeCertified,
    NodeFounded,
    PaperIssued,
    ReceiptSigned,
    StocktakeOpened,
    TraceRequestMade,
    WaybillOpened,
)
from stockpile.domain.ledger import node_id
from stockpile.domain.paper_seals import SealStanding, Summary, read_summary
from stockpile.domain.references import Reference
from stockpile.domain.values import NodeId
from stockpile.services.ports import Books, Keys

PaperKind = Literal[
    "hand_receipt", "return_receipt", "waybill", "loss_report", "count_sheet", "handover",
    "destruction_order", "destruction_certificate", "collection_receipt", "gate_pass",
    "trace_request", "voucher", "dossier", "extract", "deactivation_certificate",
]  # fmt: skip

_NUMBER: Final = re.compile(r"([A-Z]{2})-(?:.{1,40}-)?(?:\d{2}-\d{4,}|[0-9A-F]{8})")
_SPACES: Final = re.compile(r"[\s\-]+")
_NEVER_TOO_LONG: Final = 60
_HASH: Final = 8


@dataclass(frozen=True, slots=True)
class FoundPaper:
    """A paper on record: its kind and number, the id of its fact's subject, and where it is seen.

    ``page`` is the page of the program that shows it and ``argument`` what it is opened with.
    """

    kind: PaperKind
    number: str
    subject: str
    page: str
    argument: str = ""


@dataclass(frozen=True, slots=True)
class _Series:
    kind: PaperKind
    fact: type
    page: str


_SERIES: Final[Mapping[str, _Series]] = MappingProxyType(
    {
        "HR": _Series("hand_receipt", ReceiptSigned, "holders"),
        "RT": _Series("return_receipt", ReceiptSigned, "holders"),
        "WB": _Series("waybill", WaybillOpened, "transfers"),
        "LR": _Series("loss_report", InvestigationOpened, "investigations"),
        "ST": _Series("count_sheet", StocktakeOpened, "counting"),
        "HO": _Series("handover", CustodyHandedOver, "places"),
        "DO": _Series("destruction_order", DestructionOrdered, "destruction"),
        "DC": _Series("destruction_certificate", DestructionOrdered, "destruction"),
        "CR": _Series("collection_receipt", CollectionReceived, "collecting"),
        "GP": _Series("gate_pass", GatePassIssued, "gate"),
        "TR": _Series("trace_request", TraceRequestMade, "trace_requests"),
        "IV": _Series("voucher", PaperIssued, "holders"),
        "DS": _Series("dossier", PaperIssued, "weapon"),
        "EX": _Series("extract", PaperIssued, "register"),
        "DA": _Series("deactivation_certificate", PaperIssued, "weapon"),
    }
)


@dataclass(frozen=True, slots=True)
class PaperIndex:
    """Finds papers by their numbers. Everything runs on the books lane."""

    books: Books
    keys: Keys

    def sealed(self, text: str) -> tuple[Summary, SealStanding] | None:
        """Return what the seal of a paper says and is worth; None where the text is no seal."""
        return read_summary(text, self._key_of)

    def find(self, text: str) -> FoundPaper | None:
        """Return the paper on record that bears a number, however it was scanned or typed."""
        number = _number(text)
        series = _SERIES.get(number[:2])
        if series is None:
            return None
        if series.fact is CustodyHandedOver:
            return self._handover(number)
        about = f'"{number}"'
        for reference in self.books.references(series.fact, about=about):
            if number in _numbers(reference):
                return self._found(series, number, reference)
        return None

    def _key_of(self, node: NodeId) -> bytes | None:
        """Return a node's public key; its id is the key's digest, whoever tells it."""
        if node == self.keys.node:
            return self.keys.public_key
        for reference in self.books.references(NodeFounded, NodeCertified):
            for body in (reference.opened, reference.now):
                if isinstance(body, NodeFounded | NodeCertified):
                    key = _bytes(body.public_key)
                    if node_id(key) == node:
                        return key
        return None

    def _found(self, series: _Series, number: str, reference: Reference) -> FoundPaper:
        argument = reference.subject
        opened = reference.opened
        if isinstance(opened, ReceiptSigned):
            argument = opened.holder or opened.signer or ""
        elif isinstance(opened, PaperIssued):
            argument = self._about(series, opened)
        return FoundPaper(series.kind, number, reference.subject, series.page, argument)

    def _about(self, series: _Series, issued: PaperIssued) -> str:
        """Return what a page shows of a paper that says by itself what it is about."""
        first = issued.about[0] if issued.about else ""
        if series.kind == "voucher":
            receipt = self.find(first)
            return receipt.argument if receipt is not None else ""
        return first if series.page == "weapon" else ""

    def _handover(self, number: str) -> FoundPaper | None:
        """Return the handover whose fact's hash the number ends with."""
        beginning = number[-_HASH:].lower()
        for reference in self.books.references(CustodyHandedOver):
            for head in reference.standing:
                body = head.body
                if isinstance(body, CustodyHandedOver) and head.hash.startswith(beginning):
                    page = _SERIES["HO"].page
                    return FoundPaper("handover", number, reference.subject, page, body.place)
        return None


def _bytes(digits: str) -> bytes:
    try:
        return bytes.fromhex(digits)
    except ValueError:
        return b""


def _number(text: str) -> str:
    """Return the number in its plain form, or "" where the text has another shape."""
    if len(text) > _NEVER_TOO_LONG:
        return ""
    number = _SPACES.sub("-", read_code(text).text.strip()).upper()
    return number if _NUMBER.fullmatch(number) else ""


def _numbers(reference: Reference) -> set[str]:
    """Return the numbers that a subject's facts bear: its opening, and those that stand."""
    bodies = [reference.opened, *(head.body for head in reference.standing)]
    return {
        body.cause if isinstance(body, InvestigationOpened) else str(getattr(body, "number", ""))
        for body in bodies
    }
