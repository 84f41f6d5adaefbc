"""Addresses of registries: whether what travels to one can be read on the way.

Every entry is signed and chained, so nobody on the way can change one. But serials, places and
names of depots are in it, and only TLS hides them from who listens.
"""

from __future__ import annotations

from ipaddress import ip_address
from urllib.parse import urlsplit


def is_in_clear(url: str) -> bool:
    """Say whether a line to this address is open to who listens: no TLS, and another computer."""
    try:
        split = urlsplit(url.strip())
        host = split.hostname
    except ValueError:
        return False
    return split.scheme == "http" and host is not None and not _is_this_computer(host)


def _is_this_computer(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
