"""Gather the program's words for the translators, and compile what they gave back.

python packaging/catalogue.py extract   code -> resources/locale/stockpile.pot
python packaging/catalogue.py update    .pot -> each language's .po, old words kept
python packaging/catalogue.py compile   .po  -> .mo
python packaging/catalogue.py check     is each .mo the one its .po gives?
python packaging/catalogue.py missing   how many words each language still lacks
python packaging/catalogue.py all       extract, update, compile
"""

from __future__ import annotations

import io
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
LOCALE = ROOT / "resources" / "locale"
TEMPLATE = LOCALE / "stockpile.pot"
TRANSLATED = ("ar", "es", "fr", "pt", "ru", "zh")  # English is the language of the code
ROOMS = ("stockpile", "ui")
METHODS = [("**.py", "python"), ("**.html", "jinja2")]  # the registry's pages are templates
KEYWORDS = {**DEFAULT_KEYWORDS, "deferred": None}
DAY = datetime(2026, 1, 1, tzinfo=UTC)  # fixed, so that the same words give the same bytes


def extract() -> None:
    """Write the template from every word that the code marks."""
    catalogue = _blank(None)
    for room in ROOMS:
        found = extract_from_dir(
            ROOT / room, METHODS, keywords=KEYWORDS, comment_tags=("Translators:",)
        )
        for name, _line, message, comments, context in found:
            place = (Path(room, name).as_posix(), 0)
            catalogue.add(message, None, [place], auto_comments=comments, context=context)
    LOCALE.mkdir(parents=True, exist_ok=True)
    TEMPLATE.write_bytes(_po_bytes(catalogue))


def update() -> None:
    """Bring each language's catalogue up to the template; a translated word is never lost."""
    template = _read(TEMPLATE, None)
    for code in TRANSLATED:
        path = _po(code)
        path.parent.mkdir(parents=True, exist_ok=True)
        catalogue = _read(path, code) if path.exists() else _blank(code)
        catalogue.update(template, no_fuzzy_matching=True)
        catalogue.creation_date = catalogue.revision_date = DAY
        catalogue.fuzzy = False
        path.write_bytes(_po_bytes(catalogue))


def compile_all() -> None:
    """Write each language's .mo from its .po."""
    for code in TRANSLATED:
        _po(code).with_suffix(".mo").write_bytes(_mo_bytes(code))


def check() -> None:
    """Exit with a complaint when a .mo is not what its .po gives."""
    stale = [c for c in TRANSLATED if _po(c).with_suffix(".mo").read_bytes() != _mo_bytes(c)]
    if stale:
        sys.exit(f"compile again: {', '.join(stale)}")


def missing() -> None:
    """Say how many words each language lacks, and exit with a complaint if any does."""
    lacking = {code: _lacking(_read(_po(code), code)) for code in TRANSLATED}
    for code, count in lacking.items():
        print(f"{code}: {count} missing")
    if any(lacking.values()):
        sys.exit(1)


def everything() -> None:
    """Extract, update and compile."""
    extract()
    update()
    compile_all()


COMMANDS: dict[str, Callable[[], None]] = {
    "extract": extract,
    "update": update,
    "compile": compile_all,
    "check": check,
    "missing": missing,
    "all": everything,
}


def _po(code: str) -> Path:
    return LOCALE / code / "LC_MESSAGES" / "stockpile.po"


def _blank(code: str | None) -> Catalog:
    return Catalog(
        code,
        header_comment="# The words of Stockpile.",
        project="Stockpile",
        version="1",
        msgid_bugs_address="the issues of the project",
        last_translator="the project",
        language_team="the project",
        creation_date=DAY,
        revision_date=DAY,
        fuzzy=False,
    )


def _read(path: Path, code: str | None) -> Catalog:
    with path.open("rb") as file:
        return read_po(file, locale=code)


def _po_bytes(catalogue: Catalog) -> bytes:
    buffer = io.BytesIO()
    write_po(
        buffer,
        catalogue,
        width=100,
        sort_output=True,
        ignore_obsolete=True,
        include_lineno=False,
    )
    return buffer.getvalue()


def _mo_bytes(code: str) -> bytes:
    buffer = io.BytesIO()
    write_mo(buffer, _read(_po(code), code))
    return buffer.getvalue()


def _lacking(catalogue: Catalog) -> int:
    return sum(1 for message in catalogue if message.id and not _whole(message.string))


def _whole(string: str | tuple[str, ...]) -> bool:
    return bool(string) and (isinstance(string, str) or all(string))


if __name__ == "__main__":
    chosen = COMMANDS.get(sys.argv[1] if len(sys.argv) > 1 else "")
    if chosen is None:
        sys.exit(__doc__)
    chosen()
