"""Several serials at once: each line judged, edited, left out, and saved in one act."""

from __future__ import annotations

import pytest

from stockpile.domain.receiving import Description
from ui.view_models import entry_several
from ui.view_models.entry_several import AT_ONCE, SeveralModel, described, pasted


@pytest.fixture
def model(seat):
    return SeveralModel(*seat.made_with)


def standings(model):
    return [line.standing for line in model.lines]


def test_every_line_is_judged_in_parts_and_the_last_list_wins(model, seat, qtbot):
    rack = seat.open_place("Rack 01")
    seat.register("KB0003", rack)
    model.take([f"ZZ{number}" for number in range(AT_ONCE + 9)])
    model.take([f"KB{number:04d}" for number in range(AT_ONCE + 9)])
    assert not model.is_judged
    qtbot.waitUntil(lambda: model.is_judged)
    assert len(model.lines) == AT_ONCE + 9
    assert model.lines[3].standing == "on_record"
    assert model.doubles == 1
    assert len(model.chosen(with_doubles=False)) == AT_ONCE + 8
    assert len(model.chosen(with_doubles=True)) == AT_ONCE + 9


def test_a_line_can_be_said_otherwise_and_left_out(model, qtbot):
    model.take(["KB1", "KB1", "N/A"])
    qtbot.waitUntil(lambda: model.is_judged)
    assert standings(model) == ["new", "twice", "none"]
    model.edit(1, " KB2 ")
    qtbot.waitUntil(lambda: model.is_judged)
    assert standings(model) == ["new", "new", "none"]
    assert model.lines[1].text == "KB2"
    model.drop(0)
    assert [line.text for line in model.lines] == ["KB2", "N/A"]


def test_a_list_has_an_end(model, monkeypatch):
    monkeypatch.setattr(entry_several, "MOST", 20)
    model.take([f"{number}" for number in range(25)])
    assert len(model.lines) == 20


@pytest.mark.parametrize(
    ("text", "serials"),
    [
        ("KB1\r\nKB2\n\n  \nKB 3 \tAKM\n", ("KB1", "KB2", "KB 3")),
        ("KB1", ("KB1",)),
        ("", ()),
    ],
)
def test_a_pasted_column_is_its_first_cells(text, serials):
    assert pasted(text) == serials


def test_each_weapon_has_the_header_and_its_own_serial(model, qtbot):
    model.take(["KB1", "KB2"])
    said = described(model.lines, Description(model="AKM"))
    assert [(one.model, one.serial) for one in said] == [("AKM", "KB1"), ("AKM", "KB2")]
