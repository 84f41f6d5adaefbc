"""Commands for the national registry: found, serve, enrol, nodes, revoke, grant, receipts ..."""

from __future__ import annotations

import importlib
from datetime import UTC, datetime, timedelta
from pathlib import Path

import typer

from stockpile.app.authority_room import locked_for
from stockpile.cli import (
    registry_courier,
    registry_evidence,
    registry_founding,
    registry_log,
    registry_users,
)
from stockpile.cli.authority import demand_words, read, read_statement, shown, value_of, write
from stockpile.cli.opening import asked, opened, signed_in
from stockpile.domain.addresses import is_in_clear
from stockpile.domain.authority_files import (
    MOST_SMALL,
    STATEMENT,
    certificate_bytes,
    certificate_inside,
    read_request,
)
from stockpile.domain.errors import FieldMissing, FieldUnreadable, LastGoodUnknown
from stockpile.domain.exchange import BlockAnswer
from stockpile.domain.facts import NodeFounded
from stockpile.domain.ledger import Tip, entry_hash, node_id, read_header
from stockpile.domain.values import NodeId, SchemeId
from stockpile.language import _, listed, ngettext
from stockpile.plan_words import judgement_words, lack_words
from stockpile.registry import naming
from stockpile.registry.blocks import Block, Granting
from stockpile.registry.books import RegistryBooks
from stockpile.registry.copies import copy_to
from stockpile.registry.database import Database
from stockpile.registry.enrolment import Enrolment
from stockpile.registry.opening import default_database, opened_books
from stockpile.registry.rows import Known
from stockpile.registry.statements import Statements
from stockpile.registry.taking_back import taking_back
from stockpile.services.enrolling import words_of
from stockpile.services.stockpile import Stockpile
from stockpile.wording import act, instant, line_in_clear

group = typer.Typer(no_args_is_help=True, help="The national registry, and the way into it.")
group.add_typer(registry_users.group, name="user")
group.add_typer(registry_courier.group, name="courier")
group.add_typer(registry_log.log_group, name="log")
group.add_typer(registry_log.witness_group, name="witness")
group.command("found")(registry_founding.found)
group.command("evidence")(registry_evidence.evidence)

_DATABASE = typer.Option(
    "",
    "--database",
    help="File or URL of the registry's database; its password belongs in PGPASSFILE.",
)


@group.command("serve")
def serve(
    database: str = _DATABASE,
    listen: str = typer.Option("127.0.0.1:8750", help="Address and port to answer on."),
    key: Path | None = typer.Option(None, help="File of the registry's own key."),
    workers: int = typer.Option(1, help="Processes that share the port (PostgreSQL)."),
    read_database: str = typer.Option("", help="URL of a standby that nodes may read from."),
    photos: Path | None = typer.Option(None, help="Folder of the photos, for all processes."),
    metrics: str = typer.Option("", help="Address and port where figures are scraped."),
    forwarded_by: str = typer.Option("", help="Address of the proxy that stands before it."),
    ask_witnesses: float = typer.Option(
        60, help="Seconds after which witnesses are asked again; 0 for never."
    ),
    node_rate: float = typer.Option(30, help="Requests a second of one node."),
    address_rate: float = typer.Option(100, help="Requests a second of one address."),
) -> None:
    """Answer nodes until stopped; the first line says where.

    The service is a program of its own: only this command needs a web server loaded.
    """
    words = ["--database", database, "--listen", listen, "--workers", str(workers)]
    words += ["--read-database", read_database, "--metrics", metrics]
    words += ["--forwarded-by", forwarded_by]
    words += ["--ask-witnesses", str(ask_witnesses)]
    words += ["--node-rate", str(node_rate), "--address-rate", str(address_rate)]
    words += [] if key is None else ["--key", str(key)]
    words += [] if photos is None else ["--photos", str(photos)]
    importlib.import_module("stockpile.registry.__main__").main(words)


@group.command("copy")
def copy(
    ctx: typer.Context,
    to: Path = typer.Option(..., help="File that is to be made; its key comes beside it."),
    database: str = _DATABASE,
    key: Path | None = typer.Option(None, help="File of the registry's own key."),
) -> None:
    """Copy a trial registry on SQLite while it works; PostgreSQL has backups of its own."""
    opened_database = Database(database or default_database(), makes=False)
    try:
        made = copy_to(opened_database, key, to)
    finally:
        opened_database.close()
    asked(ctx).output.result({"file": str(made)}, str(made))


@group.command("take-back")
def take_back(
    ctx: typer.Context,
    file: Path = typer.Argument(help="What a node wrote with: export chain."),
    database: str = _DATABASE,
    key: Path | None = typer.Option(None, help="File of the registry's own key."),
) -> None:
    """After a restore, take back what the registry itself wrote since: enrolments, grants ...

    Before it answers again, and from the node that was heard last.
    """
    with opened_books(database, key) as books:
        taken = taking_back(books, file)
    shown = ngettext("{count} entry came back.", "{count} entries came back.", taken)
    asked(ctx).output.result({"entries": taken}, shown.format(count=taken))


@group.command("enrol")
def enrol(
    ctx: typer.Context,
    registry: str = typer.Option("", help="Address of the registry, on the node's side."),
    code: str = typer.Option("", help="The one-time code that the registry made."),
    database: str = typer.Option("", help="The registry's database, on the registry's side."),
    name: str = typer.Option("", help="What the node is called."),
    site: str = typer.Option("", help="The site that the node belongs to."),
    scope: list[str] = typer.Option(
        [], "--scope", help="Sites that it is told of, if not its own."
    ),
    whole: bool = typer.Option(False, "--whole", help="It is told of the whole country."),
) -> None:
    """Make a one-time code at the registry, or use one on a node; with both, do both."""
    told = ["*"] if whole else scope or None
    if not registry:
        made = _code(database, name, site, told)
        asked(ctx).output.result({"code": made}, made)
        return
    with opened(ctx) as stockpile:
        called = name or _own_name(stockpile)
        shown = code or (_code(database, called, site, told) if database else "")
        if not shown:
            raise FieldMissing("code")
        by = signed_in(ctx, stockpile)
        peer = stockpile.exchange.enrol(registry, shown, called, site, by=by)
        own = stockpile.keys.node
    in_clear = is_in_clear(peer.url)
    value = {
        "node": own, "registry": peer.url, "registry_node": peer.registry,
        "in_clear": in_clear,
    }  # fmt: skip
    shown = _("Enrolled with {url}.").format(url=peer.url)
    asked(ctx).output.result(value, f"{shown} {line_in_clear()}" if in_clear else shown)


@group.command("nodes")
def nodes(ctx: typer.Context, database: str = _DATABASE) -> None:
    """List the nodes that the registry knows."""
    with opened_books(database) as books:
        known = books.nodes()
    columns = (_("Node"), _("Name"), _("Site"), _("Status"), _("Entries"), _("Enrolled"))
    cells = [
        (
            one.node, naming.called(one.name, one.site), one.site,
            naming.status_words(one.status), str(one.tip.number), instant(one.enrolled_at),
        )
        for one in known
    ]  # fmt: skip
    asked(ctx).output.rows([_value(one) for one in known], columns, cells)


@group.command("certify")
def certify(
    ctx: typer.Context,
    file: Path = typer.Argument(help="A request, or the statement of an enrolment officer."),
    out: Path | None = typer.Argument(None, help="The certificate to write, for a request."),
    words: str = typer.Option("", help="The eight words that the computer shows."),
    name: str = typer.Option("", help="What it is called, if not as it calls itself."),
    site: str = typer.Option("", help="The site it belongs to, if not as it says."),
    scope: list[str] = typer.Option([], "--scope", help="Sites that it is told of; * for all."),
    url: str = typer.Option("", help="Where this registry answers, for when there is a line."),
    database: str = _DATABASE,
) -> None:
    """Enrol a computer by file, or learn that an enrolment officer did."""
    raw = read(file, MOST_SMALL)
    if raw.startswith(STATEMENT):
        statement = read_statement(file)
        with opened_books(database) as books:
            Statements(books).publish(statement)
        asked(ctx).output.result(value_of(statement), shown(statement))
        return
    request = read_request(raw, str(file))
    demand_words(words, words_of(request.public_key))
    with opened_books(database) as books:
        desk = Enrolment(books)
        made = desk.certify(request, name, site, scope or None)
        inside = certificate_inside(desk.brought(made, url))
        told = words_of(books.key.public_key)
    target = out or file.with_suffix(".certificate")
    write(target, certificate_bytes(made.node, locked_for(inside, request.public_key)))
    value = {"node": made.node, "name": made.name, "file": str(target), "words": told}
    said = _("{name} is enrolled by {file}. Tell who loads it these words: {words}")
    asked(ctx).output.result(value, said.format(**value))


@group.command("revoke")
def revoke(
    ctx: typer.Context,
    node: str = typer.Argument(help="The node's id."),
    reason: str = typer.Option(..., help="Why it is trusted no more."),
    last_good: int = typer.Option(-1, help="Its last good entry, if not the last one here."),
    database: str = _DATABASE,
) -> None:
    """Trust a node no more after its last good entry; what it sends later is kept, not counted.

    Where officials' keys are set, two of them sign that: stockpile authority revoke.
    """
    with opened_books(database) as books:
        good = _entry(books, NodeId(node), last_good) if last_good >= 0 else None
        known = Enrolment(books).revoke(NodeId(node), reason, last_good=good)
    asked(ctx).output.result(_value(known), f"{known.node} {known.status}")


@group.command("scope")
def scope(
    ctx: typer.Context,
    node: str = typer.Argument(help="The node's id."),
    site: list[str] = typer.Option([], "--site", help="A site that it is told of from now on."),
    whole: bool = typer.Option(default=False, help="It is told of the whole country."),
    database: str = _DATABASE,
) -> None:
    """Tell a node of other sites from now on; what it was told before stays with it."""
    with opened_books(database) as books:
        known = Enrolment(books).tell_of(NodeId(node), ["*"] if whole else site)
    told = listed(known.scope) or _("the whole country")
    value = _value(known) | {"scope": list(known.scope)}
    asked(ctx).output.result(value, f"{known.node} {told}")


@group.command("readmit")
def readmit(
    ctx: typer.Context,
    node: str = typer.Argument(help="The node's id."),
    reason: str = typer.Option(..., help="Why it is trusted again."),
    database: str = _DATABASE,
) -> None:
    """Trust a revoked or quarantined node again, with all that it wrote meanwhile.

    Where officials' keys are set, two of them sign that: stockpile authority readmit.
    """
    with opened_books(database) as books:
        known = Enrolment(books).readmit(NodeId(node), reason)
    asked(ctx).output.result(_value(known), f"{known.node} {known.status}")


@group.command("grant")
def grant(
    ctx: typer.Context,
    node: str = typer.Option(..., help="The node's id."),
    scheme: str = typer.Option(..., help="The marking scheme's id."),
    count: int = typer.Option(..., help="How many numbers."),
    until: str = typer.Option("", help="Last day on which they are drawn (2027-06-30)."),
    database: str = _DATABASE,
) -> None:
    """Grant a node marking numbers of its own; they come to it with its next exchange."""
    last = _end_of(until) if until else 0
    with opened_books(database) as books:
        granted = Granting(books).grant(NodeId(node), SchemeId(scheme), count, last)
    shown = _("{lo} to {hi} of {scheme} are granted.")
    asked(ctx).output.result(_granted(granted), shown.format(**_granted(granted)))


@group.command("blocks")
def blocks(ctx: typer.Context, database: str = _DATABASE) -> None:
    """List the blocks of marking numbers that were granted."""
    with opened_books(database) as books:
        found = Granting(books).blocks()
    values = [_granted(one) for one in found]
    columns = (_("Scheme"), _("From"), _("To"), _("Node"), _("Until"))
    cells = [
        (one.scheme, str(one.lo), str(one.hi), one.node, str(value["until"]))
        for one, value in zip(found, values, strict=True)
    ]
    asked(ctx).output.rows(values, columns, cells)


@group.command("receipts")
def receipts(ctx: typer.Context) -> None:
    """List what registries signed for: each holds the record up to that entry."""
    with opened(ctx) as stockpile:
        kept = stockpile.books.receipts()
    values = [
        {
            "registry": node_id(key), "node": one.node, "number": one.number, "hash": one.hash,
            "position": one.position, "log_size": one.log_size, "at": one.at,
        }
        for key, one in kept
    ]  # fmt: skip
    columns = (_("Registry"), _("Node"), _("Entry"), _("Signed on"))
    cells = [(node_id(key), one.node, str(one.number), instant(one.at)) for key, one in kept]
    asked(ctx).output.rows(values, columns, cells)


@group.command("unheeded")
def unheeded(ctx: typer.Context, database: str = _DATABASE) -> None:
    """List entries that were written without the right to them; they are kept and not counted."""
    with opened_books(database) as books:
        found = books.unheeded()
    values = [
        {
            "node": one.node, "number": one.number, "hash": one.hash,
            "act": one.shortfall.act, "lack": one.shortfall.lack, "judged": one.judged,
        }
        for one in found
    ]  # fmt: skip
    columns = (_("Node"), _("Entry"), _("Act"), _("Lacks"), _("Decided"))
    cells = [
        (
            one.node, str(one.number), act(one.shortfall.act), lack_words(one.shortfall.lack),
            judgement_words(one.judged),
        )
        for one in found
    ]  # fmt: skip
    asked(ctx).output.rows(values, columns, cells)


def _granted(block: BlockAnswer | Block) -> dict[str, object]:
    return {
        "node": block.node, "scheme": block.scheme, "lo": block.lo, "hi": block.hi,
        "until": instant(block.until) if block.until else "",
    }  # fmt: skip


def _end_of(day: str) -> int:
    """Return the last instant of a day (UTC); raise FieldUnreadable for no day."""
    try:
        begins = datetime.strptime(day, "%Y-%m-%d").replace(tzinfo=UTC)
    except ValueError as error:
        raise FieldUnreadable("until", day) from error
    return int((begins + timedelta(days=1)).timestamp() * 1000) - 1


def _code(database: str, name: str, site: str, scope: list[str] | None) -> str:
    if not name:
        raise FieldMissing("name")
    with opened_books(database) as books:
        return Enrolment(books).make_code(name, site, scope)


def _entry(books: RegistryBooks, node: NodeId, number: int) -> Tip:
    """Return the tip of a chain at an entry; raises LastGoodUnknown where none is held."""
    if not number:
        return Tip()
    found = books.entries(node, number - 1, 1)
    if not found or read_header(found[0].header).c != number:
        raise LastGoodUnknown(node, number)
    return Tip(number, 0, entry_hash(found[0].header))


def _own_name(stockpile: Stockpile) -> str:
    """Return what this node called itself when it was founded."""
    own = stockpile.books.reference(stockpile.keys.node)
    founded = own.opened if own else None
    return founded.name if isinstance(founded, NodeFounded) else stockpile.keys.node


def _value(known: Known) -> dict[str, object]:
    return {
        "node": known.node,
        "name": known.name,
        "site": known.site,
        "status": known.status,
        "entries": known.tip.number,
        "facts": known.tip.seq,
        "head": known.tip.hash,
        "enrolled_at": known.enrolled_at,
    }
