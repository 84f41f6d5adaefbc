"""What a scan says beside what it names: of its label, and of a paper."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

from stockpile import wording
from stockpile.language import _, isolated
from stockpile.services.paper_index import PaperKind
from stockpile.services.scanning import Scanned

_DAY: Final = 10


def label_title(scanned: Scanned) -> str:
    """Return in a few words what is wrong with the label; of one in order, nothing."""
    if scanned.label == "foreign":
        return _("Not our label") if _is_label(scanned) else _("Not our paper")
    return _("Replaced label") if scanned.label == "void" else ""


def label_sentence(scanned: Scanned) -> str:
    """Return what is wrong with the label and what to do; of one in order, nothing."""
    if scanned.label == "void":
        day = isolated(wording.instant(scanned.replaced)[:_DAY])
        return _("This label was replaced on {date}; take it off and destroy it.").format(date=day)
    if scanned.label == "foreign" and not _is_label(scanned):
        return _(
            "The seal on this paper is forged: nobody here drew it. Compare it with the record and"
            " tell the registrar."
        )
    if scanned.label == "foreign":
        return _(
            "It looks like one of our labels, but its seal is not ours: nobody here printed it."
            " Compare the serial number and tell the registrar."
        )
    return ""


def _is_label(scanned: Scanned) -> bool:
    return scanned.kind in ("weapon", "place")


def paper_kind(kind: PaperKind) -> str:
    """Return what people call a kind of paper."""
    return _KINDS[kind]()


def document_sentence(scanned: Scanned) -> str:
    """Return what paper was scanned; nothing where it was none."""
    paper = scanned.document
    if paper is None:
        return ""
    said = _("{kind} {number}")
    return said.format(kind=paper_kind(paper.kind), number=isolated(paper.number))


_KINDS: Final[Mapping[PaperKind, Callable[[], str]]] = MappingProxyType(
    {
        "hand_receipt": lambda: _("Hand receipt"),
        "return_receipt": lambda: _("Return receipt"),
        "waybill": lambda: _("Waybill"),
        "loss_report": lambda: _("Loss report"),
        "count_sheet": lambda: _("Count"),
        "handover": lambda: _("Handover of custody"),
        "destruction_order": lambda: _("Destruction list"),
        "destruction_certificate": lambda: _("Certificate of destruction"),
        "collection_receipt": lambda: _("Collection receipt"),
        "gate_pass": lambda: _("Gate pass"),
        "trace_request": lambda: _("Trace request"),
        "voucher": lambda: _("Voucher"),
        "dossier": lambda: _("Weapon dossier"),
        "extract": lambda: _("Register extract"),
        "deactivation_certificate": lambda: _("Certificate of deactivation"),
    }
)
