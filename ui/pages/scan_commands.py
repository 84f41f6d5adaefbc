"""The command card at a page where one scans: what is said with the scanner in the hand.

A command does what a key or a button of the page does. One that means nothing there, or finds
nothing to do, says so: whoever holds the scanner may not see the screen well.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

from stockpile.domain.command_codes import Command, read_command
from stockpile.language import _
from ui.widgets.scan_result import Outcome, Result, ScanResult

Act = Callable[[], bool | None]
"""What a command does; False where there was nothing to do."""

_NAMES: Final[Mapping[Command, Callable[[], str]]] = MappingProxyType(
    {
        "undo": lambda: _("Undo"),
        "repeat": lambda: _("Say it again"),
        "next_rack": lambda: _("Next rack"),
        "close": lambda: _("Close"),
        "print_last": lambda: _("Print the last label"),
    }
)


def command_name(command: Command) -> str:
    """Return what a command is called."""
    return _NAMES[command]()


class ScanCommands:
    """The commands of one page, answered in its banner."""

    def __init__(self, banner: ScanResult, acts: Mapping[Command, Act]) -> None:
        self._banner, self._acts = banner, acts

    def took(self, text: str) -> bool:
        """Obey a command that was scanned; say whether it was one."""
        command = read_command(text)
        if not command:
            return False
        if command == "repeat":
            self._repeat()
            return True
        act = self._acts.get(command)
        if act is None:
            self._say(command, _("It means nothing here. Nothing was changed."), Outcome.REFUSED)
        elif act() is False:
            self._say(command, _("There is nothing to do. Nothing was changed."), Outcome.TWICE)
        return True

    def _repeat(self) -> None:
        """Show the last answer once more, so that it is heard again."""
        last = self._banner.result
        if last is None:
            self._say("repeat", _("Nothing was scanned yet."), Outcome.TWICE)
        else:
            self._banner.show()
            self._banner.show_result(last)

    def _say(self, command: Command, sentence: str, outcome: Outcome) -> None:
        self._banner.show()
        self._banner.show_result(Result(outcome, command_name(command), "", sentence))
