"""Label printers in words: their languages, where they are, and what became of a label."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

from stockpile import wording
from stockpile.domain.label_printers import PrinterKind
from stockpile.language import _, isolated
from stockpile.services.ports import LabelOutcome, PrinterState
from ui.theme import Ink, Tone

_KINDS: Final[Mapping[PrinterKind, Callable[[], str]]] = MappingProxyType(
    {
        "zpl": lambda: _("ZPL (Zebra and alike)"),
        "tspl": lambda: _("TSPL (TSC and alike)"),
        "escpos": lambda: _("ESC/POS (receipt printers)"),
    }
)
_QUESTION_MARKS: Final = ("?", "\N{ARABIC QUESTION MARK}", "\N{FULLWIDTH QUESTION MARK}")
PLACE: Final = "socket://10.0.0.7:9100"
"""An address as an example: most label printers are in the network."""


def kind_name(kind: PrinterKind) -> str:
    """Return what a language is called, with whose printers speak it."""
    return _KINDS[kind]()


def kind_help(kind: str) -> str:
    """Return what a person should know of a language before trusting it."""
    helps = {
        "zpl": _("It tells when a label is out. Out of labels, it says nothing at all."),
        "tspl": _("It tells why it stands. A label is out when it was seen at work."),
        "escpos": _("The whole label goes as a picture: slow over a serial port."),
    }
    return helps.get(kind, "")


def state_words(state: PrinterState) -> str:
    """Return how a printer is, as a sentence."""
    said = wording.printer_state(state.standing, state.troubles)
    said = said[:1].upper() + said[1:]
    if state.said:
        return _("{state}: {who}.").format(state=said, who=isolated(state.said))
    return said if said.endswith(_QUESTION_MARKS) else _("{state}.").format(state=said)


def state_ink(state: PrinterState) -> Ink:
    """Return the colour of a state's words."""
    if state.standing in ("ready", "busy"):
        return Ink.OK
    return Ink.WARN if state.standing == "mute" else Ink.BAD


def state_tone(state: PrinterState) -> Tone:
    """Return the tone of a state's chip."""
    if state.standing in ("ready", "busy"):
        return Tone.OK
    return Tone.WARN if state.standing == "mute" else Tone.BAD


def outcome_words(outcome: LabelOutcome) -> tuple[str, Ink]:
    """Return what became of a label on trial, and the colour of the words."""
    if outcome.ended == "printed":
        return _("The printer told that the label is out. Scan it: it names nothing here."), Ink.OK
    if outcome.ended == "untold":
        return _("It was sent. This printer tells nothing: look whether it came out."), Ink.WARN
    words = _("It may have come out or not: look. {state}")
    return words.format(state=state_words(outcome.state)), Ink.WARN
