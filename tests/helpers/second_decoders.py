"""A second opinion on every printed code: decoders that share nothing with the one we ship.

zbar reads linear symbols and QR, libdmtx Data Matrix. Each needs a library of the system: where it
is not installed its tests are skipped, but not where everything is to be run.
"""

from __future__ import annotations

import os
import warnings
from collections.abc import Sequence

import pytest
from PIL import Image

try:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # it compares versions as one used to
        from pylibdmtx import pylibdmtx
    from pyzbar import pyzbar
except ImportError:
    HAS_BOTH = False
else:
    HAS_BOTH = True

needs_second_decoders = pytest.mark.skipif(
    not HAS_BOTH and "STOCKPILE_REQUIRE_PG" not in os.environ,
    reason="zbar or libdmtx is not installed",
)


def read_by_zbar(width: int, height: int, grey: bytes) -> Sequence[tuple[str, str]]:
    """Return the kind and the text of every linear symbol and QR Code in a grey picture."""
    picture = Image.frombytes("L", (width, height), grey)
    return [(one.type, one.data.decode()) for one in pyzbar.decode(picture)]


def read_by_libdmtx(width: int, height: int, grey: bytes, most: int = 1) -> Sequence[str]:
    """Return the text of so many Data Matrix symbols in a grey picture."""
    picture = Image.frombytes("L", (width, height), grey)
    return [one.data.decode() for one in pylibdmtx.decode(picture, max_count=most)]
