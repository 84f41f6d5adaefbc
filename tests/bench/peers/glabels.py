"""gLabels as a peer: its template of the same labels on the same sheet, and what its PDF holds.

A template is gzipped XML; records come from a file of comma-separated values, its columns are
numbered from 1. An object without its affine matrix (a0 to a5) is drawn with one of zeros: nowhere.
"""

from __future__ import annotations

import csv
import gzip
import resource
import shutil
import subprocess
import time
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Final
from xml.etree import ElementTree as ET

import pypdfium2
import zxingcpp

PROGRAM: Final = "glabels-3-batch"
COLUMNS: Final = ("code128", "dm", "latin", "arabic", "chinese", "loc")
_NAMESPACE: Final = "http://glabels.org/xmlns/3.0/"
_STRAIGHT: Final = {"a0": "1", "a1": "0", "a2": "0", "a3": "1", "a4": "0", "a5": "0"}
_LETTERS: Final = {
    "font_family": "Noto Sans", "font_size": "8", "font_weight": "Regular",
    "font_italic": "False", "color": "0x000000ff", "line_spacing": "1",
}  # fmt: skip
_SYMBOLS: Final = (
    ("Code128", "1", (3, 26, 50, 9)),
    ("IEC16022", "2", (50, 3, 10, 10)),
)
_DOTS: Final = 300


def seconds(
    told: Sequence[Mapping[str, str]], folder: Path, out: Path
) -> tuple[float, float] | None:
    """Return how long the program takes for a PDF of these labels, by the clock and the processor.

    Nothing where it is not here.
    """
    if shutil.which(PROGRAM) is None:
        return None
    records, template = folder / "records.csv", folder / "labels.glabels"
    with records.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, quoting=csv.QUOTE_ALL).writerows(
            [[one[c] for c in COLUMNS] for one in told]
        )
    template.write_bytes(gzip.compress(_template(records)))
    started, used = time.perf_counter(), _processor()
    ran = subprocess.run([PROGRAM, "-o", str(out), str(template)], capture_output=True, check=False)
    taken = time.perf_counter() - started, _processor() - used
    return taken if ran.returncode == 0 and out.exists() else None


def _processor() -> float:
    """Return the processor time of all programs that were run and have ended, in seconds."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def read_on(file: Path, pages: Iterable[int]) -> set[str]:
    """Return what the symbols of some pages of a PDF say; pages are counted from 0."""
    said: set[str] = set()
    formats = zxingcpp.barcode_formats_from_str("Code128,DataMatrix")
    with pypdfium2.PdfDocument(file) as document:
        for number in pages:
            shown = document[number].render(scale=_DOTS / 72, grayscale=True).to_pil()
            said |= {one.text for one in zxingcpp.read_barcodes(shown, formats=formats)}
    return said


def _template(records: Path) -> bytes:
    """Return labels of 63.5 x 38.1 mm, 21 on a sheet, with two symbols and four lines each."""
    document = ET.Element("Glabels-document", {"xmlns": _NAMESPACE})
    sheet = {"brand": "Avery", "part": "L7160", "size": "A4", "description": "Address labels"}
    face = {"id": "0", "width": "63.5mm", "height": "38.1mm", "round": "0mm"}
    face |= {"x_waste": "0mm", "y_waste": "0mm"}
    grid = {"nx": "3", "ny": "7", "x0": "7.25mm", "y0": "15.15mm", "dx": "66.04mm", "dy": "38.1mm"}
    label = ET.SubElement(ET.SubElement(document, "Template", sheet), "Label-rectangle", face)
    ET.SubElement(label, "Layout", grid)
    objects = ET.SubElement(document, "Objects", {"id": "0", "rotate": "False"})
    for at in range(len(COLUMNS) - len(_SYMBOLS)):
        box = _box((3, 3 + 5 * at, 42, 5)) | _STRAIGHT
        line = {"justify": "Left", "valign": "Top", "auto_shrink": "False"}
        text = ET.SubElement(objects, "Object-text", box | line)
        span = ET.SubElement(text, "Span", _LETTERS)
        ET.SubElement(span, "Field", {"name": str(len(_SYMBOLS) + 1 + at)})
    for style, field, place in _SYMBOLS:
        said = {"style": style, "field": field, "text": "False", "checksum": "True"}
        box = _box(place) | _STRAIGHT
        ET.SubElement(objects, "Object-barcode", box | said | {"color": "0x000000ff"})
    ET.SubElement(document, "Merge", {"type": "Text/Comma", "src": str(records)})
    ET.SubElement(document, "Data")
    whole: bytes = ET.tostring(document, encoding="utf-8", xml_declaration=True)
    return whole


def _box(place: tuple[int, int, int, int]) -> dict[str, str]:
    return {name: f"{one}mm" for name, one in zip("xywh", place, strict=True)}
