"""What zxing-cpp reads by itself from a picture, and what of that is believed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final

import zxingcpp
from PIL import Image

from stockpile.services.ports import SymbolKind

_FORMATS: Final[dict[SymbolKind, zxingcpp.BarcodeFormat]] = {
    "matrix": zxingcpp.BarcodeFormat.DataMatrix,
    "qr": zxingcpp.BarcodeFormat.QRCode,
    "bars": zxingcpp.BarcodeFormat.Code128,
}
_NAMES: Final[dict[SymbolKind, str]] = {
    "matrix": "DataMatrix", "qr": "QRCode", "bars": "Code128",
}  # fmt: skip
_BINARIZERS: Final = (zxingcpp.Binarizer.LocalAverage, zxingcpp.Binarizer.GlobalHistogram)
_SMALL: Final = 6
"""Bytes that a symbol may hold whose correction is content with chance too often."""
_UNSPENT: Final = 0.5
_LEAST_BARS: Final = 4
"""Bytes of a Code 128; shorter ones are read from what is no symbol."""


@dataclass(frozen=True, slots=True)
class Found:
    """A symbol that was read: its kind, its bytes, and whether its own correction proves it.

    ``sure`` is false for bars, which have one check character, and for the smallest matrices
    where most of their correction was needed: it is content with chance once in some thousands.
    """

    kind: SymbolKind
    raw: bytes
    sure: bool


def read_plainly(
    image: Image.Image,
    kinds: Iterable[SymbolKind],
    *,
    pure: bool = False,
) -> Iterator[Found]:
    """Give the symbols of these kinds that a picture shows, once for each way of looking.

    A ``pure`` picture is a drawn symbol, upright and alone.
    """
    wanted = zxingcpp.barcode_formats_from_str(",".join(_NAMES[kind] for kind in kinds))
    for binarizer in _BINARIZERS[: 1 if pure else None]:
        seen = zxingcpp.read_barcodes(
            image, formats=wanted, try_rotate=not pure, try_downscale=False, try_invert=not pure,
            binarizer=binarizer, is_pure=pure,
        )  # fmt: skip
        yield from (_found(one) for one in seen if _worth(one))


def _worth(symbol: Any) -> bool:  # noqa: ANN401 - the library ships no types
    least = _LEAST_BARS if symbol.format == zxingcpp.BarcodeFormat.Code128 else 1
    return len(bytes(symbol.bytes)) >= least


def _found(symbol: Any) -> Found:  # noqa: ANN401 - the library ships no types
    names = {one: kind for kind, one in _FORMATS.items()}
    kind = names.get(symbol.format, "matrix")
    raw = bytes(symbol.bytes)
    # The smallest mend two or three errors at most: proof enough where half of that was not needed.
    unspent = float((symbol.extra or {}).get("UEC", 0.0))
    sure = kind != "bars" and (len(raw) > _SMALL or unspent >= _UNSPENT)
    return Found(kind, raw, sure)
