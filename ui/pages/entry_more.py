"""What more can be said of a weapon: how it was made, how it came, whether it is safe."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from stockpile import wording
from stockpile.domain import vocabulary
from stockpile.domain.facts import SafeCheck
from stockpile.domain.receiving import Description
from stockpile.language import _
from stockpile.terms import TermList, term
from ui.theme import Space, Text
from ui.widgets.arrange import boxed, column, rule
from ui.widgets.choice_field import Choice
from ui.widgets.field import ChoiceField, Field
from ui.widgets.field_grid import FieldGrid
from ui.widgets.text import Label
from ui.widgets.tick import Tick

AnyField = Field | ChoiceField
_ONE_WEAPON: Final = frozenset({"missing_parts", "remarks"})
"""What is said of one weapon only, unless it is locked on purpose."""
_USUAL: Final = MappingProxyType({"condition": "unknown"})
"""Nobody has looked until somebody says so."""
_MAKE: Final = ("action", "frame", "country", "year", "condition", "custody")
_CAME: Final = ("mode", "on", "where", "case")
_IMPORT: Final = ("import_country", "import_year", "importer")
_NAMES: Final = ("cleared_by", "verified_by")
_TEXTS: Final = (*_MAKE, *_CAME, *_IMPORT, "missing_parts", "remarks")


class MoreFields(QWidget):
    """Everything beyond the six first fields; nothing of it has to be said.

    Signals:
        remnant_seen: an explosive remnant is, or is no longer, on the weapon.
    """

    remnant_seen = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        made = ChoiceField
        self.named: dict[str, AnyField] = {
            "action": made(_("Action"), term_choices("action", vocabulary.ACTIONS), lockable=True),
            "frame": made(_("Frame material"), term_choices("frame", _known(vocabulary.FRAMES)),
                          lockable=True),
            "country": made(_("Country of make"), lockable=True, free=True),
            "year": Field(_("Year of make"), lockable=True),
            "condition": made(_("Condition"), _conditions(), lockable=True),
            "custody": made(_("Kind of custody"),
                            term_choices("custody", _known(vocabulary.CUSTODY_TYPES)),
                            lockable=True),
            "mode": made(_("How it came"), term_choices("mode", _known(vocabulary.MODES)),
                         lockable=True),
            "on": Field(_("Date it came"), placeholder=_("2026-11-22"), lockable=True),
            "where": Field(_("Where it came from"), lockable=True),
            "case": Field(_("Case number"), identifier=True, lockable=True),
            "import_country": made(_("Country of import"), lockable=True, free=True),
            "import_year": Field(_("Year of import"), lockable=True),
            "importer": Field(_("Importer"), lockable=True),
            "cleared_by": Field(_("Cleared by"), lockable=True),
            "verified_by": Field(_("Checked by a second person"), lockable=True),
            "missing_parts": Field(_("Missing parts"), lockable=True),
            "remarks": Field(_("Remarks"), lockable=True),
        }  # fmt: skip
        self.grounds = {code: Tick(term("ground", code)) for code in vocabulary.GROUNDS}
        self.magazine_out = Tick(_("Magazine removed"))
        self.chamber_clear = Tick(_("Chamber seen and felt empty"))
        self.safety_on = Tick(_("Safety applied"))
        self.remnant = Tick(_("Explosive remnant on it"), grave=True)
        self.repeat_check = Tick(_("The whole batch was checked so"))
        self._grids: list[FieldGrid] = []
        self.setLayout(self._lay_out())
        for name, field in self.named.items():
            field.set_locked(locked=name not in _ONE_WEAPON)
        put(self.named["condition"], _USUAL["condition"])
        self.remnant.toggled.connect(self.remnant_seen)

    def described(self, said: Description) -> Description:
        """Return the description with what is said here."""
        texts = {name: value_of(self.named[name]) for name in _TEXTS}
        grounds = tuple(code for code, tick in self.grounds.items() if tick.isChecked())
        return replace(said, grounds=grounds, safe=self.safe(), **texts)  # type: ignore[arg-type]

    def safe(self) -> SafeCheck | None:
        """Return what the safety check found; nothing where nobody looked."""
        check = SafeCheck(
            self.magazine_out.isChecked(),
            self.chamber_clear.isChecked(),
            self.safety_on.isChecked(),
            self.remnant.isChecked(),
            value_of(self.named["cleared_by"]),
            value_of(self.named["verified_by"]),
        )
        looked = any((check.magazine_out, check.chamber_clear, check.safety_on, check.remnant))
        return check if looked else None

    def restore(self, said: Description) -> None:
        """Show what was said of a batch before."""
        for name in _TEXTS:
            put(self.named[name], getattr(said, name) or _USUAL.get(name, ""))
        for code, tick in self.grounds.items():
            tick.setChecked(code in said.grounds)

    def clear_free(self) -> None:
        """Empty what is not locked: it was said of the last weapon only."""
        for name, field in self.named.items():
            if not field.is_locked:
                put(field, _USUAL.get(name, ""))
        self.remnant.setChecked(False)
        if not self.repeat_check.isChecked():
            for tick in (self.magazine_out, self.chamber_clear, self.safety_on):
                tick.setChecked(False)

    def fit(self, width: int) -> None:
        """Stand in as many columns as have room."""
        for grid in self._grids:
            grid.fit(width)

    def _lay_out(self) -> QVBoxLayout:
        named = self.named
        parts = (
            self._grid([named[one] for one in _MAKE]),
            _heading(_("How it came")),
            self._grid([named[one] for one in _CAME]),
            _heading(_("Illicit grounds")),
            boxed(column(*self.grounds.values(), gap=0)),
            _heading(_("Last import")),
            self._grid([named[one] for one in _IMPORT]),
            _heading(_("Safe-condition check")),
            self._grid(list(self._checks())),
            self._grid([named[one] for one in _NAMES]),
            _heading(_("This weapon alone")),
            self._grid([named[one] for one in ("missing_parts", "remarks")]),
        )
        return column(*parts, gap=Space.M)

    def _checks(self) -> Iterator[QWidget]:
        yield from (self.magazine_out, self.chamber_clear, self.safety_on)
        yield from (self.remnant, self.repeat_check)

    def _grid(self, fields: Sequence[QWidget]) -> FieldGrid:
        grid = FieldGrid(fields)
        self._grids.append(grid)
        return grid


def term_choices(of: TermList, codes: Sequence[str]) -> list[Choice]:
    """Return the codes of a closed list in words."""
    return [Choice(code, term(of, code)) for code in codes]


def value_of(field: AnyField) -> str:
    """Return what a field says: its code, or its text."""
    return field.text().strip() if isinstance(field, Field) else field.value()


def put(field: AnyField, text: str) -> None:
    """Let a field say something else."""
    (field.set_text if isinstance(field, Field) else field.set_value)(text)


def _heading(text: str) -> QWidget:
    return boxed(column(rule(), Label(text, Text.HEADING), gap=Space.S))


def _known(codes: Sequence[str]) -> list[str]:
    return [code for code in codes if code != "unknown"]


def _conditions() -> list[Choice]:
    return [Choice(one, wording.condition(one)) for one in vocabulary.CONDITIONS]
