"""Enrolment by file on a screen: refused it changes nothing, and twice is once."""

from __future__ import annotations

import pytest

from stockpile.domain.errors import DiskTrouble, FieldUnreadable, FileUnreadable
from tests.helpers.enrolling import certified_by
from tests.helpers.registries import open_registry
from tests.helpers.seats import seat
from ui.view_models.enrol_by_file import EnrolByFileModel

__all__ = ["seat"]


@pytest.fixture
def registry(tmp_path):
    opened = open_registry(str(tmp_path / "registry.db"))
    yield opened
    opened.database.close()


def test_from_a_request_to_being_enrolled(seat, registry, tmp_path, qtbot):
    model = EnrolByFileModel(*seat.made_with)
    with qtbot.waitSignal(model.asked) as said:
        model.request(tmp_path / "asks.request")
        model.request(tmp_path / "twice.request")
    assert len(said.args[0].words.split()) == 8
    assert not (tmp_path / "twice.request").exists()
    certified_by(registry, tmp_path / "asks.request", tmp_path / "in.certificate")
    with qtbot.waitSignal(model.opened) as said:
        model.open(tmp_path / "in.certificate")
    offer = said.args[0]
    with qtbot.waitSignal(model.refused) as said:
        model.take("other words altogether")
    assert isinstance(said.args[0], FieldUnreadable)
    with qtbot.waitSignals([model.enrolled, seat.desk.recorded]):
        model.take(offer.words)
        assert model.is_busy
    (peer,) = seat.on_books(seat.stockpile.books.peers)
    assert (peer.url, peer.registry) == ("", registry.books.key.node)


def test_a_stick_that_was_pulled_out_is_said_and_nothing_waits(seat, tmp_path, qtbot):
    model = EnrolByFileModel(*seat.made_with)
    for step, error in ((model.request, DiskTrouble), (model.open, FileUnreadable)):
        with qtbot.waitSignal(model.refused) as said:
            step(tmp_path / "gone" / "file")
        assert isinstance(said.args[0], error)
        assert not model.is_busy
    model.take("words")  # nothing was opened
    assert not model.is_busy
