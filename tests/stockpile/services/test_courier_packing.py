"""Writing a courier file says how far it is; stopped anywhere, what was there before stays."""

from __future__ import annotations

import pytest

from stockpile.domain.errors import Cancelled
from stockpile.services import courier_packing
from stockpile.services.courier_packing import PackingSteps
from tests.helpers.neighbours import introduced, two_depots


@pytest.fixture(scope="module")
def pair(tmp_path_factory):
    folder = tmp_path_factory.mktemp("neighbours")
    depots = two_depots(folder)
    introduced(*depots, folder)
    yield depots
    for one in depots:
        one.stockpile.close()


@pytest.fixture(autouse=True)
def small(monkeypatch):
    """Pieces and pauses so small that a short file has some."""
    monkeypatch.setattr(courier_packing, "_PIECE", 100)
    monkeypatch.setattr(courier_packing, "_TOLD_EVERY", 1)


def test_it_is_half_done_when_the_record_is_read(pair, tmp_path):
    one, other = pair
    one.stock(3)
    told = []
    one.stockpile.couriers.pack(
        tmp_path / "a.courier", other.node, lambda *said: told.append(said), by=one.by
    )
    done, (total,) = [one[0] for one in told], {one[1] for one in told}
    assert done == sorted(done)
    assert done[0] == 0
    assert total / 2 in done
    assert done[-1] == total


@pytest.mark.parametrize("at", [0, 1_000, 1_500, 2_000])
def test_stopped_while_it_reads_or_writes_no_file_is_left_and_an_earlier_one_stays(
    pair, tmp_path, at
):
    one, other = pair
    one.stock(3)
    file = tmp_path / "a.courier"
    known = one.stockpile.couriers.heard(other.node)

    def stop(done, _total):
        if done >= at:
            raise Cancelled

    with pytest.raises(Cancelled):
        one.stockpile.couriers.pack(file, other.node, stop, by=one.by)
    assert list(tmp_path.iterdir()) == []
    assert one.stockpile.couriers.heard(other.node) == known
    one.pack(file, other.node)
    before = file.read_bytes()
    with pytest.raises(Cancelled):
        one.stockpile.couriers.pack(file, other.node, stop, by=one.by)
    assert [left.name for left in tmp_path.iterdir()] == ["a.courier"]
    assert file.read_bytes() == before


def test_what_is_given_on_is_all_of_it():
    steps = PackingSteps(entries=3)
    assert list(steps.counted("abc")) == ["a", "b", "c"]
    assert b"".join(steps.pieces(bytes(range(250)))) == bytes(range(250))
    assert list(PackingSteps().counted(())) == []
    assert list(PackingSteps().pieces(b"")) == []
