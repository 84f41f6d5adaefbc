"""What belongs to this machine, never to the record.

If two officers must agree on it, it is a fact; if it is about this machine, it is a setting. The
file is TOML in the home; keys that this version does not know are kept when it is saved.

The file is read before anybody gave the passphrase, so that it stands in the clear: officers and
persons are named by ids in it, and what may hold a serial number is no part of it. That part is
sealed under the store's key by whoever has the home open (the port ``Notes``).
"""

from __future__ import annotations

import json
import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Literal, cast

from stockpile.domain.errors import DiskTrouble, FileUnreadable

FILE = "settings.toml"

Scalar = str | int | float | bool


def _described(default: Scalar, meaning: str, *, sealed: bool = False) -> str:
    """Return a field with its default and its meaning; ``sealed`` is never in the file."""
    return cast("str", field(default=default, metadata={"meaning": meaning, "sealed": sealed}))


@dataclass(frozen=True, slots=True)
class Settings:
    """Every setting, typed, defaulted and described."""

    language: str = _described("", "Language of the program; empty follows the system.")
    theme: str = _described("system", "Colours: system, light or dark.")
    stock: str = _described("", "The label stock used last.")
    printer_fits: str = _described("", "What printers put beside its place, by name (JSON).")
    label_printing: str = _described("", "How labels were printed last (JSON).")
    machine: str = _described("", "The marking machine used last.")
    marking: str = _described("", "What each marking machine is used for, by its name (JSON).")
    marking_order: str = _described("", "The marking order that was in hand last, by its id.")
    pedal: str = _described("", "A further key that starts the marking machine, as of a pedal.")
    registry: str = _described("", "Address of the national registry.")
    officer: str = _described("", "The officer who signed in last, by id.")
    page: str = _described("register", "The page that was open last.")
    entry: str = _described(
        "", "What fast entry said last of the weapons of each place, as JSON.", sealed=True
    )
    columns: str = _described("", "Columns of the register, in order, with their widths (JSON).")
    filters: str = _described(
        "", "Filters of the register that were saved, by name (JSON).", sealed=True
    )
    conflicts: str = _described("", "Which contradictions are shown: class and site (JSON).")
    photos: str = _described("", "The folder that the camera's photos come into.")
    digits: str = _described(
        "", "Digits of papers: latin, arabic, or empty for those of the paper's language."
    )
    paper: str = _described("A4", "Size of papers: A4 or Letter.")
    sounds: str = _described("on", "Whether scans are heard: on or off.")
    issuing: str = _described("", "What the last hand-over was for (JSON).", sealed=True)
    counter: str = _described("", "What lay on the counter last, by ids (JSON).", sealed=True)
    collecting: str = _described("", "What lay on the hand-in table last (JSON).", sealed=True)
    hand_in: str = _described("", "Where hand-ins were taken last, and of which kind (JSON).")
    second_officer: str = _described("", "The officer who signed second last, by id.")
    courier_folder: str = _described("", "The folder that courier files are written to.")
    courier_photos: str = _described("yes", "Whether photos go beside courier files: yes or no.")
    courier_photos_most: str = _described("256", "Megabytes of photos that go there at most.")
    backups: str = _described("", "The folder that backups go to; empty means beside the home.")
    backups_identity: str = _described("", "The mark by which its disk or stick is found again.")
    backups_every: str = _described("day", "How often they are written: day, week or never.")
    proof_every: str = _described(
        "week", "How often the record is checked deeply by itself: week, month or never."
    )
    proof_found: str = _described(
        "", "What the last deep check found wrong, and when (JSON).", sealed=True
    )
    campaign: str = _described("", "What the marking campaign was planned with last (JSON).")
    exchange_every: str = _described(
        "15", "Minutes between exchanges with the registry by itself; 0 for never."
    )
    exchange_photos: str = _described(
        "always", "When photos go along by themselves: always, night or never."
    )
    scanner: str = _described("", "Handheld scanner on a serial port: address;prefix;suffix.")
    printers: str = _described("", "Label printers of this computer (JSON).")
    rest: tuple[tuple[str, Scalar], ...] = ()

    @staticmethod
    def read(home: Path) -> Settings:
        """Return the settings of a home; defaults where there are none; raises FileUnreadable."""
        file = home / FILE
        try:
            written = tomllib.loads(file.read_text("utf-8"))
        except FileNotFoundError:
            return Settings()
        except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
            raise FileUnreadable(str(file), str(error)) from error
        known = {one.name for one in fields(Settings)} - {"rest"}
        mine = {key: str(value) for key, value in written.items() if key in known}
        rest = tuple((key, value) for key, value in written.items() if key not in known)
        return Settings(**mine, rest=rest)

    def write(self, home: Path) -> None:
        """Save all but what is sealed, whole or not at all; raises DiskTrouble."""
        mine = [
            (one.name, getattr(self, one.name))
            for one in fields(self)
            if one.name != "rest" and not one.metadata["sealed"]
        ]
        lines = [f"{key} = {_toml(value)}\n" for key, value in (*mine, *self.rest)]
        file = home / FILE
        draft = file.with_suffix(".part")
        try:
            draft.write_text("".join(lines), "utf-8")
            os.replace(draft, file)  # noqa: PTH105 - replaces in one step on every system
        except OSError as error:
            raise DiskTrouble(str(file), str(error)) from error

    def sealed(self) -> dict[str, str]:
        """Return what is kept under the store's key and not in the file, where anything is said."""
        mine = {name: str(getattr(self, name)) for name in _sealed_names()}
        return {name: value for name, value in mine.items() if value}

    def unsealed(self, kept: Mapping[str, str]) -> Settings:
        """Return the settings with what was kept sealed; what is no such setting is left out."""
        known = _sealed_names()
        return replace(self, **{name: kept[name] for name in known if name in kept})  # type: ignore[arg-type]  # all are texts

    def with_(self, **changes: str) -> Settings:
        """Return the settings with some changed."""
        return replace(self, **changes)  # type: ignore[arg-type]  # names are checked by replace


def _sealed_names() -> tuple[str, ...]:
    return tuple(one.name for one in fields(Settings) if one.metadata.get("sealed"))


Theme = Literal["system", "light", "dark"]


def _toml(value: Scalar) -> str:
    """Write a scalar as TOML; a JSON string is a TOML basic string."""
    return json.dumps(value, ensure_ascii=False) if isinstance(value, str | bool) else repr(value)
