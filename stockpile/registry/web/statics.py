"""The files that pages load: one stylesheet and the letters. Named here, so nothing else is given.

A path is looked up among the names and never joined to a folder: no path leads out of it.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Final

from fastapi import Response

from stockpile.paths import resource
from stockpile.registry.web.frame import pages

_HERE: Final = Path(__file__).parent / "static"
_FONTS: Final = (
    "Inter-Regular.otf", "Inter-Medium.otf", "Inter-SemiBold.otf", "JetBrainsMono-Regular.ttf",
    "NotoSansArabicUI-Regular.ttf", "NotoSansArabicUI-Bold.ttf", "NotoSansSC-subset.ttf",
)  # fmt: skip
_KINDS: Final = MappingProxyType(
    {
        ".css": "text/css; charset=utf-8",
        ".otf": "font/otf",
        ".ttf": "font/ttf",
        ".svg": "image/svg+xml",
    }
)
_FILES: Final = MappingProxyType(
    {
        "stockpile.css": _HERE / "stockpile.css",
        "icon.svg": resource("icons", "shield.svg"),
        **{one: resource("fonts", one) for one in _FONTS},
    }
)
_A_DAY: Final = "public, max-age=86400"

router = pages()


@router.get("/static/{name}")
def static(name: str) -> Response:
    """Give one of our own files."""
    file = _FILES.get(name)
    if file is None:
        return Response(status_code=404)
    headers = {"Cache-Control": _A_DAY}
    return Response(_read(name), media_type=_KINDS[file.suffix], headers=headers)


@cache
def _read(name: str) -> bytes:
    return _FILES[name].read_bytes()
