"""What lies in a folder between two computers is said in plain words before it is taken in."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget  # noqa: TID251 — dialogs need a parent

from stockpile.domain.courier import Content, Manifest
from stockpile.domain.errors import CourierForged
from stockpile.domain.facts import Photo
from stockpile.domain.values import Digest, NodeId, WeaponId
from stockpile.language import plain
from stockpile.services.courier_meetings import Found, Met, Refused
from stockpile.services.courier_previews import Came, Node, Preview
from stockpile.services.couriers import Opened, Packed, Taken
from stockpile.services.photo_errands import PhotosSeen
from stockpile.services.photo_packing import PhotoLoad
from tests.helpers.readable import displayed, faults
from ui.pages.courier_photos import PhotosTick
from ui.pages.meeting_dialogs import MeetingDialog, met_sentence
from ui.view_models.courier_photos import CourierPhotosModel
from ui.widgets.text import Label

SENDER = Node(NodeId("abcdefgh23456723"), "Gulu Depot", bytes(32))
SPOILT = Refused(Path("/stick/spoilt.courier"), CourierForged("/stick/spoilt.courier", "magic"))


def a_preview(**said):
    told = {"acts": 3, "facts": 9, "shipments": (), "losses": (), "confirmed": 0}
    return Preview(sender=SENDER, created=1_790_000_000_000, **(told | said))


def an_opened(**said):
    manifest = Manifest(1, "i", SENDER.id, "", SENDER.name, (), 0, (), 0)
    return Path("/stick/a.courier"), Opened(
        a_preview(**said), Content(manifest, (), ()), Came(()), ()
    )


def words(dialog):
    return plain(" ".join(one.text() for one in dialog.findChildren(Label)))


@pytest.fixture
def parent(light, qtbot):
    made = QWidget()
    qtbot.addWidget(made)
    return made


def test_every_file_is_shown_with_what_does_not_count(parent):
    files = [an_opened(losses=(WeaponId("w"),)), an_opened(aside=("Lira Depot",)),
             an_opened(left_out=("x" * 16,)), an_opened(), an_opened()]  # fmt: skip
    dialog = MeetingDialog(Found(Path("/stick"), tuple(files), (SPOILT,)), parent)
    said = words(dialog)
    assert "5 files lie there" in said
    assert "Reported lost" in said
    assert "Lira Depot was revoked" in said
    assert "nobody vouches for it" in said
    assert "and 2 more files" in said
    assert "spoilt.courier" in said
    assert dialog.confirm.isDefault()


class Brings:
    """A file of photos, as far as it is told of."""

    fresh, size, stayed = frozenset("ab"), 800_000, 3


LOAD = PhotoLoad(None, ((WeaponId("w"), Photo(Digest("d"), size=90_000_000)),))


def test_it_can_be_read_and_pressed(tongue, seat, qtbot, parent):
    files = tuple(an_opened(losses=(WeaponId("w"),), aside=("Lira Depot",)) for _ in range(4))
    photos = PhotosTick(LOAD, CourierPhotosModel(seat.desk, seat.session), "Write our photos too")
    seen = PhotosSeen((Brings(),), (SPOILT,))
    dialog = MeetingDialog(Found(Path("/stick"), files, (SPOILT,)), parent, seen, photos)
    displayed(dialog, qtbot, dialog.sizeHint().width(), dialog.sizeHint().height())
    assert faults(dialog) == []


def test_an_empty_folder_says_what_to_do(parent):
    assert "Our file is written now" in words(MeetingDialog(Found(Path("/s"), (), ()), parent))


def test_what_came_of_it_is_said():
    packed = Packed(Path("/stick/ours.courier"), SENDER, 1, 2, 3)
    said = plain(met_sentence(Met((Taken(a_preview(), 1),), (packed,), (SPOILT,))))
    assert "1 fact taken in." in said
    assert "Written for Gulu Depot: ours.courier" in said
    assert "spoilt.courier" in said
    assert "No other depot is known" in plain(met_sentence(Met((), (), ())))
