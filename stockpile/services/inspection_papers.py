"""What an inspector reads without a program: the list as a page for any browser, and a paper."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import Final

from stockpile import wording
from stockpile.domain.inspections import Dossier
from stockpile.language import _, figure, is_right_to_left, isolated, plain
from stockpile.services.documents import (
    Heading,
    Pair,
    Pairs,
    Paper,
    SignatureBox,
    Signatures,
    Words,
)
from stockpile.services.dossier_pages import foot_of
from stockpile.services.ports import RegisterRow
from stockpile.services.weapon_files import Printing

_STYLE: Final = (
    "body{font:14px/1.4 system-ui,sans-serif;margin:2em;color:#111;background:#fff}"
    "table{border-collapse:collapse;width:100%}th,td{padding:.25em .6em;text-align:start;"
    "border-bottom:1px solid #ccc}th{position:sticky;top:0;background:#fff}"
    "code,td.code{font-family:ui-monospace,monospace}"
    "@media print{body{margin:0}th{position:static}}"
)
_POLICY: Final = "default-src 'none'; style-src 'unsafe-inline'"


@dataclass(frozen=True, slots=True)
class Listed:
    """The list of a dossier: what the dossier says of itself, its weapons, the language in use."""

    dossier: Dossier
    rows: Sequence[RegisterRow]
    language: str
    rtl: bool


def list_page(told: Listed) -> bytes:
    """Return the list as one HTML file that asks nothing of anybody: no script, no network."""
    about = told.dossier
    title = plain(_("Weapons on charge"))
    facts = (
        (_("Site"), about.site),
        (_("Head code"), about.head),
        (_("Weapons"), figure(about.weapons)),
        (_("Made (UTC)"), wording.instant(about.at)),
    )
    said = "".join(
        f"<dt>{_safe(name)}</dt><dd><code>{_safe(one)}</code></dd>" for name, one in facts
    )
    head = "".join(f"<th>{_safe(one)}</th>" for one in _titles())
    rows = "\n".join(f"<tr>{_cells(row)}</tr>" for row in told.rows)
    turned = "rtl" if told.rtl else "ltr"
    page = (
        f'<!doctype html>\n<html lang="{_safe(told.language)}" dir="{turned}">'
        f'<meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="{_POLICY}">'
        f"<title>{_safe(title)}</title><style>{_STYLE}</style>"
        f"<h1>{_safe(title)}</h1><dl>{said}</dl>\n"
        f"<table><thead><tr>{head}</tr></thead><tbody>\n{rows}\n</tbody></table></html>\n"
    )
    return page.encode()


def stick_paper(about: Dossier, printing: Printing) -> Paper:
    """Return the paper that goes with a dossier: its head code, and how the sample is drawn."""
    return Paper(
        title=_("Inspection dossier"),
        subject=isolated(about.site),
        code=about.head,
        blocks=(
            Pairs(
                (
                    Pair(_("Head code"), about.head, code=True),
                    Pair(_("Weapons on charge"), figure(about.weapons)),
                    Pair(_("List (SHA-256)"), about.register, code=True),
                    Pair(_("Node"), about.node, code=True),
                )
            ),
            Heading(_("How to inspect")),
            *map(Words, _steps()),
            Signatures((SignatureBox(_("Handed over by"), isolated(printing.by)),
                        SignatureBox(_("Inspector")))),
        ),
        foot=foot_of(printing),
        rtl=is_right_to_left(),
    )  # fmt: skip


def _steps() -> tuple[str, ...]:
    return (
        _(
            "1. On a computer of your own, with the two programs from a source of your own:"
            " inspect_stockpile.py prove FOLDER --head, and the code above."
        ),
        _(
            "2. Only now choose a seed that nobody here knows, with dice or in words, and draw:"
            " inspect_stockpile.py sample FOLDER --seed … --count …. Anybody can repeat it."
        ),
        _(
            "3. See each weapon of the sample. Write found, missing, differs or not_seen, and a"
            " remark, into findings.csv."
        ),
        _(
            "4. Sign with a key of your own: inspect_stockpile.py sign FOLDER --name …"
            " --authority … --key …. Give the stick back: the result is taken into the record,"
            " and whatever was missing is investigated."
        ),
    )


def _titles() -> tuple[str, ...]:
    return (
        _("Registry number"), _("Serial number"), _("National mark"), _("Type"), _("Make"),
        _("Model"), _("Calibre"), _("Place"), _("Status"),
    )  # fmt: skip


def _cells(row: RegisterRow) -> str:
    codes = (row.number, row.serial, row.mark)
    words = (
        wording.weapon_type(row.type), row.make, row.model, row.calibre, row.place,
        wording.status(row.status),
    )  # fmt: skip
    return "".join(f'<td class="code"><bdi>{_safe(one)}</bdi></td>' for one in codes) + "".join(
        f"<td><bdi>{_safe(one)}</bdi></td>" for one in words
    )


def _safe(text: str) -> str:
    return escape(plain(text))
