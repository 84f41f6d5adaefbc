"""What the pages of transfers say: of a scan, of what was sent, of what one should know first."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType

from stockpile import wording
from stockpile.domain.arrivals import Verdict
from stockpile.domain.transfers import Caution
from stockpile.language import _, isolated
from stockpile.services.couriers import Packed
from ui.pages.scan_labels import paper_result, with_label
from ui.view_models.transfer_receiving import Checked
from ui.view_models.transfer_sending import Came, Heard, Sent
from ui.widgets.scan_result import Outcome, Result


def heard_result(heard: Heard, count: int) -> Result:
    """Return what a scan came to, as it is read across the room and heard."""
    if heard.scanned is not None and heard.scanned.document is not None:
        return paper_result(heard.scanned)
    return with_label(_heard_result(heard, count), heard.scanned)


def _heard_result(heard: Heard, count: int) -> Result:
    line = heard.line
    serial = (line.serial or line.number) if line else heard.text
    outcome, title, sentence = _RESULTS[heard.came]
    said = sentence() or (isolated(line.model) if line else "")
    if heard.error is not None:
        said = wording.error_sentence(heard.error)
    return Result(outcome, title().format(count=count), serial, said)


_RESULTS: Mapping[Came, tuple[Outcome, Callable[[], str], Callable[[], str]]] = MappingProxyType(
    {
        "added": (Outcome.FOUND, lambda: _("Goes along: {count}"), str),
        "twice": (Outcome.TWICE, lambda: _("Already on the list"), str),
        "alarm": (
            Outcome.ALARM,
            lambda: _("Reported lost or stolen"),
            lambda: _("Do not hand it over. Keep it here and call your commander."),
        ),
        "refused": (Outcome.REFUSED, lambda: _("It cannot leave"), str),
        "several": (
            Outcome.UNEXPECTED,
            lambda: _("Several weapons have this serial"),
            lambda: _("Scan its label, or type its registry number."),
        ),
        "other": (Outcome.TWICE, lambda: _("This is no weapon's code"), str),
        "unknown": (
            Outcome.REFUSED,
            lambda: _("Not on record"),
            lambda: _("It stands on no record. Enter it first."),
        ),
    }
)


def checked_result(checked: Checked, received: str) -> Result:
    """Return what a scan at the lorry came to; ``received`` says how many are here."""
    if checked.scanned is not None and checked.scanned.document is not None:
        return paper_result(checked.scanned)
    return with_label(_checked_result(checked, received), checked.scanned)


def _checked_result(checked: Checked, received: str) -> Result:
    scan, line = checked.scan, checked.line
    serial = (line.serial or line.number) if line else scan.text
    if checked.is_alarm:
        said = _("Keep it here and call your commander.")
        return Result(Outcome.ALARM, _("Reported lost or stolen"), serial, said)
    if checked.several:
        said = _("Scan its label, or type its registry number.")
        return Result(Outcome.UNEXPECTED, _("This names no single weapon"), scan.text, said)
    outcome, title, sentence = _VERDICTS[scan.verdict]
    shown = scan.text if scan.verdict == "wrong" else serial
    words = received if scan.verdict == "received" else title()
    about = isolated(line.model) if line else ""
    return Result(outcome, words, shown, sentence() or about)


_VERDICTS: Mapping[Verdict, tuple[Outcome, Callable[[], str], Callable[[], str]]]
_VERDICTS = MappingProxyType(
    {
        "received": (Outcome.FOUND, str, str),
        "twice": (Outcome.TWICE, lambda: _("Scanned already"), str),
        "over": (
            Outcome.MISPLACED,
            lambda: _("Not on the list"),
            lambda: _("It is on record and not on this list. It is noted, and investigated."),
        ),
        "wrong": (
            Outcome.UNEXPECTED,
            lambda: _("Wrong weapon"),
            lambda: _("Another weapon came in place of the one on the list."),
        ),
        "unknown": (
            Outcome.UNEXPECTED,
            lambda: _("Not on record"),
            lambda: _("It stands on no record. It is noted, and investigated."),
        ),
    }
)


def caution_sentences(cautions: Sequence[Caution]) -> list[str]:
    """Return what is said aloud before signing; a due date left open is no alarm."""
    return [_CAUTIONS[one]() for one in cautions if one in _CAUTIONS]


_CAUTIONS: Mapping[Caution, Callable[[], str]] = MappingProxyType(
    {
        "explosive_with_weapons": lambda: _(
            "Attention: weapons with explosive content are stored as ammunition and travel apart"
            " from other weapons."
        ),
        "part_unsealed": lambda: _("Attention: a part that travels apart has no seal."),
    }
)


def sent_sentence(sent: Sent) -> str:
    """Return where the papers of a shipment are, and what its courier file needs."""
    if sent.packed is None and sent.error is None:
        return _("The waybill is drawn. The courier file was stopped; write it from the board.")
    if sent.packed is None:
        why = wording.error_sentence(sent.error) if sent.error else ""
        return _("The waybill is drawn, the courier file is not: {why}").format(why=why)
    return packed_sentence(sent.packed)


def packed_sentence(packed: Packed) -> str:
    """Return where a courier file is, and how it opens."""
    where = _("Courier file: {file}").format(file=isolated(str(packed.file)))
    if packed.words:
        words = _("It opens with the words on the waybill: {words}")
        return f"{where} {words.format(words=isolated(packed.words))}"
    return where
