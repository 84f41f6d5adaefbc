"""The layouts of known lists, as files that a country's staff can read and add to."""

from __future__ import annotations

import json
from functools import cached_property
from pathlib import Path
from typing import Final

import msgspec

from stockpile.adapters.sheets.plain_tables import write_whole
from stockpile.domain.errors import FileUnreadable
from stockpile.domain.layouts import Profile
from stockpile.paths import resource

_PREFIX: Final = "list-"
"""Before every file's name: some words are no file names on every system."""


class ProfileShelf:
    """The profiles that ship, and those of a folder of this site's own."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def known(self) -> tuple[Profile, ...]:
        """Return all that can be read, this site's own first."""
        own = [profile for file in self._files() if (profile := _read_or_none(file))]
        return (*own, *self._shipped)

    def shipped(self) -> frozenset[str]:
        """Return the names of those that ship."""
        return frozenset(one.name for one in self._shipped)

    def broken(self) -> tuple[str, ...]:
        """Return the files of this site's own that are no profiles."""
        return tuple(str(file) for file in self._files() if _read_or_none(file) is None)

    def keep(self, profile: Profile) -> None:
        """Keep a profile of this site's own, in the place of one of the same name.

        Raises DiskFull and DiskTrouble.
        """
        file = self._folder / f"{_PREFIX}{profile.name}.toml"
        write_whole(file, as_toml(profile).encode("utf-8"))

    @cached_property
    def _shipped(self) -> tuple[Profile, ...]:
        return shipped_profiles()  # read when a list comes in, not whenever a home is opened

    def _files(self) -> list[Path]:
        return sorted(self._folder.glob("*.toml"))


def shipped_profiles() -> tuple[Profile, ...]:
    """Return the profiles that come with the program, by name."""
    return tuple(map(read_profile, sorted(resource("profiles").glob("*.toml"))))


def read_profile(file: Path) -> Profile:
    """Read one profile, every field of which names one of its columns; raises FileUnreadable."""
    try:
        profile = msgspec.toml.decode(file.read_bytes(), type=Profile)
    except (OSError, UnicodeDecodeError, msgspec.DecodeError) as error:
        raise FileUnreadable(str(file), "profile") from error
    said = {name for one in profile.fields.values() for name in _names(one)}
    if not profile.columns or not said.issubset(profile.columns):
        raise FileUnreadable(str(file), "profile")
    return profile


def as_toml(profile: Profile) -> str:
    """Return a profile as the text of its file."""
    lines = [
        f"name = {_quoted(profile.name)}",
        f"mode = {_quoted(profile.mode)}",
        f"order = {_quoted(profile.order)}",
    ]
    if profile.zero_padded is not None:
        lines.append(f"zero_padded = {str(profile.zero_padded).lower()}")
    lines += [f"columns = {_quoted_list(profile.columns)}", "", "[fields]"]
    for field, said in profile.fields.items():
        value = _quoted(said) if isinstance(said, str) else _quoted_list(said)
        lines.append(f"{field} = {value}")
    return "\n".join(lines) + "\n"


def _read_or_none(file: Path) -> Profile | None:
    try:
        return read_profile(file)
    except FileUnreadable:
        return None  # told by ``broken``: one bad file must not keep every list out


def _names(said: str | tuple[str, ...]) -> tuple[str, ...]:
    return (said,) if isinstance(said, str) else said


def _quoted(text: str) -> str:
    """Return a text as TOML quotes it: as JSON does, and DEL escaped as well."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _quoted_list(texts: tuple[str, ...]) -> str:
    return f"[{', '.join(map(_quoted, texts))}]"
