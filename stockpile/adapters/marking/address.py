"""The address of a machine: where it is, and behind ``?`` how its driver is to speak to it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from urllib.parse import unquote


def split(url: str, names: Collection[str]) -> tuple[str, Mapping[str, str]]:
    """Return the address without the options of these names, and their values, decoded.

    Options stand behind ``?`` with ``&`` between them, ``%02`` is the byte 02h; those of other
    names, as ``baud=9600`` of a port, stay in the address.
    """
    place, _, tail = url.partition("?")
    options = [option.partition("=") for option in tail.split("&") if option]
    ours = {name: unquote(value) for name, _, value in options if name in names}
    rest = "&".join("".join(option) for option in options if option[0] not in names)
    return f"{place}?{rest}" if rest else place, ours


_SPEEDLESS = ("socket://", "rfc2217://", "listen://", "loop://")
"""Addresses of no serial port, or of one whose box knows its own speed."""


def at_speed(url: str, baud: int) -> str:
    """Return the address of a serial port with this speed, unless it has one or needs none."""
    return url if url.startswith(_SPEEDLESS) or "baud=" in url else f"{url}?baud={baud}"
