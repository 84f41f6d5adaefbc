"""Commands for courier files at the registry: what a stick brings, and what goes back on it."""

from __future__ import annotations

from pathlib import Path

import typer

from stockpile.cli import registry_courier_photos as photos_told
from stockpile.cli.authority import read, write
from stockpile.cli.opening import asked
from stockpile.cli.registry_courier_photos import AtTheRegistry, Told
from stockpile.domain import courier
from stockpile.domain.errors import NodeUnknown, StockpileError
from stockpile.domain.numbers import registry_number
from stockpile.domain.values import NodeId, WeaponId, search_key
from stockpile.fact_words import fact_sentence
from stockpile.language import _, ngettext
from stockpile.registry import acts, audit, courier_answers, courier_taking, couriers
from stockpile.registry.books import RegistryBooks
from stockpile.registry.courier_answers import Answer
from stockpile.registry.courier_taking import Taken
from stockpile.registry.couriers import Looked, Preview
from stockpile.registry.dossiers import named_in
from stockpile.registry.naming import names_of
from stockpile.registry.opening import opened_books
from stockpile.wording import Names, error_sentence, instant

group = typer.Typer(no_args_is_help=True, help="Courier files: a depot's stick at the registry.")

_FILE = typer.Argument(help="The courier file, usually on the stick, or its file of photos.")
_WORDS = typer.Option("", help="The words that open it, where it was locked with words.")
_DATABASE = typer.Option(
    "",
    "--database",
    help="File or URL of the registry's database; its password belongs in PGPASSFILE.",
)
_KEY = typer.Option(None, help="File of the registry's own key.")
_PHOTOS = typer.Option(None, help="Folder of the photos, as the registry was started with it.")


@group.command("preview")
def preview(
    ctx: typer.Context,
    file: Path = _FILE,
    words: str = _WORDS,
    database: str = _DATABASE,
    key: Path | None = _KEY,
    photos: Path | None = _PHOTOS,
) -> None:
    """Say what a courier file would bring, with the photos beside it; nothing is taken in."""
    with opened_books(database, key) as books:
        registry = AtTheRegistry(books, photos_told.desk(books, photos), words)
        if photos_told.is_photos(file):
            value, lines = registry.preview(file)
            asked(ctx).output.result(value, "\n".join(lines))
            return
        looked = _looked(books, file, words)
        names = _names(books, looked.preview)
        beside, more = _seen_beside(registry, file)
    value = _value(looked.preview) | {"photos": beside}
    asked(ctx).output.result(value, "\n".join([_shown(looked.preview, names), *more]))


@group.command("take")
def take(
    ctx: typer.Context,
    file: Path = _FILE,
    words: str = _WORDS,
    answer_to: Path | None = typer.Option(
        None, "--answer", help="Then write the file for the way back here."
    ),
    database: str = _DATABASE,
    key: Path | None = _KEY,
    photos: Path | None = _PHOTOS,
) -> None:
    """Take a courier file in, with the photos beside it; twice, or in another order, no harm."""
    with opened_books(database, key) as books:
        registry = AtTheRegistry(books, photos_told.desk(books, photos), words)
        if photos_told.is_photos(file):
            _take_alone(ctx, registry, file, answer_to)
            return
        looked = _looked(books, file, words)
        names = _names(books, looked.preview)
        sender, total = looked.preview.sender, looked.preview.facts
        _note(books, "courier_begun", f"{sender} 0/{total}")
        showing = asked(ctx).output.progress(_("Courier file"))
        with showing as progress, courier_taking.unbroken(str(file)):
            taken = courier_taking.take(books, looked, heard=progress)
        _note(books, "courier_taken", f"{sender} {taken.facts}/{total}")
        value = _value(looked.preview) | {
            "taken": taken.facts, "number": taken.number, "ahead": taken.ahead,
            "evidence": taken.evidence, "numbers": taken.numbers, "answer": None,
        }  # fmt: skip
        value["photos"], more = _take_beside(ctx, registry, file)
        lines = [_shown(looked.preview, names), *_taken(taken), *more]
        if answer_to is not None:
            made = _answered(registry, taken.sender, answer_to)
            value["answer"] = str(answer_to)
            lines.append(_answer_line(made, answer_to))
    asked(ctx).output.result(value, "\n".join(lines))


@group.command("answer")
def answer(
    ctx: typer.Context,
    file: Path = typer.Argument(help="The file to write, usually on the stick that came."),
    to: str = typer.Option(..., help="The computer it is for, by its code or name."),
    database: str = _DATABASE,
    key: Path | None = _KEY,
    photos: Path | None = _PHOTOS,
) -> None:
    """Write the file for the way back: receipt, numbers granted, hot list, what is new there."""
    with opened_books(database, key) as books:
        node = _node(books, to)
        made = _answered(AtTheRegistry(books, photos_told.desk(books, photos)), node, file)
    value = {"file": str(file), "node": node, "number": made.number, "facts": made.facts,
             "size": len(made.whole), "left": made.left}  # fmt: skip
    asked(ctx).output.result(value, _answer_line(made, file))


def _looked(books: RegistryBooks, file: Path, words: str) -> Looked:
    return couriers.look(books, read(file, courier.MOST_BYTES), str(file), words)


def _seen_beside(registry: AtTheRegistry, file: Path) -> tuple[dict[str, object] | None, list[str]]:
    """Say what the photos beside a courier file would bring, if any lie there."""
    beside = photos_told.beside(file)
    if beside is None:
        return None, []
    try:
        return registry.preview(beside, alone=False)
    except StockpileError as error:
        return photos_told.refused(error)


def _take_beside(
    ctx: typer.Context, registry: AtTheRegistry, file: Path
) -> tuple[dict[str, object] | None, list[str]]:
    """Take in the photos beside a courier file; refused, they hold up nothing else."""
    beside = photos_told.beside(file)
    if beside is None:
        return None, []
    try:
        return _take_photos(ctx, registry, beside)
    except StockpileError as error:
        return photos_told.refused(error)


def _take_alone(
    ctx: typer.Context, registry: AtTheRegistry, file: Path, answer_to: Path | None
) -> None:
    """Take in a file of photos that was named itself."""
    value, lines = _take_photos(ctx, registry, file)
    value["answer"] = None
    if answer_to is not None:
        made = _answered(registry, NodeId(str(value["from"])), answer_to)
        value["answer"] = str(answer_to)
        lines.append(_answer_line(made, answer_to))
    asked(ctx).output.result(value, "\n".join(lines))


def _take_photos(ctx: typer.Context, registry: AtTheRegistry, file: Path) -> Told:
    with asked(ctx).output.progress(_("Photos")) as progress:
        told, way = registry.take(file, progress)
    _note(registry.books, "courier_photos_taken", f"{way.node} {way.kept}/{way.fresh}")
    return told


def _answered(registry: AtTheRegistry, node: NodeId, file: Path) -> Answer:
    made = courier_answers.answer(registry.books, node, registry.photos)
    write(file, made.whole)
    _note(registry.books, "courier_answered", node)
    return made


def _note(books: RegistryBooks, act: audit.Act, about: str) -> None:
    """Write into the audit log what was done on the registry's own machine."""
    with books.writing() as connection:
        books.locked(connection, books.key.node)
        audit.note(connection, books.now(), "", "console", act, about)
        acts.seal(connection, books)


def _node(books: RegistryBooks, text: str) -> NodeId:
    wanted = search_key(text)
    for one in books.nodes():
        if wanted in (search_key(one.node), search_key(one.name)):
            return one.node
    raise NodeUnknown(text)


def _names(books: RegistryBooks, seen: Preview) -> Names:
    with books.reading() as connection:
        return names_of(connection, (name for one in seen.losses for name in named_in(one)))


def _value(seen: Preview) -> dict[str, object]:
    return {
        "from": seen.sender,
        "name": seen.name,
        "created": seen.made,
        "facts": seen.facts,
        "chains": [
            {"node": one.node, "first": one.first, "last": one.last, "held": one.held,
             "new": len(one.fresh), "facts": one.facts, "stands": one.stands}
            for one in seen.chains
        ],
        "losses": [registry_number(WeaponId(one.subject)) for one in seen.losses],
        "confirmed": seen.confirmed,
        "trouble": type(seen.trouble).__name__ if seen.trouble else None,
        "enrols": seen.certificate is not None,
    }  # fmt: skip


def _shown(seen: Preview, names: Names) -> str:
    lines = [
        _("From {name} ({node}), written {at}.").format(
            name=seen.name, node=seen.sender, at=instant(seen.made)
        )
    ]
    for fact in seen.losses:
        said, number = fact_sentence(fact, names), registry_number(WeaponId(fact.subject))
        lines.append(_("{what}: {said}").format(what=number, said=said))
    for one in seen.chains:
        words = ngettext(
            "Entries {first} to {last} of {name}: {count} is new.",
            "Entries {first} to {last} of {name}: {count} are new.",
            len(one.fresh),
        )
        lines.append(
            words.format(first=one.first, last=one.last, name=one.name, count=len(one.fresh))
        )
    if seen.trouble is not None:
        lines.append(error_sentence(seen.trouble))
    elif seen.is_known:
        lines.append(_("Everything in it is on record here already."))
    return "\n".join(lines)


def _taken(taken: Taken) -> list[str]:
    words = ngettext(
        "{count} fact was taken in; the record is held up to entry {number}.",
        "{count} facts were taken in; the record is held up to entry {number}.",
        taken.facts,
    )
    lines = [words.format(count=taken.facts, number=taken.number)]
    if taken.ahead:
        words = ngettext(
            "{count} entry with losses was told ahead.",
            "{count} entries with losses were told ahead.",
            taken.ahead,
        )
        lines.append(words.format(count=taken.ahead))
    if taken.evidence:
        words = ngettext(
            "{count} entry is kept as evidence.",
            "{count} entries are kept as evidence.",
            taken.evidence,
        )
        lines.append(words.format(count=taken.evidence))
    if taken.numbers:
        words = ngettext(
            "{count} number that it asked for goes back with the file.",
            "{count} numbers that it asked for go back with the file.",
            taken.numbers,
        )
        lines.append(words.format(count=taken.numbers))
    return lines


def _answer_line(made: Answer, file: Path) -> str:
    said = _("The file for the way back: {file}. It says that entry {number} came.").format(
        file=file, number=made.number
    )
    return said if not made.left else said + " " + _("More is left for the next one.")
