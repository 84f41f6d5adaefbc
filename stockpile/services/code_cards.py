"""Cards of codes to scan: the commands that hang at the rack, and how a scanner is set up."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Final, Literal, Protocol

from stockpile.domain.command_codes import COMMANDS, Command
from stockpile.domain.people import Officer
from stockpile.domain.scanner_trials import TRIAL_LINE, TRIAL_MATRIX
from stockpile.language import _, isolated

CardName = Literal["commands", "scanner"]


@dataclass(frozen=True, slots=True)
class CodeRow:
    """A row of a card: what it is, what it means, and its code; a row may have none."""

    title: str
    words: str
    code: str = ""
    symbol: Literal["code128", "matrix"] = "code128"


@dataclass(frozen=True, slots=True)
class CodeCard:
    """A card: its title, a sentence, and its rows from the top."""

    title: str
    words: str
    rows: tuple[CodeRow, ...]


class CardPress(Protocol):
    """Draws cards of codes."""

    def draw(self, card: CodeCard, file: Path) -> Path:
        """Draw a card, read its codes back, and only then put it in its place.

        Raises PaperMisread, LabelUnprintable, DiskFull, DiskTrouble.
        """
        ...


@dataclass(frozen=True, slots=True)
class CodeCards:
    """The cards of codes of this program."""

    press: CardPress

    def print(self, name: CardName, file: Path) -> Path:
        """Draw a card in the language in use."""
        card = command_card() if name == "commands" else scanner_sheet()
        return self.press.draw(card, file)

    def print_badge(self, officer: Officer, badge: str, site: str, file: Path) -> Path:
        """Draw an officer's badge; its text stands on the card and nowhere else."""
        return self.press.draw(badge_card(officer, badge, site), file)


_COMMANDS: Final[Mapping[Command, tuple[Callable[[], str], Callable[[], str]]]] = MappingProxyType(
    {
        "undo": (
            lambda: _("Undo"),
            lambda: _("Takes the last step back. A reading of a count stays: it is evidence."),
        ),
        "repeat": (
            lambda: _("Say it again"),
            lambda: _("Shows what the last scan came to once more, and lets it be heard."),
        ),
        "next_rack": (
            lambda: _("Next rack"),
            lambda: _("Leaves this rack. In a count, goes on with the rack after it."),
        ),
        "close": (
            lambda: _("Close"),
            lambda: _("Ends what is being done: the rack, the count, the hand-over."),
        ),
        "print_last": (
            lambda: _("Print the last label"),
            lambda: _("Prints the label of the weapon that was scanned last."),
        ),
    }
)


def command_card() -> CodeCard:
    """Return the card of commands, in the order in which they are known."""
    rows = tuple(
        CodeRow(_COMMANDS[command][0](), _COMMANDS[command][1](), code)
        for code, command in COMMANDS.items()
    )
    said = _("Hang this card where you scan. A command is scanned as a label is.")
    return CodeCard(_("Commands for the scanner"), said, rows)


def badge_card(officer: Officer, badge: str, site: str) -> CodeCard:
    """Return the badge of an officer: the name, and the same code as bars and as a square."""
    said = _(
        "Officer of {site}. Scan it at a desk to say who you are; the PIN is asked all the same."
        " Report it at once when it is lost: another one takes its place."
    )
    rows = (
        CodeRow(_("Badge as bars"), _("For scanners of bars"), badge),
        CodeRow(_("Badge as a square"), _("For scanners that read both"), badge, "matrix"),
    )
    return CodeCard(isolated(officer.name), said.format(site=isolated(site)), rows)


def scanner_sheet() -> CodeCard:
    """Return the sheet by which a handheld scanner is set up and tried."""
    said = _(
        "Set these up with the codes in your scanner's own guide; each maker has others. Then open"
        " Settings, Scanner, and scan the two codes below into the field there."
    )
    rows = (
        CodeRow(
            _("1. Enter after each code"),
            _("Suffix: Enter, also called CR or carriage return. Without it nothing is taken."),
        ),
        CodeRow(
            _("2. The keyboard of this computer"),
            _(
                "Country or keyboard layout: the one that this computer types with. Set for"
                " another one, letters and signs come out wrong and nobody notices."
            ),
        ),
        CodeRow(
            _("3. The kind of symbol before the text"),
            _(
                "AIM identifier: on, where the scanner can. It tells a label of yours from a"
                " maker's code. It works without as well."
            ),
        ),
        CodeRow(
            _("4. These symbols"),
            _("Code 128, Data Matrix, Code 39 and QR Code: on. No conversion to capitals."),
        ),
        CodeRow(
            _("Try the bars"),
            _("This must come out: {text}").format(text=isolated(TRIAL_LINE)),
            TRIAL_LINE,
        ),
        CodeRow(
            _("Try the square"),
            _("This must come out: {text}").format(text=isolated(TRIAL_MATRIX)),
            TRIAL_MATRIX,
            "matrix",
        ),
    )
    return CodeCard(_("Setting up a scanner"), said, rows)
