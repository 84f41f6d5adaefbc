"""Marking machines in words: makers' names, what a machine proves and what not, its layouts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from stockpile.domain.commissioning import Standing
from stockpile.language import _, isolated, ngettext
from stockpile.services.ports import Capabilities
from ui.pages.standing import joined
from ui.theme import Tone
from ui.view_models.settings import USUAL_LAYOUT

Said = Callable[[], str]

_DRIVERS: Mapping[str, Said] = MappingProxyType(
    {
        "tl07": lambda: _("Gravotech, Technifor (TL07)"),
        "telesis": lambda: _("Telesis (extended protocol)"),
        "infosight": lambda: _("InfoSight"),
        "sic": lambda: _("SIC Marking e8, e10 (text)"),
        "couth": lambda: _("Couth MC2000 (on trial)"),
        "panasonic": lambda: _("Panasonic LP laser"),
        "keyence": lambda: _("Keyence MD-X laser"),
        "grbl": lambda: _("GRBL engraver"),
        "scanner_string": lambda: _("One-way text, as from a scanner"),
        "by_hand": lambda: _("By hand: no cable"),
    }
)
_METHODS: Mapping[str, Said] = MappingProxyType(
    {
        "dot_peen": lambda: _("Dot peen"),
        "scribe": lambda: _("Scribe"),
        "laser": lambda: _("Laser"),
    }
)
METHODS = tuple(_METHODS)
LASERS = frozenset({"panasonic", "keyence"})
PLACES: Mapping[str, str] = MappingProxyType(
    {
        "telesis": "/dev/ttyUSB0, COM4, listen://0.0.0.0:4001",
        "scanner_string": "COM4?start=:&end=crlf",
    }
)
USUAL_PLACE = "/dev/ttyUSB0, COM4, socket://host:4001"
USUAL: Mapping[str, str] = MappingProxyType(
    {
        "tl07": USUAL_LAYOUT,
        "telesis": "STOCKPILE",
        "infosight": "1",
        "sic": "STOCKPILE:MARK",
        "couth": "text",
        "panasonic": "0",
        "keyence": "0",
    }
)
"""The layout that a machine is asked for where none is named; other drivers have none."""

_LAYOUTS: Mapping[str, Said] = MappingProxyType(
    {
        "telesis": lambda: _("The name of the pattern."),
        "infosight": lambda: _("The number of the buffer."),
        "sic": lambda: _(
            "File and variable, as UGA:SERIAL; for a text with spaces a variable for each part, as"
            " UGA:ISO2,YEAR,SERIAL."
        ),
        "couth": lambda: _(
            "Lines with ; between: text height=160 x=1000; matrix x=200. In the machine's own unit."
        ),
        "panasonic": lambda: _("The number of the file."),
        "keyence": lambda: _("The number of the job, or job and block, as 7,003."),
        "scanner_string": lambda: _(
            "Behind the address stands what is about a text: start and end (cr, lf, crlf, tab, stx,"
            " etx or a sign), and blank=never where an empty text does harm."
        ),
        "by_hand": lambda: _(
            "The screen shows what to set and where; a person types it at the machine, starts it,"
            " and blanks the text when the mark is read."
        ),
        "grbl": lambda: _("Each dot or stroke of our own layout is sent."),
    }
)

_STANDINGS: Mapping[Standing, tuple[Said, Tone]] = MappingProxyType(
    {
        "not_begun": (lambda: _("Not commissioned"), Tone.WARN),
        "failed": (lambda: _("A step failed"), Tone.BAD),
        "too_small": (lambda: _("Mark too small"), Tone.BAD),
        "open": (lambda: _("Steps are open"), Tone.WARN),
        "passed": (lambda: _("Commissioned"), Tone.OK),
    }
)


def driver_name(driver: str) -> str:
    """Return what people call the machines of a driver."""
    return _DRIVERS[driver]() if driver in _DRIVERS else driver


def method_name(method: str) -> str:
    """Return how a machine marks, in words."""
    return _METHODS[method]()


def layout_help(driver: str) -> str:
    """Return what a driver's layout is written like; nothing where it is a file's name."""
    return _LAYOUTS[driver]() if driver in _LAYOUTS else ""


def standing_words(standing: Standing) -> tuple[str, Tone]:
    """Return how a commissioning stands, and its tone."""
    said, tone = _STANDINGS[standing]
    return said(), tone


def proofs(can: Capabilities) -> tuple[tuple[bool, str], ...]:
    """Return what a machine can prove, each with whether it can."""
    start, end, last = 1, 2, 4  # levels of evidence, machine protocol notes §4
    return (
        (can.can_read_back, _("It gives its text back before and after the mark")),
        (can.evidence >= start, _("It says whether it took the start")),
        (can.evidence >= end, _("It says or shows that the mark is made")),
        (can.evidence >= last, _("It tells which text it marked last")),
        (can.can_abort, _("It can be stopped from here")),
    )


def consequence(can: Capabilities) -> str:
    """Return what follows from what a machine can prove."""
    if can.by_hand:
        return _("Nothing but the read-back proves a mark: each one is read.")
    if can.beta:
        return _("On trial: nobody here has heard this machine answer. Each mark is read back.")
    if can.scan_always:
        return _("The machine proves too little: each mark is read back.")
    return _("Marks are read back as often as set, and each one that is in doubt.")


def proof_in_short(can: Capabilities) -> str:
    """Return the proof of a machine in one line."""
    levels = (
        _("Proves nothing by itself"), _("Proves the start"), _("Proves start and end"),
        _("Proves start, end and text"), _("Proves start, end, text and the last mark"),
    )  # fmt: skip
    return levels[can.evidence]


def sendable(can: Capabilities) -> str:
    """Return which texts a machine takes."""
    scripts = [
        name
        for name, letter in ((_("Latin"), "A"), (_("Greek"), "Ω"), (_("Cyrillic"), "Ж"))
        if letter in can.alphabet
    ]
    said = ngettext(
        "Up to {count} character; letters: {scripts}.",
        "Up to {count} characters; letters: {scripts}.",
        can.longest_text,
    )
    count = isolated(str(can.longest_text))
    return said.format(count=count, scripts=joined(*scripts))
