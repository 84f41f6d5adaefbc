"""What a courier file brings is said in plain words before anything is taken in."""

from __future__ import annotations

from pathlib import Path

import pytest

from stockpile.domain.courier import Content, Manifest
from stockpile.domain.values import NodeId, WeaponId
from stockpile.language import plain
from stockpile.services.courier_previews import Came, Node, Preview, Shipment
from stockpile.services.couriers import Opened
from stockpile.services.photo_errands import PhotosSeen
from ui.pages.transfer_dialogs import (
    IntroduceDialog,
    PreviewDialog,
    WordsDialog,
    preview_details,
)
from ui.widgets.text import Label

SENDER = Node(NodeId("abcdefgh23456723"), "Gulu Depot", bytes(32))


def a_preview(**said):
    told = {"acts": 3, "facts": 9, "shipments": (), "losses": (), "confirmed": 0}
    return Preview(sender=SENDER, created=1_790_000_000_000, **(told | said))


def an_opened(**said):
    manifest = Manifest(1, "i", SENDER.id, "", SENDER.name, (), 0, (), 0)
    return Opened(a_preview(**said), Content(manifest, (), ()), Came(()), ())


def words(dialog):
    return plain(" ".join(one.text() for one in dialog.findChildren(Label)))


@pytest.fixture
def parent(light, qtbot):
    from PySide6.QtWidgets import QWidget  # noqa: PLC0415, TID251 — dialogs need a parent

    made = QWidget()
    qtbot.addWidget(made)
    return made


def test_losses_come_first_then_what_is_for_us(parent):
    shipments = (Shipment("w", "WB-GUL-26-0001", 100, is_ours=True),
                 Shipment("v", "WB-GUL-26-0002", 1, is_ours=False))  # fmt: skip
    details = preview_details(a_preview(losses=(WeaponId("w"),), shipments=shipments, confirmed=7))
    said = [plain(f"{one.label} {one.value} {one.note}") for one in details]
    assert said[0].startswith("Reported lost 1 weapon")
    assert any("Comes to you 100 weapons WB-GUL-26-0001" in one for one in said)
    assert any("Goes elsewhere 1 weapon" in one for one in said)
    assert any("no. 7" in one for one in said)
    assert any("abcd-efgh-2345-6723" in one for one in said)


def test_a_file_that_was_loaded_already_has_nothing_to_take_in(parent):
    dialog = PreviewDialog(an_opened(acts=0), parent)
    assert dialog.confirm.text() == "Close"
    assert "on record here already" in words(dialog)
    fresh = PreviewDialog(an_opened(left_out=(NodeId("x"),)), parent)
    assert fresh.confirm.text() == "Take in"
    assert "left out" in words(fresh)


def test_photos_are_a_line_of_it_and_come_alone_where_the_record_is_here(parent):
    class Brings:
        fresh, size, stayed = frozenset("ab"), 800_000, 0

    seen = PhotosSeen((Brings(),))
    dialog = PreviewDialog(an_opened(), parent, seen)
    assert "Photos, after that 2 photos, 800 kB" in words(dialog)
    assert dialog.confirm.text() == "Take in"
    known = PreviewDialog(an_opened(acts=0), parent, seen)
    assert plain(known.confirm.text()) == "Take in 2 photos"
    assert not known.cancel.isHidden()


def test_words_and_codes_are_asked_for(parent):
    asked = WordsDialog(Path("a.courier"), parent)
    asked.words.set_text("babab")
    asked.words.submitted.emit()
    assert asked.result() == asked.DialogCode.Accepted
    code = IntroduceDialog(Path("a.courier"), SENDER, parent)
    assert "abcd-efgh-2345-6723" in words(code)
    assert code.node == SENDER
    third = IntroduceDialog(Path("a.courier"), SENDER, parent, is_sender=False)
    assert "vouches for it" in words(third)


def test_what_a_revoked_computer_wrote_is_said_before_it_is_put_aside(parent):
    assert "Lira was revoked" in words(PreviewDialog(an_opened(aside=("Lira",)), parent))
