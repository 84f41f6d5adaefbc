"""What a machine is used for at this station, remembered for each machine on this computer."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Final, cast, get_args

from stockpile.domain.facts import MarkingReason, SchemeSet, SchemeWord
from stockpile.domain.marking import MOSAIC_IMPORT
from stockpile.domain.values import SchemeId

REASONS: Final[tuple[MarkingReason, ...]] = get_args(MarkingReason)


@dataclass(frozen=True, slots=True)
class Setup:
    """The scheme, the words chosen for its parts, where on the weapon, and why it is marked.

    ``words`` holds pairs of a part and the text chosen for it, such as ("force", "POL").
    """

    scheme: SchemeId = MOSAIC_IMPORT
    words: tuple[tuple[str, str], ...] = ()
    component: str = ""
    position: str = ""
    reason: MarkingReason = "import"

    def chosen(self, scheme: SchemeSet) -> tuple[SchemeWord, ...]:
        """Return the words of the scheme that were chosen; what it no longer lists is left out."""
        return tuple(one for one in scheme.words if (one.part, one.text) in self.words)

    def missing(self, scheme: SchemeSet) -> tuple[str, ...]:
        """Return the parts of which one of several words is still to be chosen."""
        chosen = {one.part for one in self.chosen(scheme)}
        return tuple(part for part in parts_to_choose(scheme) if part not in chosen)


def parts_to_choose(scheme: SchemeSet) -> tuple[str, ...]:
    """Return the parts of which the scheme lists several words, in its order."""
    parts = [one.part for one in scheme.words]
    return tuple(part for part in dict.fromkeys(parts) if parts.count(part) > 1)


def with_setup(kept: str, machine: str, setup: Setup) -> str:
    """Return what the settings keep with another setup of one machine."""
    known = {name: asdict(one) for name, one in setups(kept).items()}
    return json.dumps({**known, machine: asdict(setup)}, ensure_ascii=False)


def setups(kept: str) -> Mapping[str, Setup]:
    """Return the setups that the settings keep, by machine; none where they cannot be read."""
    try:
        said = json.loads(kept) if kept else {}
        return {str(name): _read(one) for name, one in said.items()}
    except (ValueError, TypeError, AttributeError, KeyError):
        return {}


def _read(said: Mapping[str, object]) -> Setup:
    reason = str(said.get("reason", ""))
    pairs = cast("list[list[str]]", said.get("words", []))
    return Setup(
        SchemeId(str(said.get("scheme") or MOSAIC_IMPORT)),
        tuple((str(part), str(text)) for part, text in pairs),
        str(said.get("component", "")),
        str(said.get("position", "")),
        next((one for one in REASONS if one == reason), "import"),
    )
