"""Commands of the conflict room: list what contradicts itself, show a card, settle it."""

from __future__ import annotations

from collections.abc import Iterable

import typer

from stockpile import conflict_words, wording
from stockpile.cli.opening import SHOWN_OF_A_NUMBER, asked, opened, seconded, signed_in, waits
from stockpile.domain.cards import Card, Side
from stockpile.domain.ledger import entry_hash, read_header
from stockpile.domain.values import NodeId, PlaceId, WeaponId
from stockpile.language import _
from stockpile.record_words import local_moment
from stockpile.services.conflict_room import MOST_SHOWN, OpenCard
from stockpile.services.ports import RegisterRow
from stockpile.services.stockpile import Stockpile
from stockpile.wording import Names

group = typer.Typer(no_args_is_help=True, help="Where facts contradict each other, and settling.")


@group.command("list")
def list_(
    ctx: typer.Context,
    kind: str = typer.Option("", "--class", help="Only of this class, such as custody_fork."),
    weapon: str = typer.Option("", help="Only about this weapon: its number or serial."),
    site: str = typer.Option("", help="Only those in which this site has a part."),
    after: str = typer.Option("", help="The id with which the page before ended."),
    limit: int = typer.Option(MOST_SHOWN, min=1, max=1000, help="So many at most."),
) -> None:
    """List the open contradictions, the longest open first, with who answers for each."""
    with opened(ctx) as stockpile:
        about = stockpile.tracing.named(weapon) if weapon else None
        place = PlaceId(stockpile.places.named(site).id) if site else None
        shown = stockpile.conflict_room.shown(kind, about, place, after, limit)
        names = stockpile.conflict_room.names()
        values = [_listed(stockpile, one, names) for one in shown.cards]
        cells = [
            (one.id[:SHOWN_OF_A_NUMBER], conflict_words.conflict_title(one.card),
             ", ".join(_numbers(stockpile, one)), names.of(one.owner) or _("the registry"),
             _due(one))
            for one in shown.cards
        ]  # fmt: skip
    columns = (_("Conflict"), _("What"), _("Weapons"), _("Answered for by"), _("Due"))
    asked(ctx).output.rows(values, columns, cells)


@group.command("evidence")
def evidence(ctx: typer.Context) -> None:
    """List what computers signed beside their chains, settled or not: it is kept for ever."""
    with opened(ctx) as stockpile:
        names = stockpile.conflict_room.names()
        found = [
            (read_header(one.header), one)
            for node in stockpile.books.forked()
            for one in stockpile.books.beside(node)
        ]
    values = [
        {"node": header.n, "number": header.c, "hash": entry_hash(one.header), "at": header.t,
         "facts": [fact.decode() for fact in one.facts]}
        for header, one in found
    ]  # fmt: skip
    cells = [
        (conflict_words.node_words(NodeId(header.n), names), str(header.c),
         wording.instant(header.t), str(len(one.facts)), entry_hash(one.header)[:16])
        for header, one in found
    ]  # fmt: skip
    columns = (_("Computer"), _("Entry"), _("Written"), _("Facts"), _("Hash"))
    asked(ctx).output.rows(values, columns, cells)


@group.command("show")
def show(
    ctx: typer.Context,
    conflict: str = typer.Argument(help="The conflict's id, or its start."),
) -> None:
    """Show a contradiction: all sides, what differs, and the choices with what follows."""
    with opened(ctx) as stockpile:
        found = stockpile.conflict_room.one(conflict)
        names = _names(stockpile, found.card)
        value = _listed(stockpile, found, names) | {
            "version": found.card.version,
            "sides": [_side(one) for one in found.card.sides],
            "more": found.card.more,
            "differs": sorted(found.card.differs),
            "choices": [
                {"number": number, "kind": one.kind, "act": one.act, "side": one.side + 1,
                 "two_officers": stockpile.conflict_room.wants_two(one),
                 "says": conflict_words.choice_words(found.card, one, names)[0]}
                for number, one in enumerate(found.card.choices, 1)
            ],
        }  # fmt: skip
    asked(ctx).output.result(value, _card_words(found.card, names))


@group.command("settle")
def settle(
    ctx: typer.Context,
    conflict: str = typer.Argument(help="The conflict's id, or its start."),
    choice: int = typer.Option(..., help="The number of the choice, as `show` tells it."),
    reason: str = typer.Option(..., help="What was looked at, and why it is so."),
    version: str = typer.Option("", help="The card's version: refused if it changed meanwhile."),
) -> None:
    """Settle a contradiction by one of its choices; what wants two officers takes --witness."""
    with opened(ctx) as stockpile:
        by, second = signed_in(ctx, stockpile), seconded(ctx, stockpile)
        room = stockpile.conflict_room
        found = room.one(conflict)
        recorded = room.settle(found.id, choice, reason, version, by=by, second=second)
        if waits(ctx, recorded):
            return
        left = room.count()
    value = {"id": found.id, "choice": choice, "entries": len(recorded.facts), "open": left}
    shown = _("Settled. Both accounts stay in the history; {open} more are open.")
    asked(ctx).output.result(value, shown.format(open=left))


def _listed(stockpile: Stockpile, one: OpenCard, names: Names) -> dict[str, object]:
    card = one.card
    return {
        "id": one.id, "class": card.conflict.kind,
        "weapons": _numbers(stockpile, one),
        "owner": names.of(one.owner), "due": _due(one),
        "overdue": one.is_overdue,
    }  # fmt: skip


def _names(stockpile: Stockpile, card: Card) -> Names:
    """Return what things are called, also the weapons of which histories tell."""
    rows = _rows(stockpile, conflict_words.weapons_told([card]))
    numbers = {str(row.id): row.serial or row.number for row in rows}
    return Names({**numbers, **stockpile.conflict_room.names().known})


def _rows(stockpile: Stockpile, weapons: Iterable[WeaponId]) -> tuple[RegisterRow, ...]:
    held = stockpile.conflict_room.on_record(weapons)
    return stockpile.register.rows([one.id for one in held])


def _numbers(stockpile: Stockpile, one: OpenCard) -> list[str]:
    """Return the numbers of the weapons; the id of one that is on no record here."""
    weapons = one.card.conflict.weapons
    numbers = {row.id: row.number for row in _rows(stockpile, weapons)}
    return [numbers.get(each, each) for each in weapons]


def _due(one: OpenCard) -> str:
    return wording.instant(one.card.due)[:10]


def _side(side: Side) -> dict[str, object]:
    last = side.last
    return {
        "weapon": side.weapon,
        "fact": side.fact.hash if side.fact else None,
        "node": last.node if last else None,
        "by": last.by if last else None,
        "at": last.at if last else None,
        "clock_doubted": side.clock_doubted,
        "says": [[name, value] for name, value in side.says],
        "photos": [one.digest for one in side.photos],
    }


def _card_words(card: Card, names: Names) -> str:
    lines = [conflict_words.conflict_title(card), conflict_words.conflict_sentence(card)]
    written = conflict_words.wrote_words(card, names)
    for number, side in enumerate(card.sides, 1):
        lines += ["", conflict_words.side_title(number, side, names)]
        last = side.last
        if last is not None:
            who, node = names.of(last.by), conflict_words.node_words(last.node, names)
            lines.append(f"   {who}, {node}, {local_moment(last.at, last.zone)}")
        if side.clock_doubted:
            lines.append("   " + _("Its clock is in doubt."))
        for name, value in side.says:
            label, text = conflict_words.said_words(name, value, names)
            sign = "≠" if name in card.differs else " "
            lines.append(f" {sign} {label}: {text}")
        lines += [f"   {line}" for line in written[number - 1].splitlines()] if written else []
    lines.append("")
    for number, choice in enumerate(card.choices, 1):
        title, follows = conflict_words.choice_words(card, choice, names)
        lines.append(f"{number}  {title}. {follows}")
    return "\n".join(lines)
