"""The modules of a label's symbols, as a printer draws them that is told what they say."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import Any, Final, cast

import zxingcpp
from barcode.codex import Code39

FORMATS: Final[Mapping[str, zxingcpp.BarcodeFormat]] = MappingProxyType(
    {
        "matrix": zxingcpp.BarcodeFormat.DataMatrix,
        "code128": zxingcpp.BarcodeFormat.Code128,
        "code39": zxingcpp.BarcodeFormat.Code39,
        "qr": zxingcpp.BarcodeFormat.QRCode,
    }
)
"""What the decoder calls each symbol of a layout."""

_DARK: Final = 0
_SAID: Final[Mapping[str, Mapping[str, Any]]] = MappingProxyType(
    {"matrix": {"forceSquare": True}, "qr": {"ecLevel": "M"}}
)


@lru_cache(64)
def modules(what: str, text: str) -> tuple[bytes, ...]:
    """Return a symbol's rows from the top, a byte a module, 1 dark, without white around it.

    A linear symbol is one row.
    """
    if what == "code39":
        # With wide bars of three modules, as printers are told to draw it.
        (bars,) = Code39(text, add_checksum=False).build()
        return (bytes(one == "1" for one in bars),)
    drawn = zxingcpp.create_barcode(text, FORMATS[what], **_SAID.get(what, {}))
    # Any: the stubs hide that the image is a buffer.
    image = cast("Any", drawn.to_image(scale=1, add_quiet_zones=False))
    _, columns = image.shape
    bits = bytes(one == _DARK for one in memoryview(image).tobytes())
    rows = [bits[start : start + columns] for start in range(0, len(bits), columns)]
    return tuple(rows) if what in ("matrix", "qr") else (rows[0],)
