"""A handheld scanner on a port of its own: whole texts, however they arrive, and a lost cable."""

from __future__ import annotations

import os
import queue
import sys
from collections.abc import Iterator
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stockpile.adapters.serial.scanner import (
    LONGEST,
    ScannerSetting,
    SerialScanners,
    Splitter,
)
from stockpile.domain.errors import FieldUnreadable, PortMissing
from tests.helpers.wires import needs_ptys

if sys.platform != "win32":
    import tty

PLAIN = st.text(st.characters(codec="ascii", min_codepoint=32), min_size=1, max_size=40)


@pytest.fixture
def gun() -> Iterator[tuple[int, str, list[int]]]:
    """The scanner's end of a pseudo-terminal, the name of ours, and the ends that were pulled."""
    ours, theirs = os.openpty()
    tty.setraw(theirs)
    pulled: list[int] = []
    yield ours, os.ttyname(theirs), pulled
    for end in {ours, theirs} - set(pulled):
        os.close(end)


@pytest.mark.parametrize(
    ("text", "setting"),
    [
        ("/dev/ttyACM0", ScannerSetting("/dev/ttyACM0")),
        ("COM4?baud=9600;;\\r\\n", ScannerSetting("COM4?baud=9600", b"", b"\r\n")),
        ("COM4;\\x02;\\x03", ScannerSetting("COM4", b"\x02", b"\x03")),
        (" COM4 ;~", ScannerSetting("COM4", b"~")),
        ("COM4;\\\\;\\t", ScannerSetting("COM4", b"\\", b"\t")),
    ],
)
def test_a_setting_names_port_prefix_and_suffix(text, setting):
    assert ScannerSetting.read(text) == setting


@pytest.mark.parametrize("text", ["", ";a", "COM4;a;b;c", "COM4;\u2192"])
def test_a_setting_that_names_no_scanner_is_refused(text):
    with pytest.raises(FieldUnreadable):
        ScannerSetting.read(text)


@given(
    st.lists(PLAIN.filter(lambda one: "~" not in one and "$" not in one), max_size=8),
    st.sampled_from([(b"", b""), (b"", b"$"), (b"~", b"$"), (b"~~", b"\r\n"), (b"~", b"")]),
    st.lists(st.integers(0, 400), max_size=12),
)
def test_texts_are_whole_however_they_are_cut(texts, signs, cuts):
    prefix, suffix = signs
    stream = b"".join(prefix + one.encode() + (suffix or b"\r") for one in texts)
    ends = sorted({min(cut, len(stream)) for cut in cuts} | {0, len(stream)})
    splitter = Splitter(prefix, suffix)
    heard = []
    for start, end in pairwise(ends):
        heard += splitter.fed(stream[start:end])
    assert heard == texts


@given(st.binary(max_size=300))
def test_noise_does_no_harm(noise):
    splitter = Splitter(b"\x02", b"\x03")
    splitter.fed(noise)
    assert splitter.fed(b"\x03\x02UG 26 000001\x03")[-1] == "UG 26 000001"


def test_noise_without_an_end_is_forgotten_and_what_lacks_the_prefix_is_noise():
    splitter = Splitter(b"\x02", b"\x03")
    assert splitter.fed(b"x" * (LONGEST + 1)) == []
    assert splitter.fed(b"typed\x03\x02scanned\x03") == ["scanned"]


def test_bytes_of_another_alphabet_are_not_lost():
    assert Splitter().fed("Ж 26\r".encode()) == ["Ж 26"]
    assert Splitter().fed(b"\xe9\n") == ["\xe9"]


@needs_ptys
@pytest.mark.logs_warnings
def test_what_is_scanned_is_heard_until_the_cable_is_pulled(gun):
    end, name, pulled = gun
    heard: queue.Queue[str] = queue.Queue()
    lost: queue.Queue[str] = queue.Queue()
    ear = SerialScanners().listen(f"{name};\\x02;\\x03", heard.put, lost.put)
    os.write(end, b"\x02UG 26 0000")
    os.write(end, b"01\x03\x02UG 26 000002\x03")
    assert [heard.get(timeout=10), heard.get(timeout=10)] == ["UG 26 000001", "UG 26 000002"]
    os.close(end)
    pulled.append(end)
    assert lost.get(timeout=10)
    ear.close()
    assert heard.empty()
    assert lost.empty()


@needs_ptys
def test_a_closed_ear_hears_nothing_and_frees_the_port(gun):
    end, name, _pulled = gun
    heard: queue.Queue[str] = queue.Queue()
    lost: queue.Queue[str] = queue.Queue()
    ear = SerialScanners().listen(name, heard.put, lost.put)
    with pytest.raises(PortMissing):
        SerialScanners().listen(name, heard.put, lost.put)
    ear.close()
    ear.close()
    os.write(end, b"late\r")
    SerialScanners().listen(name, heard.put, lost.put).close()
    assert lost.empty()


def test_a_scanner_that_is_not_there_is_said(tmp_path):
    with pytest.raises(PortMissing):
        SerialScanners().listen(str(tmp_path / "nobody"), print, print)
