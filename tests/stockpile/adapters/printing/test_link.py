"""A printer's device file: written whole, read where it can be, and lost in one way."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from stockpile.adapters.printing.link import open_device, opened
from stockpile.domain.errors import PortLost, PortMissing
from tests.helpers.label_printers import LAYOUT, driven, label, simulated
from tests.helpers.wires import needs_ptys

needs_device_files = pytest.mark.skipif(sys.platform == "win32", reason="Windows has none")


def test_a_device_that_is_not_there_is_said():
    with pytest.raises(PortMissing):
        open_device("device:///nowhere/usb/lp0")


@needs_device_files
def test_bytes_arrive_whole_at_a_file_that_is_only_written(tmp_path: Path):
    pipe = tmp_path / "lp0"
    os.mkfifo(pipe)
    printer = os.open(pipe, os.O_RDWR | os.O_NONBLOCK)
    link = opened(f"device://{pipe}", pytest.fail)
    sent = bytes(range(256)) * 40
    link.send(sent)
    got = b""
    while len(got) < len(sent):
        got += os.read(printer, len(sent))
    link.close()
    os.close(printer)
    assert got == sent


@needs_ptys
def test_a_printer_behind_a_device_file_prints(tmp_path: Path):
    with simulated("zpl", pty=tmp_path / "lp0") as printer:
        with driven("zpl", f"device://{printer.url}") as driver:
            assert driver.state().said == "SIM-PRINTER-200dpi, V1.0"
            assert driver.print(label(), LAYOUT).ended == "printed"
        assert len(printer.printed) == 1


@needs_ptys
def test_a_pulled_device_is_lost(tmp_path: Path):
    with simulated("tspl", "pull:lose@1", pty=tmp_path / "lp0") as printer:
        with driven("tspl", f"device://{printer.url}") as driver:
            assert driver.print(label(), LAYOUT).ended == "doubtful"
            with pytest.raises(PortLost):
                driver.state()
        assert printer.printed == ()
