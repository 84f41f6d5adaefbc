"""The audit log taken out: as shown, row by row, as a table or as lines of JSON, signed at its end.

The table is for reading: a cell that a spreadsheet would run is made text. The lines of JSON hold
each row exactly as its hash covers it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import Annotated, Final
from urllib.parse import urlencode

import msgspec
from fastapi import Form, Response
from fastapi.responses import StreamingResponse
from sqlalchemy import Connection

from stockpile import wording
from stockpile.domain.errors import FieldUnreadable
from stockpile.language import _, current_language, speaking
from stockpile.registry import audit, audit_files
from stockpile.registry.audit import Line
from stockpile.registry.books import RegistryBooks
from stockpile.registry.naming import names_of
from stockpile.registry.web.audit_words import about, demand_reader, known_act, subject, who, words
from stockpile.registry.web.exporting import as_text
from stockpile.registry.web.frame import pages
from stockpile.registry.web.visiting import Books, Stepped
from stockpile.wording import Names

PORTION: Final = 500
_LONGEST: Final = 64
_KINDS: Final[Mapping[audit_files.Form, str]] = MappingProxyType(
    {"csv": "text/csv; charset=utf-8", "jsonl": "application/jsonl"}
)

router = pages()


@router.post("/audit/export")
def export(
    stepped: Stepped,
    books: Books,
    officer: Annotated[str, Form()] = "",
    act: Annotated[str, Form()] = "",
    form: Annotated[str, Form()] = "csv",
) -> Response:
    """Give the rows that the page shows, the oldest first, up to the one that says so.

    Raises FieldUnreadable.
    """
    demand_reader(stepped)
    if not officer.isprintable() or len(officer) > _LONGEST:
        raise FieldUnreadable("officer", officer)
    wanted, kind = known_act(act), audit_files.read_form(form)
    asked = {"officer": officer, "act": wanted}
    said = urlencode({name: one for name, one in asked.items() if one})
    stepped.note("exported", f"audit {kind} {said}".strip())
    with books.reading() as connection:
        head = audit.head(connection)
    end = audit_files.begun(books.key, books.now(), officer, wanted, (head.number, head.hash))
    lines = table(books, kind, end, current_language())
    headers = {"Content-Disposition": f'attachment; filename="audit.{kind}"'}
    return StreamingResponse(lines, media_type=_KINDS[kind], headers=headers)


def table(
    books: RegistryBooks, form: audit_files.Form, end: audit_files.End, language: str
) -> Iterator[bytes]:
    """Give the file; each portion of rows is read by itself, so that nothing is held up."""
    with speaking(language):
        head = [b"\xef\xbb\xbf", audit_files.cells(_heads())] if form == "csv" else []
    portions = _portions(books, _AS[form], end, language)
    return audit_files.whole(form, head, portions, end, books.key)


def _portions(
    books: RegistryBooks, as_line: Callable[[Line, Names], bytes], end: audit_files.End,
    language: str,
) -> Iterator[list[bytes]]:  # fmt: skip
    last = 0
    while True:
        with books.reading() as connection, speaking(language):
            found = audit.lines_on(connection, last, end.number, PORTION, end.officer, end.act)
            names = _names(connection, found)
            told = [as_line(one, names) for one in found]
        if not told:
            return
        yield told
        last = found[-1].number


def _names(connection: Connection, found: tuple[Line, ...]) -> Names:
    return names_of(connection, {one.officer for one in found} | set(map(subject, found)))


def _heads() -> tuple[str, ...]:
    return (
        _("Row"), _("When"), _("Who"), _("Officer's id"), _("What"), _("What about"),
        _("From which address"), _("Hash of the row"),
    )  # fmt: skip


def _as_cells(line: Line, names: Names) -> bytes:
    told = (
        str(line.number), wording.instant(line.at), who(line, names), line.officer,
        words(line.act), about(line, names), line.address, line.hash,
    )  # fmt: skip
    return audit_files.cells(as_text(one) for one in told)


def _as_json(line: Line, names: Names) -> bytes:
    told = {
        "row": line.number, "at": line.at, "officer": line.officer, "address": line.address,
        "act": line.act, "about": line.about, "hash": line.hash, "name": names.of(line.officer),
    }  # fmt: skip
    return msgspec.json.encode(told) + b"\n"


_AS: Final[Mapping[audit_files.Form, Callable[[Line, Names], bytes]]] = MappingProxyType(
    {"csv": _as_cells, "jsonl": _as_json}
)
