"""Whose certificates a line believes: those of the system's own store, and none where none is due.

Reading that store takes thirty milliseconds, at every line that is opened: a line that speaks
plainly does not wait for it.
"""

from __future__ import annotations

import ssl


def trusted_for(*urls: str) -> ssl.SSLContext:
    """Return what lines to these addresses trust; for plain ones alone that is nobody at all.

    The store is read each time, so that an authority counts as soon as it is installed.
    """
    if all(one.lower().startswith("http:") for one in urls):
        return ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    return ssl.create_default_context()
