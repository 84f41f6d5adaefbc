"""Every command of the command line, and how one line is run.

Shared options may stand before or after a command.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import typer
from typer.core import TyperGroup

from stockpile import language
from stockpile.cli import (
    authority,
    backing_up,
    catalogue,
    checking,
    collecting,
    conflicts,
    correcting,
    counting,
    courier,
    custody,
    days,
    disposal,
    enrolling,
    exchange,
    extracting,
    gates,
    guard,
    holders,
    homes,
    importing,
    inspecting,
    investigations,
    issuing,
    journey,
    keys,
    labels,
    losses,
    machines,
    mark_layouts,
    marking,
    normalising,
    papers,
    people,
    persons,
    photos,
    places,
    printers,
    receiving,
    registry,
    scanners,
    schemes,
    simulate,
    trace_requests,
    tracing,
    transfers,
    witness,
)
from stockpile.cli.opening import Asked, default_home
from stockpile.cli.output import Output, exit_code
from stockpile.domain.errors import StockpileError

_WITH_VALUE = frozenset({"--home", "--as", "--passphrase-file", "--lang", "--witness", "--later"})
_FLAGS = frozenset({"--json"})


class DefaultGroup(TyperGroup):
    """A group whose first word may be an argument of its default command instead of a command."""

    def resolve_command(
        self,
        ctx: Any,  # noqa: ANN401 - Typer does not export its context's base class
        args: list[str],
    ) -> tuple[str | None, Any, list[str]]:
        """Return the named command, else the default one with all words."""
        if args[0] not in self.commands:
            args = ["do", *args]
        return super().resolve_command(ctx, args)

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:  # noqa: ANN401 - as above
        """Let options that come first belong to the default command."""
        if args and args[0] not in self.commands and args[0] != "--help":
            args = ["do", *args]
        return super().parse_args(ctx, args)


def command_line() -> typer.Typer:
    """Return the whole command line."""
    line = typer.Typer(
        no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False,
        help="Record, mark, label, count and account for weapons.",
    )  # fmt: skip
    line.callback()(_shared)
    for command in _COMMANDS:
        line.command(command.__name__.rstrip("_"))(command)
    for name, group in _GROUPS.items():
        line.add_typer(group, name=name)
    for name, (group, help_text) in _DEFAULTED.items():
        line.add_typer(group, name=name, cls=DefaultGroup, help=help_text)
    return line


@cache
def _command() -> Callable[..., Any]:
    """Return the command line ready to be called; reading its hundred commands takes a while."""
    return typer.main.get_command(command_line())


def main(argv: Sequence[str] | None = None) -> None:
    """Run one command and exit with its code; never a traceback for an expected error."""
    words = hoisted(sys.argv[1:] if argv is None else argv)
    output = Output("--json" in words)
    try:
        _command()(args=words, prog_name="stockpile")
    except StockpileError as error:
        output.error(error)
        sys.exit(exit_code(error))


def hoisted(argv: Sequence[str]) -> list[str]:
    """Return the words with shared options moved to the front, wherever they were written."""
    front: list[str] = []
    rest: list[str] = []
    words = iter(argv)
    for word in words:
        name, _, value = word.partition("=")
        if word == "--":
            rest.extend((word, *words))
        elif word in _FLAGS:
            front.append(word)
        elif name in _WITH_VALUE:
            front.extend((name, value or next(words, "")))
        else:
            rest.append(word)
    return [*front, *rest]


def _shared(
    ctx: typer.Context,
    home: Path | None = typer.Option(None, help="Folder of the stockpile (else STOCKPILE_HOME)."),
    json: bool = typer.Option(False, "--json", help="Answer in JSON."),
    officer: str = typer.Option("", "--as", help="Officer who acts (PIN: STOCKPILE_PIN)."),
    passphrase_file: Path | None = typer.Option(
        None, help="File that holds the store's passphrase."
    ),
    lang: str = typer.Option("", help="Language of messages."),
    witness: str = typer.Option("", help="Second officer (PIN: STOCKPILE_WITNESS_PIN)."),
    later: str = typer.Option(
        "", help="A second officer confirms later (guard confirm); why, where an act may wait."
    ),
) -> None:
    language.use_language(lang or language.environment_language())
    ctx.obj = Asked(home or default_home(), Output(json), officer, passphrase_file, witness, later)


_COMMANDS = (
    homes.init, homes.demo, importing.import_, receiving.register, receiving.correct,
    receiving.move, receiving.readback, tracing.find, tracing.show, exchange.sync, exchange.status,
    checking.check, checking.rebuild, issuing.return_,
    correcting.merge, correcting.part, correcting.distinct, correcting.withdraw,
    correcting.reinstate, correcting.inspect, papers.paper,
    backing_up.restore, custody.handover, custody.repair,
    disposal.deactivate, simulate.simulate, journey.journey,
    normalising.normalise,
)  # fmt: skip
_GROUPS = {
    "place": places.group, "machine": machines.group, "officer": people.group,
    "printer": printers.group, "scanner": scanners.group,
    "holder": holders.group,
    "person": persons.group,
    "scheme": schemes.scheme_group, "numbers": schemes.numbers_group, "registry": registry.group,
    "conflict": conflicts.group, "component": correcting.component_group,
    "catalogue": catalogue.group, "count": counting.group,
    "investigation": investigations.group, "photo": photos.group, "day": days.day_group,
    "head": days.head_group, "inspection": inspecting.group, "kit": custody.kit_group,
    "transfer": transfers.group, "courier": courier.group,
    "loss": losses.group, "hotlist": losses.hot_group, "layout": mark_layouts.group,
    "gate": gates.group, "destroy": disposal.group, "trace": trace_requests.group,
    "authority": authority.group, "enrol": enrolling.group,
    "keys": keys.group, "guard": guard.group, "witness": witness.group,
}  # fmt: skip
_DEFAULTED = {
    "backup": (
        backing_up.group,
        "Write a backup; list, check, prune, preview, restore; choose where they go.",
    ),
    "mark": (marking.mark_group, "Mark weapons; verify, resolve and list marking jobs."),
    "export": (extracting.group, "Copy the register out, or the whole ledger for a verifier."),
    "label": (labels.label_group, "Print labels; list stocks and runs; fit a printer."),
    "collect": (
        collecting.collect_group,
        "Take in what people hand in; list it; draw its receipts.",
    ),
    "issue": (issuing.issue_group, "Hand weapons out; list what is out; prove a receipt."),
}
