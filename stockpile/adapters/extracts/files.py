"""An extract is written beside its place and put there when it is complete."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

from stockpile.domain.values import Digest
from stockpile.language import plain
from stockpile.services.ports import Extracted, ExtractTable, Form, Progress, silent
from stockpile.whole_files import beside

Write = Callable[[ExtractTable, BinaryIO], None]
_STEP = 200
_PAPER: Form = "pdf"
"""A paper shows its number by itself, and turns numbers in right-to-left text as they are told."""


class ExtractFiles:
    """The port `ExtractWriter`: each form by a function that writes a table to an open file."""

    def __init__(self, forms: Mapping[Form, Write]) -> None:
        self._forms = forms

    def write(
        self, table: ExtractTable, form: Form, file: Path, progress: Progress = silent
    ) -> Extracted:
        """Write the table; raises DiskFull, DiskTrouble, Cancelled, with no file left behind."""
        counted = replace(table, rows=_counted(table, progress))
        if form != _PAPER:
            numbered = (table.number,) if table.number else ()
            counted = replace(counted, notes=(*numbered, *map(plain, table.notes)))
        with beside(file) as draft:
            with draft.open("xb") as out:
                self._forms[form](counted, out)
                out.flush()
                os.fsync(out.fileno())
            with draft.open("rb") as finished:
                digest = Digest(hashlib.file_digest(finished, "sha256").hexdigest())
            draft.replace(file)
        return Extracted(file, table.count, digest, table.number)


def _counted(table: ExtractTable, progress: Progress) -> Iterator[tuple[str, ...]]:
    progress(0, table.count)
    for number, row in enumerate(table.rows, 1):
        yield row
        if number % _STEP == 0:
            progress(number, table.count)
    progress(table.count, table.count)
