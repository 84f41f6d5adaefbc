"""The layouts of known lists, as files that a country's staff can read and add to."""

from __future__ import annotations

from pathlib import Path

import msgspec

from stockpile.domain.errors import FileUnreadable
from stockpile.domain.layouts import Profile
from stockpile.paths import resource


def shipped_profiles() -> tuple[Profile, ...]:
    """Return the profiles that come with the program, by name."""
    return tuple(map(read_profile, sorted(resource("profiles").glob("*.toml"))))


def read_profile(file: Path) -> Profile:
    """Read one profile; raises FileUnreadable."""
    try:
        return msgspec.toml.decode(file.read_bytes(), type=Profile)
    except (OSError, UnicodeDecodeError, msgspec.DecodeError) as error:
        raise FileUnreadable(str(file), "profile") from error
