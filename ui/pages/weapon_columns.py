"""The columns in which weapons are listed: all there are, those shown, and how they are kept."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Final

from stockpile import wording
from stockpile.language import _, isolated
from stockpile.wording import Names
from ui.pages.standing import condition_tone, joined, model_or_type, status_tone
from ui.theme import Tone
from ui.view_models.register import Listed
from ui.widgets.columns import Column, Kind

USUAL: Final = ("serial", "mark", "model", "condition", "status", "place")
"""What is shown until somebody chooses otherwise; those that are spare give way when narrow."""
_LEAST: Final = 60
Arrangement = Sequence[tuple[str, int]]
"""The codes of columns in their places, each with its width in pixels; 0 for its own."""


def all_columns(names: Callable[[], Names] = Names) -> dict[str, Column[Listed]]:
    """Return every column by its code; ``names`` are asked for each time a name is shown."""
    columns = [*_marks(), *_described(), *_standing(), *_recorded(names)]
    return {column.code: column for column in columns}


def register_columns(
    arrangement: Arrangement = (), names: Callable[[], Names] = Names
) -> list[Column[Listed]]:
    """Return the columns of the register as they were arranged, else the usual ones."""
    known = all_columns(names)
    chosen = [
        replace(known[code], width=width if width >= _LEAST else known[code].width, spare=False)
        for code, width in arrangement
        if code in known
    ]
    return chosen or [known[code] for code in USUAL]


def found_columns() -> list[Column[Listed]]:
    """Return the columns of a search: as the register's, in the order of the finding, and why."""
    why: Column[Listed] = Column(
        _("Found by"), 146, lambda one: wording.why_found(one.why), Kind.CHIP, tone=_why_tone
    )
    known = {code: replace(one, sort_key="", code="") for code, one in all_columns().items()}
    rest = [known[code] for code in ("mark", "model", "status", "place", "condition")]
    return [known["serial"], why, *rest]


def written(arrangement: Arrangement) -> str:
    """Return an arrangement as the settings keep it."""
    return json.dumps([[code, width] for code, width in arrangement])


def read(text: str) -> list[tuple[str, int]]:
    """Return the arrangement that was kept; none where it is not readable."""
    try:
        return [(str(code), int(width)) for code, width in json.loads(text or "[]")]
    except (ValueError, TypeError):
        return []


def _marks() -> list[Column[Listed]]:
    return [
        Column(
            _("Serial number"), 126, lambda one: one.row.serial, Kind.MONO,
            empty=_("No serial"), sort_key="serial", code="serial",
        ),
        Column(
            _("National mark"), 154, lambda one: one.row.mark, Kind.MONO,
            quiet=True, empty=_("Not marked"), sort_key="mark", code="mark",
        ),
        Column(
            _("Registry number"), 150, lambda one: one.row.number, Kind.MONO,
            quiet=True, code="number",
        ),
        Column(_("Tag"), 110, lambda one: one.row.tag, Kind.MONO, quiet=True, code="tag"),
    ]  # fmt: skip


def _described() -> list[Column[Listed]]:
    return [
        Column(
            _("Model"), 150, lambda one: isolated(model_or_type(one.row)), Kind.TWO_LINE,
            second=lambda one: joined(isolated(one.row.calibre), isolated(one.row.make)),
            sort_key="model", code="model",
        ),
        Column(
            _("Type"), 120, lambda one: wording.weapon_type(one.row.type),
            sort_key="type", code="type",
        ),
        Column(_("Make"), 120, lambda one: one.row.make, sort_key="make", code="make"),
        Column(
            _("Calibre"), 110, lambda one: one.row.calibre, Kind.CODE,
            sort_key="calibre", code="calibre",
        ),
        Column(
            _("Country"), 84, lambda one: one.row.country, Kind.CODE,
            sort_key="country", code="country",
        ),
        Column(_("Year"), 64, lambda one: one.row.year, Kind.CODE, sort_key="year", code="year"),
    ]  # fmt: skip


def _standing() -> list[Column[Listed]]:
    return [
        Column(
            _("Condition"), 124, lambda one: wording.condition(one.row.condition), Kind.CHIP,
            tone=lambda one: condition_tone(one.row.condition),
            sort_key="condition", code="condition",
        ),
        Column(
            _("Status"), 112, lambda one: wording.status(one.row.status), Kind.CHIP,
            tone=lambda one: status_tone(one.row.status), sort_key="status", code="status",
        ),
        Column(
            _("Place"), 92, lambda one: one.row.place, Kind.CODE,
            spare=True, sort_key="place", code="place",
        ),
    ]  # fmt: skip


def _recorded(names: Callable[[], Names]) -> list[Column[Listed]]:
    return [
        Column(
            _("Recorded"), 150, lambda one: wording.instant(one.row.recorded_at), Kind.CODE,
            sort_key="recorded", code="recorded",
        ),
        Column(
            _("Recorded by"), 130, lambda one: names().of(one.row.recorded_by),
            sort_key="officer", code="officer",
        ),
        Column(
            _("From list"), 110, lambda one: one.row.document[:12], Kind.MONO,
            quiet=True, code="document",
        ),
    ]  # fmt: skip


def _why_tone(line: Listed) -> Tone:
    doubtful = line.why in ("serial_looks_alike", "similar", "old_tag", "forged_label")
    return Tone.WARN if doubtful else Tone.INFO
