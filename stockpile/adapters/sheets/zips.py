"""Is this archive an honest workbook? Asked before a parser sees any of it."""

from __future__ import annotations

import re
import struct
import zipfile
import zlib
from collections.abc import Iterable
from io import BytesIO
from typing import Final

from stockpile.adapters.sheets import limits
from stockpile.domain.errors import FileHostile, FileUnreadable

_ENCRYPTED: Final = 1
_CHUNK: Final = 2**20
_LONGEST_TAG: Final = 64
_ITEM: Final = re.compile(rb"<(?:[A-Za-z0-9]+:)?(?:row|si)[\s/>]")
_STREAMED: Final = re.compile(r"xl/(?:worksheets/[^/]+|sharedStrings)\.xml", re.IGNORECASE)
_STRINGS: Final = re.compile(r"xl/sharedStrings\.xml", re.IGNORECASE)
_PARSED: Final = re.compile(r".*\.(?:xml|rels)", re.IGNORECASE)


def demand_workbook(raw: bytes, path: str) -> None:
    """Raise FileUnreadable or FileHostile unless the bytes are a workbook of bearable size."""
    try:
        with zipfile.ZipFile(BytesIO(raw)) as archive:
            parts = archive.infolist()
            _demand_kind({part.filename for part in parts}, path)
            _demand_bearable(parts, path)
            for part in parts:
                if _STREAMED.fullmatch(part.filename):
                    _demand_items(archive, part, path)
    except (zipfile.BadZipFile, zlib.error, EOFError, struct.error, OSError) as error:
        raise FileUnreadable(path, "truncated") from error
    except (NotImplementedError, RuntimeError) as error:
        raise FileUnreadable(path, "compression") from error


def _demand_kind(names: set[str], path: str) -> None:
    if "xl/workbook.xml" in names:
        return
    if "xl/workbook.bin" in names:
        raise FileUnreadable(path, "binary_workbook")
    if "mimetype" in names and "content.xml" in names:
        raise FileUnreadable(path, "open_document")
    raise FileUnreadable(path, "not_a_workbook")


def _demand_bearable(parts: Iterable[zipfile.ZipInfo], path: str) -> None:
    total = 0
    for count, part in enumerate(parts, 1):
        total += part.file_size
        if part.flag_bits & _ENCRYPTED:
            raise FileUnreadable(path, "encrypted")
        if count > limits.MOST_PARTS:
            raise FileHostile(path, "parts")
        if total > limits.LARGEST_UNPACKED or part.file_size > _largest(part.filename):
            raise FileHostile(path, "unpacked_size")
        if part.file_size > limits.SMALL and part.file_size > limits.STEEPEST * part.compress_size:
            raise FileHostile(path, "unpacked_size")


def _largest(name: str) -> int:
    if _STRINGS.fullmatch(name):
        return limits.LARGEST_STRINGS
    if _PARSED.fullmatch(name) and not _STREAMED.fullmatch(name) and "calcChain" not in name:
        return limits.LARGEST_PART
    return limits.LARGEST_UNPACKED


def _demand_items(archive: zipfile.ZipFile, part: zipfile.ZipInfo, path: str) -> None:
    """Unpack a part once, keeping nothing, and count: bytes in all, and bytes of one element."""
    counted = since_item = 0
    tail = b""
    with archive.open(part) as stream:
        while chunk := stream.read(_CHUNK):
            counted += len(chunk)
            found = [match.start() for match in _ITEM.finditer(tail + chunk)]
            since_item = len(tail + chunk) - found[-1] if found else since_item + len(chunk)
            if counted > limits.LARGEST_UNPACKED or since_item > limits.LARGEST_ELEMENT:
                raise FileHostile(path, "unpacked_size")
            tail = chunk[-_LONGEST_TAG:]
