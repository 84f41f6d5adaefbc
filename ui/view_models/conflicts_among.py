"""Which contradictions are shown: of one class, of one site, of one weapon."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import get_args

from stockpile.domain.conflicts import ConflictClass


@dataclass(frozen=True, slots=True)
class Among:
    """What the list is narrowed to; an empty part narrows nothing.

    ``kind`` is a class, ``site`` the id of a site, ``weapon`` a number or serial as it was typed.
    """

    kind: str = ""
    site: str = ""
    weapon: str = ""

    @property
    def is_all(self) -> bool:
        """Say whether everything that is open is shown."""
        return self == Among()

    def kept(self) -> str:
        """Return what is remembered: never the weapon, which may be a serial and is soon done."""
        return json.dumps({"kind": self.kind, "site": self.site}) if self.kind or self.site else ""

    @staticmethod
    def remembered(text: str) -> Among:
        """Return what was remembered; all, where it cannot be read or is no class any more."""
        try:
            said = json.loads(text) if text else {}
        except ValueError:
            return Among()
        if not isinstance(said, dict):
            return Among()
        kind, site = str(said.get("kind", "")), str(said.get("site", ""))
        return Among(kind if kind in get_args(ConflictClass) else "", site)
