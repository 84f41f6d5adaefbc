"""A paper says of itself what an archive asks: language, colours, metadata that agree."""

from __future__ import annotations

import re
import zlib
from dataclasses import replace
from xml.etree import ElementTree as ET

import pypdfium2
import pytest

from stockpile.adapters.pdf.archive import srgb_profile
from stockpile.adapters.pdf.dossier import PdfPress
from stockpile.services.documents import Foot, Pair, Pairs, Paper, Words, content_digest

AT = 1_790_000_000_000
FOOT = Foot(("Printed by A. Mbuyi",), "A. Mbuyi", AT, 180)
PAPER = Paper(
    "بوليصة <Waybill> & Co", "From Kampala", "WB-KLA-26-0001",
    (Words("مخزن Ижмаш 中文"), Pairs((Pair("Serial", "KB 1", code=True),))),
    FOOT, rtl=True, language="ar",
)  # fmt: skip
_DC = "{http://purl.org/dc/elements/1.1/}"
_XMP = "{http://ns.adobe.com/xap/1.0/}"
_PDFAID = "{http://www.aiim.org/pdfa/ns/id/}"
_MM = "{http://ns.adobe.com/xap/1.0/mm/}"


@pytest.fixture(scope="module")
def content(tmp_path_factory):
    file = tmp_path_factory.mktemp("archive") / "1.pdf"
    return PdfPress().draw(PAPER, file).file.read_bytes()


def metadata(content):
    packet = re.search(rb"<x:xmpmeta.*</x:xmpmeta>", content, re.DOTALL)
    return ET.fromstring(packet.group())  # noqa: S314 - our own PDF


def said(root, name):
    return "".join(root.find(f".//{name}").itertext()).strip()


def test_the_metadata_say_what_it_is_whose_and_when(content):
    root = metadata(content)
    assert said(root, f"{_DC}title") == "بوليصة <Waybill> & Co WB-KLA-26-0001"
    assert said(root, f"{_DC}creator") == "A. Mbuyi"
    assert said(root, f"{_DC}language") == "ar"
    assert said(root, f"{_XMP}CreateDate") == "2026-09-21T17:13:20+03:00"
    assert (said(root, f"{_PDFAID}part"), said(root, f"{_PDFAID}conformance")) == ("2", "B")
    assert said(root, f"{_MM}DocumentID").endswith(content_digest(PAPER))
    with pypdfium2.PdfDocument(content) as document:
        assert document.get_metadata_value("Title") == said(root, f"{_DC}title")
        assert document.get_metadata_value("Author") == said(root, f"{_DC}creator")
        assert document.get_metadata_value("CreationDate") == "D:20260921171320+03'00'"


def test_what_can_be_checked_of_pdf_a_holds(content):
    assert content.startswith(b"%PDF-1.5\n%")
    assert all(byte > 127 for byte in content[10:14])
    assert b"/Lang (ar)" in content
    forbidden = (b"/Encrypt", b"/JavaScript", b"/SMask", b"/LZWDecode", b"/Helvetica")
    for named in (*forbidden, b"/Filter [  ]"):
        assert named not in content
    assert content.count(b"/FontFile2") == content.count(b"/FontDescriptor ")
    # an end of line before every endstream (6.1.7.1), and the length told is the length there is
    streams = list(re.finditer(rb"/Length (\d+)[^>]*>>\nstream\n", content))
    assert len(streams) == content.count(b"endstream") >= 8
    for one in streams:
        end = one.end() + int(one.group(1))
        assert content[end : end + 10] == b"\nendstream"


def test_the_colours_are_those_of_a_profile_inside_the_file(content):
    assert re.search(rb"/S /GTS_PDFA1", content)
    found = re.search(rb"/N 3\n>>\nstream\n(.*?)\nendstream", content, re.DOTALL)
    profile = zlib.decompress(found.group(1))
    assert profile == srgb_profile()
    assert (profile[16:20], profile[36:40]) == (b"RGB ", b"acsp")


def test_two_prints_of_a_record_differ_in_their_foot_and_in_nothing_else(tmp_path):
    press = PdfPress()
    first, same = (press.draw(PAPER, tmp_path / f"{n}.pdf") for n in range(2))
    assert first.file.read_bytes() == same.file.read_bytes()
    later = replace(PAPER, foot=replace(FOOT, at=AT + 60_000, lines=("Printed by B. Okot",)))
    other = press.draw(later, tmp_path / "3.pdf")
    assert other.digest != first.digest
    assert other.content == first.content == content_digest(PAPER)
    changed = replace(PAPER, blocks=(Words("another word"),))
    assert content_digest(changed) != first.content
