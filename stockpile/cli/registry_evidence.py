"""What a registry keeps beside the chains: listed, and taken out as a file for a court."""

from __future__ import annotations

import os
from pathlib import Path

import typer

from stockpile.cli.opening import asked
from stockpile.domain.errors import FieldMissing
from stockpile.domain.ledger import entry_hash, read_header
from stockpile.domain.values import NodeId
from stockpile.language import _
from stockpile.registry import evidence_files
from stockpile.registry.books import RegistryBooks
from stockpile.registry.evidence import why_words
from stockpile.registry.opening import opened_books
from stockpile.registry.rows import Kept
from stockpile.whole_files import beside, disk_errors, settle


def evidence(
    ctx: typer.Context,
    database: str = typer.Option(
        "",
        "--database",
        help="File or URL of the registry's database; its password belongs in PGPASSFILE.",
    ),
    node: str = typer.Option("", help="Only what is kept of this node."),
    out: Path | None = typer.Option(
        None, help="Write all that is kept of the node to a file for a court."
    ),
) -> None:
    """List what is kept of forks and of nodes that are trusted no more, beside what stands.

    The file holds the node's chain, the registry's and every entry beside it, signed by the
    registry: verify_stockpile.py and inspect_stockpile.py prove it without this program.
    """
    if out is not None and not node:
        raise FieldMissing("node")
    with opened_books(database) as books:
        if out is not None:
            _write(books, NodeId(node), out)
        kept = [one for one in books.evidence() if node in ("", one.node)]
        found = [(one, _standing_beside(books, one)) for one in kept]
    if out is not None:
        said = _("What is kept of node {node} is in {file}.").format(node=node, file=out)
        asked(ctx).output.result({"node": node, "file": str(out), "kept": len(found)}, said)
        return
    values = [
        {
            "node": one.node, "number": one.number, "why": one.why,
            "hash": entry_hash(one.entry.header), "facts": len(one.entry.facts),
            "stands": stands,
        }
        for one, stands in found
    ]  # fmt: skip
    columns = (_("Node"), _("Entry"), _("Why"), _("Facts"), _("Kept"), _("Stands in its place"))
    cells = [
        (
            one.node, str(one.number), why_words(one.why), str(len(one.entry.facts)),
            entry_hash(one.entry.header)[:16], stands[:16],
        )
        for one, stands in found
    ]  # fmt: skip
    asked(ctx).output.rows(values, columns, cells)


def _write(books: RegistryBooks, node: NodeId, file: Path) -> None:
    """Put the file in place, whole or not at all; raises NodeUnknown, DiskFull, DiskTrouble."""
    pieces = evidence_files.whole(books, node)
    with beside(file) as draft:
        with draft.open("wb") as stream:
            for piece in pieces:
                stream.write(piece)
            stream.flush()
            os.fsync(stream.fileno())
        draft.replace(file)
        with disk_errors(file):
            settle(file.parent)


def _standing_beside(books: RegistryBooks, one: Kept) -> str:
    """Return the hash of the entry that stands under the number of one that is kept; or nothing."""
    found = books.entries(one.node, one.number - 1, 1)
    same = found and read_header(found[0].header).c == one.number
    return entry_hash(found[0].header) if same else ""
