"""Two computers and one folder between them."""

from __future__ import annotations

import dataclasses

import pytest

from stockpile.domain import courier
from stockpile.domain.errors import Cancelled, FileUnreadable, NodeUnknown, OfficerNotAuthorised
from stockpile.domain.facts import Draft, WeaponLost
from stockpile.services import courier_meetings, courier_taking
from stockpile.services.courier_meetings import CourierMeetings
from stockpile.services.people import SignedIn
from tests.helpers.house import second_officer
from tests.helpers.neighbours import introduced, two_depots, two_strangers
from tests.helpers.officers import by_both


@pytest.fixture(scope="module")
def pair(tmp_path_factory):
    folder = tmp_path_factory.mktemp("neighbours")
    depots = two_depots(folder)
    introduced(*depots, folder)
    yield depots
    for one in depots:
        one.stockpile.close()


@pytest.fixture
def folder(tmp_path):
    made = tmp_path / "between"
    made.mkdir()
    return made


def meet(depot, folder, **said):
    return CourierMeetings(depot.stockpile.couriers).exchange(folder, by=depot.by, **said)[1]


def look(depot, folder):
    return CourierMeetings(depot.stockpile.couriers).look(folder)


def test_each_side_once_and_the_first_again_and_both_know_all(pair, folder):
    one, other = pair
    one.stock(2, "FROM ONE")
    other.stock(2, "FROM OTHER")
    first = meet(one, folder)
    assert ([packed.to.id for packed in first.packed], first.taken) == ([other.node], ())
    (waiting,) = look(other, folder).opened
    assert waiting[1].preview.acts == first.packed[0].acts
    assert meet(other, folder).facts
    assert meet(one, folder).facts
    for depot, far in ((one, other), (other, one)):
        assert dict(depot.stockpile.books.tips())[far.node] == far.stockpile.books.tip()
    meet(other, folder)
    again = meet(one, folder)  # both have the other's receipt: nothing goes along any more
    assert (again.facts, [packed.acts for packed in again.packed]) == (0, [0])
    assert len(list(folder.iterdir())) == 2


def test_a_look_says_for_whom_files_would_be_written(pair, folder):
    one, other = pair
    meetings = CourierMeetings(other.stockpile.couriers)
    assert meetings.receivers(meetings.look(folder)) == [one.node]  # the only one that is known
    meet(one, folder)
    assert meetings.receivers(meetings.look(folder)) == [one.node]


def test_a_look_changes_nothing(pair, folder):
    one, other = pair
    one.stock(1, "LOOK")
    meet(one, folder)
    before = other.stockpile.books.tips()
    assert look(other, folder).opened
    assert look(one, folder).opened == ()
    assert other.stockpile.books.tips() == before


def test_what_is_not_for_us_is_left_alone_and_what_is_spoilt_is_named(pair, folder, tmp_path):
    one, other = pair
    strangers = two_strangers(tmp_path / "strangers")
    introduced(*strangers, tmp_path)
    meet(strangers[0], folder)
    for depot in strangers:
        depot.stockpile.close()
    one.pack(folder / "with words.courier")
    (folder / "notes.txt").write_text("not ours")
    (folder / "spoilt.courier").write_bytes(b"STOCKPILE-COURIER-1\nnothing")
    found = look(other, folder)
    assert (found.opened, [bad.file.name for bad in found.refused]) == ((), ["spoilt.courier"])
    one.stock(1, "BESIDE")
    meet(one, folder)
    met = meet(other, folder)
    assert met.facts
    assert [bad.file.name for bad in met.refused] == ["spoilt.courier"]
    assert (folder / "notes.txt").read_text() == "not ours"


def test_files_with_losses_come_first(pair, folder):
    one, other = pair
    (weapon,) = one.stock(1, "LOST")
    one.pack(folder / "a quiet one.courier", other.node)
    stands = one.stockpile.books.weapon(weapon)
    lost = Draft(weapon, WeaponLost("stolen", report="LR-7"), stands.heads.custody)
    by_both(one.stockpile.books, one.by, second_officer(one.stockpile, one.by), [lost])
    one.pack(folder / "z urgent.courier", other.node)
    assert [file.name for file, _opened in look(other, folder).opened] == [
        "z urgent.courier", "a quiet one.courier",
    ]  # fmt: skip
    assert [bool(taken.preview.losses) for taken in meet(other, folder).taken] == [True, False]


def test_a_folder_that_is_gone_and_a_depot_that_nobody_knows(pair, folder, tmp_path):
    one, _other = pair
    with pytest.raises(FileUnreadable):
        look(one, tmp_path / "pulled out")
    with pytest.raises(FileUnreadable):
        meet(one, tmp_path / "pulled out")
    with pytest.raises(NodeUnknown):
        meet(one, folder, to="x" * 16)
    assert list(folder.iterdir()) == []


def test_only_so_many_files_are_looked_at_and_names_lead_nowhere(pair, folder, monkeypatch):
    one, other = pair
    monkeypatch.setattr(courier_meetings, "MOST_FILES", 1)
    for name in ("a", "b"):
        (folder / f"{name}{courier.EXTENSION}").write_bytes(b"nothing")
    assert len(look(one, folder).refused) == 1
    monkeypatch.setattr(type(one.stockpile.couriers), "name", lambda _self, _node: "../../x:y")
    (packed,) = meet(one, folder, to=other.node).packed
    assert packed.file.parent == folder
    assert packed.file.resolve().parent == folder.resolve()


def test_who_may_not_exchange_meets_nobody_even_where_nothing_lies(pair, folder):
    one, _other = pair
    nobody = SignedIn(dataclasses.replace(one.by.officer, roles=()), one.by.key)
    with pytest.raises(OfficerNotAuthorised):
        CourierMeetings(one.stockpile.couriers).exchange(folder, by=nobody, to=one.node)
    assert list(folder.iterdir()) == []


def test_stopped_in_the_second_file_the_first_stays_and_done_again_it_goes_on(
    pair, folder, monkeypatch
):
    one, other = pair
    monkeypatch.setattr(courier_taking, "FACTS_AT_ONCE", 2)
    for name in ("a", "b"):
        for number in range(3):
            one.stock(2, f"{name} {number}")
        one.pack(folder / f"{name}.courier", other.node)
    meetings, told = CourierMeetings(other.stockpile.couriers), []
    meetings.look(folder, lambda *said: told.append(said))
    assert told[0][0] == 0
    assert len({total for _done, total in told}) == 1
    half = told[0][1] // 2

    def stop(done, _total):
        if done > half:
            raise Cancelled

    before = dict(other.stockpile.books.tips())[one.node].number
    with pytest.raises(Cancelled):
        meetings.look(folder, lambda *_told: stop(half + 1, 0))
    with pytest.raises(Cancelled):
        meetings.exchange(folder, stop, by=other.by)
    assert before < dict(other.stockpile.books.tips())[one.node].number
    assert len(list(folder.iterdir())) == 2  # ours is not written by one who stopped
    met = meet(other, folder)
    assert dict(other.stockpile.books.tips())[one.node] == one.stockpile.books.tip()
    assert met.packed


def test_stopped_while_ours_is_written_what_came_stays(pair, folder):
    one, other = pair
    one.stock(2, "WRITING")
    one.pack(folder / "a.courier", other.node)

    def stop(_done, _total):
        raise Cancelled

    with pytest.raises(Cancelled):
        CourierMeetings(other.stockpile.couriers).exchange(folder, writing=stop, by=other.by)
    assert dict(other.stockpile.books.tips())[one.node] == one.stockpile.books.tip()
    assert [file.name for file in folder.iterdir()] == ["a.courier"]


def test_taking_in_and_writing_are_two_halves_of_one_bar(pair, folder):
    one, other = pair
    one.stock(2, "HALVES")
    one.pack(folder / "a.courier", other.node)
    told = []
    halves = [courier_meetings.one_of(lambda *said: told.append(said), at, 2) for at in (0, 1)]
    CourierMeetings(other.stockpile.couriers).exchange(folder, *halves, by=other.by)
    done, totals = [one[0] for one in told], {one[1] for one in told}
    assert done == sorted(done)
    (total,) = totals  # another one would turn a bar in a terminal back
    assert done[-1] == total
