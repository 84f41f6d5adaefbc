"""Labels as sheets: drawn and read back each second, their size and memory, beside other ways.

    python -m tests.bench.labels [COUNT] [--rival RIVAL.py] [--peer PYTHON] [--glabels]

Prints a line for each claim: drawn with the gate on the whole, symbols that decode from one-bit
pixels at 203 dots an inch, megabytes, peak memory at 1,000 labels and at ten times as many. Each
label bears Code 128, a Data Matrix and three scripts.

The rival is a script with `fonts()` and `rawtext(canvas, records)` for ReportLab; what it imports
must be importable, and it reads its fonts from the folder that LABEL_FONTS names, which is made of
ours. The two take turns in one run; the best of each counts, by the clock and by the processor. The
peer is WeasyPrint, of the Python named: a table of the same labels whose symbols are pictures, as
many of them as ours, for it takes more than its share of time for many. The other peer is gLabels,
where it is installed: its template of the same labels on the same sheet, merged with the same
records; the symbols of its first and its last page are read before it counts.
"""

from __future__ import annotations

import argparse
import gc
import importlib.util
import io
import os
import random
import resource
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from types import ModuleType

import pypdfium2
import zxingcpp
from reportlab import rl_config
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from stockpile.adapters.pdf.document import StreamedDocument
from stockpile.adapters.pdf.dots import dots_of
from stockpile.adapters.pdf.layout import LabelLayout
from stockpile.adapters.pdf.sheets import PdfLabelSheets
from stockpile.adapters.pdf.stocks import MILLIMETRES_PER_INCH, points, stock_named
from stockpile.domain.tags import TAG_LENGTH, matrix_payload, new_tag, tag_mac
from stockpile.paths import resource as shipped
from stockpile.services.ports import Label
from tests.bench.peers import glabels

STOCK = "l7160"
ROUNDS = 5
SEED = 4711
COARSE = 203
FEW, TENFOLD = 1_000, 10
KINDS = (
    ("AKM 7.62x39", "بندقية هجومية", "五六式冲锋枪"),
    ("Glock 17 9x19", "مسدس", "五四式手枪"),
    ("PKM 7.62x54R", "رشاش خفيف", "六三式自动步枪"),
    ("RPG-7 40 mm", "قاذف صواريخ", "六九式火箭筒"),
    ("Mosin M91/30", "بندقية قنص", "七九式狙击步枪"),
)
ARABIC_DIGITS = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
Record = dict[str, str]


@dataclass(frozen=True)
class Labels(Collection[Label]):
    """So many labels, made as they are asked for: what memory is measured is the sheet's."""

    count: int

    def __len__(self) -> int:
        return self.count

    def __iter__(self) -> Iterator[Label]:
        return map(label_of, records(self.count))

    def __contains__(self, label: object) -> bool:
        return any(one == label for one in self)


def records(count: int) -> Iterator[Record]:
    chance = random.Random(SEED)
    for _number in range(count):
        tag = new_tag(chance.randbytes)
        latin, arabic, chinese = chance.choice(KINDS)
        serial = f"{chance.choice(('', 'KB-', 'VP '))}{chance.randrange(10**6):06d}"
        digits = "".join(filter(str.isdigit, serial)).translate(ARABIC_DIGITS)
        yield {
            "code128": tag,
            "dm": matrix_payload(tag, tag_mac(tag, lambda told: sha256(b"bench" + told).digest())),
            "latin": f"{latin}  {serial}",
            "arabic": f"{arabic} {digits}",
            "chinese": f"{chinese} {serial}",
            "loc": f"A{chance.randint(1, 9)} / R{chance.randint(1, 40):02d}",
        }


def label_of(record: Record) -> Label:
    lines = tuple(record[column] for column in ("latin", "arabic", "chinese", "loc"))
    return Label(record["code128"], record["dm"][TAG_LENGTH:], lines)


# --- ours --------------------------------------------------------------------------------------


def draw(labels: list[Label]) -> None:
    stock = stock_named(STOCK)
    width, height = points(stock.page.width), points(stock.page.height)
    document = StreamedDocument(io.BytesIO(), width, height, "Labels", stock.title)
    layout = LabelLayout(stock, document)
    for first in range(0, len(labels), stock.per_page):
        page = labels[first : first + stock.per_page]
        document.add_page("\n".join(map(layout.drawn, page, range(stock.per_page))))
    document.finish()


def decoded(file: Path, count: int) -> int:
    """Return how many symbols give their record back from the coarsest printer's pixels."""
    stock, scale, good = stock_named(STOCK), COARSE / MILLIMETRES_PER_INCH, 0
    due = [{one["code128"], one["dm"]} for one in records(count)]
    formats = zxingcpp.barcode_formats_from_str("Code128,DataMatrix")
    with pypdfium2.PdfDocument(file) as document:
        for number, page in enumerate(document):
            dots = dots_of(page, COARSE)
            pixels = memoryview(bytes(dots.buffer).translate(ONE_BIT))
            for place, expected in enumerate(due[number * stock.per_page :][: stock.per_page]):
                cell = stock.cell(place)
                left, top = round(cell.left * scale), round(cell.top * scale)
                crop = zxingcpp.ImageView(
                    pixels[top * dots.stride + left :],  # type: ignore[arg-type]  # any buffer
                    round(cell.width * scale),
                    round(cell.height * scale) - 1,
                    zxingcpp.ImageFormat.Lum,
                    dots.stride,
                    1,
                )
                read = zxingcpp.read_barcodes(crop, formats=formats, try_rotate=False)
                good += len({one.text for one in read} & expected)
    return good


ONE_BIT = bytes(0 if grey < 128 else 255 for grey in range(256))


# --- others --------------------------------------------------------------------------------------


def rival_from(script: Path, fonts: Path) -> ModuleType:
    for name in ("NotoSans-Regular", "NotoSans-Bold", "NotoNaskhArabic-Regular"):
        shutil.copy(shipped("fonts", f"{name}.ttf"), fonts)
    shutil.copy(shipped("fonts", "NotoSansSC-subset.ttf"), fonts / "NotoSansSC-GB2312.ttf")
    os.environ["LABEL_FONTS"] = f"{fonts}/"
    spec = importlib.util.spec_from_file_location("rival", script)
    assert spec is not None
    assert spec.loader is not None
    rival = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(rival)
    rival.fonts()
    return rival


def draw_as_rival(rival: ModuleType, told: list[Record]) -> None:
    rl_config.useA85 = 0  # as the rival measures itself
    canvas = Canvas(io.BytesIO(), pagesize=A4, pageCompression=1)
    rival.rawtext(canvas, told)
    canvas.showPage()
    canvas.save()


PEER = """
import base64, io, sys, time
import weasyprint, zxingcpp
from PIL import Image

def picture(kind, text):
    made = zxingcpp.create_barcode(text, getattr(zxingcpp.BarcodeFormat, kind)).to_image(scale=2)
    height, width = made.shape
    out = io.BytesIO()
    Image.frombytes("L", (width, height), memoryview(made).tobytes()).save(out, "PNG")
    return "data:image/png;base64," + base64.b64encode(out.getvalue()).decode()

started = time.perf_counter()
cells = []
for line in sys.stdin.read().splitlines():
    tag, matrix, *words = line.split("\\t")
    said = "".join(f"<div>{one}</div>" for one in words)
    cells.append(f"<div class=l><img class=m src='{picture('DataMatrix', matrix)}'>{said}"
                 f"<img class=b src='{picture('Code128', tag)}'></div>")
style = ("@page{size:A4;margin:15mm 7mm} .l{display:inline-block;width:63.5mm;height:37mm;"
         "font-size:8pt;overflow:hidden} .m{width:9mm;float:right} .b{width:50mm;height:9mm}")
html = f"<meta charset=utf-8><style>{style}</style>" + "".join(cells)
weasyprint.HTML(string=html).write_pdf(sys.argv[1])
print(time.perf_counter() - started)
"""


def peer_seconds(python: str, told: list[Record], file: Path) -> float | None:
    """Return how long the peer takes, once it is loaded; nothing where it does not run."""
    columns = ("code128", "dm", "latin", "arabic", "chinese", "loc")
    lines = "\n".join("\t".join(one[column] for column in columns) for one in told)
    ran = subprocess.run(
        [python, "-c", PEER, str(file)], input=lines, capture_output=True, text=True, check=False
    )
    return float(ran.stdout) if ran.returncode == 0 else None


# --- measuring -----------------------------------------------------------------------------------


def seconds(work: Callable[[], object]) -> tuple[float, float]:
    """Return how long a work takes by the clock and by the processor.

    What the one before left in memory is cleared away first, at nobody's cost.
    """
    gc.collect()
    clock, processor = time.perf_counter(), time.process_time()
    work()
    return time.perf_counter() - clock, time.process_time() - processor


def peak_of(count: int) -> tuple[float, float]:
    """Return the most memory of a process that makes a sheet, and the sheet's size, in MB."""
    ran = subprocess.run(
        [sys.executable, "-m", "tests.bench.labels", str(count), "--alone"],
        capture_output=True,
        text=True,
        check=True,
    )
    peak, size = ran.stdout.split()
    return float(peak), float(size)


def alone(count: int) -> None:
    with TemporaryDirectory() as folder:
        file = Path(folder, "labels.pdf")
        PdfLabelSheets().draw(Labels(count), STOCK, file, numbered=True)
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(f"{peak:.1f} {file.stat().st_size / 1e6:.3f}")


def tell_rival(script: Path, count: int) -> None:
    told = list(records(count))
    labels = [label_of(one) for one in told]
    with TemporaryDirectory() as fonts:
        rival = rival_from(script, Path(fonts))
        rounds = [
            (*seconds(lambda: draw(labels)), *seconds(lambda: draw_as_rival(rival, told)))
            for _ in range(ROUNDS)
        ]
    clock, processor, their_clock, their_processor = map(min, zip(*rounds, strict=True))
    print(
        f"drawn: {count / clock:,.0f} labels/s, rival {count / their_clock:,.0f};"
        f" ratio {their_clock / clock:.2f} by the clock,"
        f" {their_processor / processor:.2f} by the processor"
    )


def tell_glabels(whole: float, count: int) -> None:
    told, labels = list(records(count)), list(Labels(count))
    drawn = [seconds(lambda: draw(labels)) for _ in range(ROUNDS)]
    clock, processor = map(min, zip(*drawn, strict=True))
    with TemporaryDirectory() as folder:
        file = Path(folder, "peer.pdf")
        taken = glabels.seconds(told, Path(folder), file)
        if taken is None:
            print("peer: gLabels is not here")
            return
        per_page = stock_named(STOCK).per_page
        pages = -(-count // per_page)
        found = glabels.read_on(file, {0, pages - 1})
    on_them = told[:per_page] + told[(pages - 1) * per_page :]
    due = {one[kind] for one in on_them for kind in ("code128", "dm")}
    print(
        f"peer: gLabels {count / taken[0]:,.0f} labels/s at {count:,} labels, its program's start"
        f" included, {len(found & due)} of the {len(due)} symbols of its first and last page read;"
        f" ours is {taken[0] / clock:.0f} times as fast by the clock, {taken[1] / processor:.0f} by"
        f" the processor, and {whole * taken[0] / count:.0f} times with every label read back"
    )


def tell_peer(python: str, whole: float, count: int) -> None:
    labels = list(Labels(count))
    drawn = count / min(seconds(lambda: draw(labels))[0] for _ in range(ROUNDS))
    with TemporaryDirectory() as folder:
        taken = peer_seconds(python, list(records(count)), Path(folder, "peer.pdf"))
    if taken is None:
        print("peer: WeasyPrint does not run in the Python that was named")
        return
    print(
        f"peer: WeasyPrint {count / taken:,.0f} labels/s at {count:,} labels, not read back;"
        f" ours is {drawn * taken / count:.0f} times as fast,"
        f" and {whole * taken / count:.0f} times with every label read back"
    )


def main() -> None:
    asked = argparse.ArgumentParser()
    asked.add_argument("count", nargs="?", type=int, default=2_000)
    asked.add_argument("--rival", type=Path)
    asked.add_argument("--peer", default="")
    asked.add_argument("--glabels", action="store_true")
    asked.add_argument("--alone", action="store_true")
    said = asked.parse_args()
    if said.alone:
        alone(said.count)
        return
    if said.rival:
        tell_rival(said.rival, said.count)
    with TemporaryDirectory() as folder:
        file = Path(folder, "labels.pdf")
        clock, processor = seconds(lambda: PdfLabelSheets().draw(Labels(said.count), STOCK, file))
        print(
            f"drawn, rendered and read back: {said.count / clock:,.0f} labels/s by the clock,"
            f" {said.count / processor:,.0f} for each processor"
        )
        good = decoded(file, said.count)
    print(f"from one-bit pixels at {COARSE} dpi: {good:,} of {2 * said.count:,} symbols")
    few, many = peak_of(FEW), peak_of(FEW * TENFOLD)
    print(f"size: {many[1]:.2f} MB for {FEW * TENFOLD:,} labels")
    print(f"memory: {few[0]:.0f} MB for {FEW:,} labels, {many[0]:.0f} MB for {FEW * TENFOLD:,}")
    if said.peer:
        tell_peer(said.peer, said.count / clock, said.count)
    if said.glabels:
        tell_glabels(said.count / clock, said.count)


if __name__ == "__main__":
    main()
