"""A simulated printer as a program: it announces itself, and pictures what comes out."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from PIL import Image

from stockpile.app.printer_room import simulated_printer
from tests.helpers.label_printers import LAYOUT, driven, label


def test_labels_are_pictured_and_told(tmp_path: Path):
    told: list[Mapping[str, object]] = []
    printer = simulated_printer(
        "tspl", tcp_port=0, speed=40.0, pictures=tmp_path / "out", announce=told.append
    )
    with printer, driven("tspl", printer.url) as driver:
        assert driver.print(label(), LAYOUT).ended == "printed"
    assert [one["event"] for one in told] == ["ready", "label"]
    assert label().tag in str(told[1]["text"])
    with Image.open(tmp_path / "out" / "label-00001.png") as picture:
        assert picture.size == (464, 320)
