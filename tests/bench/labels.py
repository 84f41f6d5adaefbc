"""Labels drawn per second, against another way of drawing them, in one run; prints the ratio.

    python tests/bench/labels.py RIVAL.py [COUNT]

The rival is a script with `fonts()` and `rawtext(canvas, records)` for ReportLab and a file
`records.csv` beside it (n, code128, dm, latin, arabic, chinese, loc). LABEL_FONTS names the folder
of its fonts; what it imports must be importable. The two take turns; the best of each counts. Times
are those of the processor, so that other work on the computer matters little.
"""

from __future__ import annotations

import csv
import importlib.util
import io
import sys
import time
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from types import ModuleType

from reportlab import rl_config
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from stockpile.adapters.pdf.document import StreamedDocument
from stockpile.adapters.pdf.layout import LabelLayout
from stockpile.adapters.pdf.sheets import PdfLabelSheets
from stockpile.adapters.pdf.stocks import points, stock_named
from stockpile.domain.tags import TAG_LENGTH
from stockpile.services.ports import Label

ROUNDS = 5
Record = dict[str, str]


def rival_from(script: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("rival", script)
    assert spec is not None
    assert spec.loader is not None
    rival = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(rival)
    rival.fonts()
    return rival


def label_of(record: Record) -> Label:
    lines = tuple(record[column] for column in ("latin", "arabic", "chinese", "loc"))
    return Label(record["code128"], record["dm"][TAG_LENGTH:], lines)


def draw(labels: list[Label]) -> None:
    stock = stock_named("l7160")
    width, height = points(stock.page.width), points(stock.page.height)
    document = StreamedDocument(io.BytesIO(), width, height, "Labels", stock.title)
    layout = LabelLayout(stock, document)
    for first in range(0, len(labels), stock.per_page):
        page = labels[first : first + stock.per_page]
        document.add_page("\n".join(map(layout.drawn, page, range(stock.per_page))))
    document.finish()


def draw_as_rival(rival: ModuleType, records: list[Record]) -> None:
    rl_config.useA85 = 0  # as the rival measures itself
    canvas = Canvas(io.BytesIO(), pagesize=A4, pageCompression=1)
    rival.rawtext(canvas, records)
    canvas.showPage()
    canvas.save()


def seconds(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


def main() -> None:
    script, count = Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 2000
    with script.with_name("records.csv").open(encoding="utf-8") as file:
        records = list(csv.DictReader(file))[:count]
    labels, rival = [label_of(record) for record in records], rival_from(script)
    rounds = [
        (seconds(lambda: draw(labels)), seconds(lambda: draw_as_rival(rival, records)))
        for _ in range(ROUNDS)
    ]
    ours, theirs = (count / min(times) for times in zip(*rounds, strict=True))
    print(f"drawn: ours {ours:,.0f} labels/s, rival {theirs:,.0f}; ratio {ours / theirs:.2f}")
    with TemporaryDirectory() as folder:
        file = Path(folder, "labels.pdf")
        whole = count / seconds(lambda: PdfLabelSheets().draw(labels, "l7160", file))
    print(f"drawn, rendered and read back: {whole:,.0f} labels/s")


if __name__ == "__main__":
    main()
