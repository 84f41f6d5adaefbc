"""Commands for what a mark says and which numbers are left: scheme, numbers."""

from __future__ import annotations

from dataclasses import asdict, replace
from typing import Any, Final, TypeVar, cast, get_args

import typer

from stockpile.cli.opening import asked, opened, seconded, signed_in
from stockpile.domain.blocks import ASKED, HeldBlock
from stockpile.domain.errors import FieldUnreadable, StockpileError
from stockpile.domain.facts import MarkingReason, SchemeSet, SchemeWord
from stockpile.domain.schemes import CHECK_SYSTEMS, draws_number
from stockpile.domain.seed_schemes import MOSAIC_IMPORT_FULL
from stockpile.domain.values import SchemeId
from stockpile.language import _, ngettext
from stockpile.services.stockpile import Stockpile
from stockpile.wording import instant

scheme_group = typer.Typer(no_args_is_help=True, help="Marking schemes.")
numbers_group = typer.Typer(no_args_is_help=True, help="Marking numbers of this node.")

_SCHEME: Final = typer.Argument(MOSAIC_IMPORT_FULL, help="The scheme.")
_MICRO: Final = 1_000

Choice = TypeVar("Choice", bound=str)


@scheme_group.command("list")
def scheme_list(ctx: typer.Context) -> None:
    """List the marking schemes, each with an example."""
    with opened(ctx) as stockpile:
        found = [(id_, body, _example(stockpile, body)) for id_, body in stockpile.schemes.all()]
    values = [{"id": id_, **asdict(body), "example": example} for id_, body, example in found]
    cells = [(id_, body.name, body.pattern, example) for id_, body, example in found]
    columns = (_("Scheme"), _("Name"), _("Pattern"), _("Example"))
    asked(ctx).output.rows(values, columns, cells)


@scheme_group.command("show")
def scheme_show(ctx: typer.Context, scheme: str = _SCHEME) -> None:
    """Show one marking scheme."""
    with opened(ctx) as stockpile:
        body = stockpile.schemes.scheme(SchemeId(scheme))
        _say(ctx, stockpile, SchemeId(scheme), body)


@scheme_group.command("set")
def scheme_set(
    ctx: typer.Context,
    scheme: str = typer.Argument(help="Its id: capitals, digits and underscores."),
    name: str = typer.Option("", help="What people call it."),
    pattern: str = typer.Option("", help="For example: {star} {iso2} {force} {seq}"),
    digits: int = typer.Option(0, help="Digits of the number."),
    country: str = typer.Option("", help="The country whose scheme it is, by two letters."),
    component: str = typer.Option("", help="The part that must bear it."),
    also: list[str] = typer.Option([], help="A part that should bear it too; several times."),
    position: list[str] = typer.Option([], help="A spot where it may stand; several times."),
    polymer: str = typer.Option("", help="plate, plate_or_two or refuse."),
    reason: list[str] = typer.Option([], help="A reason of marking; several times."),
    word: list[str] = typer.Option([], help="PART=TEXT or PART=TEXT=NAME; several times."),
    check_system: str = typer.Option("", help="mod_11_10, mod_37_36, mod_97_10, mod_1271_36."),
    height: float = typer.Option(0.0, help="Least height of its characters in mm."),
    depth: float = typer.Option(0.0, help="Least depth in mm."),
    source: str = typer.Option("", help="The law or paper that it comes from."),
) -> None:
    """Make a scheme, or its next version; what is not named stays as it was.

    A scheme by which something was marked is not edited: the change becomes its next version.
    """
    id_ = SchemeId(scheme)
    told: dict[str, Any] = {
        "name": name,
        "pattern": pattern,
        "digits": digits,
        "country": country.upper(),
        "component": component,
        "also": tuple(also),
        "positions": tuple(position),
        "polymer": _one_of(polymer, ("plate", "plate_or_two", "refuse"), "polymer"),
        "reasons": tuple(_one_of(one, get_args(MarkingReason), "reason") for one in reason),
        "words": tuple(map(_word, word)),
        "check_system": _one_of(check_system, CHECK_SYSTEMS, "check"),
        "min_height_um": round(height * _MICRO),
        "min_depth_nm": round(depth * _MICRO * _MICRO),
        "source": source,
    }
    with opened(ctx) as stockpile:
        by = signed_in(ctx, stockpile)
        known = dict(stockpile.schemes.all()).get(id_)
        body = replace(known or SchemeSet("", ""), **{key: one for key, one in told.items() if one})
        if known is not None and stockpile.schemes.is_used(id_) and body != known:
            body = replace(body, version=known.version + 1)
        stockpile.schemes.set(id_, body, by=by, witness=seconded(ctx, stockpile))
        _say(ctx, stockpile, id_, stockpile.schemes.scheme(id_))


@scheme_group.command("retire")
def scheme_retire(ctx: typer.Context, scheme: str = typer.Argument(help="The scheme.")) -> None:
    """Take a scheme out of use; what was marked by it stands."""
    with opened(ctx) as stockpile:
        by, second = signed_in(ctx, stockpile), seconded(ctx, stockpile)
        stockpile.schemes.retire(SchemeId(scheme), by=by, witness=second)
        _say(ctx, stockpile, SchemeId(scheme), stockpile.schemes.scheme(SchemeId(scheme)))


@scheme_group.command("add-shipped")
def scheme_add_shipped(ctx: typer.Context) -> None:
    """Put the schemes that ship with the program, and are missing here, on record."""
    with opened(ctx) as stockpile:
        offered = stockpile.schemes.offered()
        by, second = signed_in(ctx, stockpile), seconded(ctx, stockpile)
        stockpile.schemes.add_offered(by=by, witness=second)
    shown = ngettext("{count} scheme added.", "{count} schemes added.", len(offered))
    value = {"added": [id_ for id_, _body in offered]}
    asked(ctx).output.result(value, shown.format(count=len(offered)))


@numbers_group.command("show")
def numbers_show(ctx: typer.Context, scheme: str = _SCHEME) -> None:
    """Show how many marking numbers are left, and the next mark."""
    with opened(ctx) as stockpile:
        _say_numbers(ctx, stockpile, SchemeId(scheme))


@numbers_group.command("request")
def numbers_request(
    ctx: typer.Context,
    scheme: str = _SCHEME,
    count: int = typer.Option(ASKED, help="How many."),
    registry: str = typer.Option("", help="Address of the registry, if there are several."),
) -> None:
    """Ask the registry for numbers; they come in the same exchange."""
    with opened(ctx) as stockpile:
        by = signed_in(ctx, stockpile)
        stockpile.people.demand(by, "sync")
        stockpile.numbers.ask(SchemeId(scheme), count)
        stockpile.exchange.sync(registry or None, by=by)
        _say_numbers(ctx, stockpile, SchemeId(scheme))


@numbers_group.command("grant")
def numbers_grant(
    ctx: typer.Context,
    scheme: str = _SCHEME,
    count: int = typer.Option(..., help="How many."),
    node: str = typer.Option("", help="The node that gets them, by its id."),
    machine: str = typer.Option("", help="The machine of this node that gets them, by its name."),
) -> None:
    """Cut numbers out of an own block, for another node or for one machine."""
    with opened(ctx) as stockpile:
        by = signed_in(ctx, stockpile)
        numbers = stockpile.numbers
        numbers.give(SchemeId(scheme), count, by=by, node=node, machine=machine)
        _say_numbers(ctx, stockpile, SchemeId(scheme))


@numbers_group.command("give-back")
def numbers_give_back(ctx: typer.Context, scheme: str = _SCHEME) -> None:
    """Send every unused number of a scheme home; they are never used nor granted again."""
    with opened(ctx) as stockpile:
        stockpile.numbers.give_back(SchemeId(scheme), by=signed_in(ctx, stockpile))
        _say_numbers(ctx, stockpile, SchemeId(scheme))


def _say(ctx: typer.Context, stockpile: Stockpile, scheme: SchemeId, body: SchemeSet) -> None:
    value = {"id": scheme, **asdict(body), "example": _example(stockpile, body)}
    shown = "\n".join(f"{name}: {one}" for name, one in value.items())
    asked(ctx).output.result(value, shown)


def _example(stockpile: Stockpile, body: SchemeSet) -> str:
    """Return an example of the mark, "" where this home's country cannot make one."""
    try:
        return stockpile.schemes.preview(body)
    except StockpileError:
        return ""


def _say_numbers(ctx: typer.Context, stockpile: Stockpile, scheme: SchemeId) -> None:
    numbers, body = stockpile.numbers, stockpile.schemes.scheme(scheme)
    left, draws = numbers.left(scheme), draws_number(body)
    shown_next = left or not draws
    text = stockpile.schemes.preview(body, number=numbers.next(scheme)) if shown_next else ""
    value = {
        "scheme": scheme, "left": left, "next": text, "low": numbers.low(scheme),
        "blocks": [_block(one) for one in numbers.blocks(scheme)],
    }  # fmt: skip
    shown = _("{left} numbers left; the next mark is {next}.").format(left=left, next=text)
    asked(ctx).output.result(value, shown)


def _block(block: HeldBlock) -> dict[str, object]:
    return {
        "lo": block.lo, "hi": block.hi, "used": block.used, "left": block.left,
        "until": instant(block.until) if block.until else "", "machine": block.machine,
        "state": block.state,
    }  # fmt: skip


def _word(text: str) -> SchemeWord:
    """Return a word from ``force=POL=Police``; raise FieldUnreadable for one without a part."""
    part, equals, rest = text.partition("=")
    if not equals:
        raise FieldUnreadable("word", text)
    cut, _equals, name = rest.partition("=")
    return SchemeWord(part.strip(), cut.strip(), name.strip())


def _one_of(text: str, known: tuple[Choice, ...], field: str) -> Choice:
    """Return one of our words, "" for none; raise FieldUnreadable for another."""
    if text and text not in known:
        raise FieldUnreadable(field, text)
    return cast("Choice", text)
