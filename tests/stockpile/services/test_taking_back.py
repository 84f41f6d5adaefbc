"""A list that came in is taken back: all of it but what has moved on, and it may come again."""

from __future__ import annotations

import pytest

from stockpile.domain.errors import (
    Cancelled,
    DocumentUnknown,
    OfficerNotAuthorised,
    ReasonMissing,
)
from stockpile.domain.facts import DocumentImported, ImportUndone, LotRegistered
from stockpile.services.ports import RegisterFilter
from stockpile.services.taking_back import AN_ACT
from tests.helpers.house import PIN
from tests.helpers.lists import a_csv

COLUMNS = ["Serial", "Type", "Make", "Calibre", "Quantity"]
ROWS = [
    COLUMNS,
    ["K1", "pistol", "Glock", "9x19", "1"],
    ["K2", "rifle", "FN", "7.62x51", ""],
    ["", "cartridge", "CBC", "9x19", "500"],
]


def many(count):
    return [COLUMNS, *([f"K{number}", "pistol", "Glock", "9x19", "1"] for number in range(count))]


@pytest.fixture
def desk(house, tmp_path):
    return Desk(house, tmp_path)


class Desk:
    """The desk for lists, for tests."""

    def __init__(self, house, folder):
        self.house, self.folder = house, folder
        self.importing = house.stockpile.importing

    def bring_in(self, rows, name="list.csv"):
        preview = self.importing.preview(a_csv(self.folder, rows, name=name))
        place = self.house.stockpile.people.site()
        return self.importing.bring_in(preview, by=self.house.officer, place=place)

    def take_back(self, document, reason="the wrong list", **more):
        return self.importing.take_back(document, reason, by=self.house.officer, **more)

    def weapons(self, **among):
        return self.house.stockpile.register.count(RegisterFilter(**among))

    def lots(self):
        found = self.house.stockpile.books.references(LotRegistered)
        return sum(not one.is_closed for one in found)


def test_a_list_is_taken_back_whole_and_comes_in_again(desk):
    document = desk.bring_in(ROWS).document
    report = desk.take_back(document)
    assert (report.weapons, report.lots, report.kept) == (2, 1, ())
    assert (desk.weapons(), desk.weapons(status="withdrawn"), desk.lots()) == (0, 2, 0)
    undone = desk.house.stockpile.books.reference(document)
    assert undone.now == ImportUndone("the wrong list", withdrawn=3, kept=0)
    assert undone.is_closed
    again = desk.bring_in(ROWS)
    assert (again.tally.accepted, again.tally.already_held) == (3, 0)
    assert (desk.weapons(), desk.lots()) == (2, 1)
    assert not desk.house.stockpile.books.reference(document).is_closed
    assert desk.take_back(document).weapons == 2
    assert desk.house.stockpile.books.reference(document).now.withdrawn == 3
    desk.house.stockpile.checking.check(deep=True)


def test_a_long_list_goes_back_to_its_last_row(desk):
    rows = [["Type", "Make", "Quantity"], *([["pistol", "Glock", "1000"]] * 6), ["rifle", "FN", ""]]
    document = desk.bring_in(rows).document
    assert desk.weapons() == 6_001
    assert desk.take_back(document).weapons == 6_001
    assert desk.weapons() == 0


def test_what_has_moved_on_stays_and_is_told(desk):
    document = desk.bring_in(ROWS).document
    stockpile, by = desk.house.stockpile, desk.house.officer
    (hit,) = stockpile.register.find("K1", 5)
    stockpile.receiving.correct(hit.row.id, {"make": "Glock Ges.m.b.H."}, "as stamped", by=by)
    report = desk.take_back(document)
    assert (report.weapons, report.kept) == (1, (hit.row.id,))
    assert stockpile.books.reference(document).now.kept == 1
    assert desk.weapons() == 1
    again = desk.take_back(document)
    assert (again.weapons, again.lots, again.kept) == (0, 0, (hit.row.id,))
    facts = stockpile.books.history(document)
    assert [type(one.body) for one in facts] == [DocumentImported, ImportUndone]
    assert desk.bring_in(ROWS).tally.already_held == 1


def test_other_lists_and_weapons_are_left_alone(desk):
    desk.house.register("KB1")
    document = desk.bring_in(ROWS).document
    desk.bring_in([COLUMNS, ["K9", "pistol", "Glock", "9x19", "1"]], "other.csv")
    desk.take_back(document)
    assert desk.weapons() == 2


def test_stopped_between_two_acts_and_gone_on_with(desk):
    document = desk.bring_in(many(2 * AN_ACT + 10)).document

    def stop(done, _total):
        if done:
            raise Cancelled

    with pytest.raises(Cancelled):
        desk.take_back(document, progress=stop)
    assert desk.weapons(status="withdrawn") == AN_ACT
    assert not desk.house.stockpile.books.reference(document).is_closed
    told = []
    report = desk.take_back(document, progress=lambda *step: told.append(step))
    assert report.weapons == AN_ACT + 10
    assert told == [(0, AN_ACT + 10), (AN_ACT, AN_ACT + 10), (AN_ACT + 10, AN_ACT + 10)]
    assert desk.house.stockpile.books.reference(document).now.withdrawn == 2 * AN_ACT + 10


def test_an_import_that_never_came_to_its_end_is_taken_back_too(desk):
    preview = desk.importing.preview(a_csv(desk.folder, many(2 * AN_ACT)))

    def stop(done, _total):
        if done:
            raise Cancelled

    with pytest.raises(Cancelled):
        desk.importing.bring_in(
            preview, by=desk.house.officer, place=desk.house.stockpile.people.site(), progress=stop
        )
    document = desk.importing.document(str(desk.folder / "list.csv"))
    (stopped,) = desk.importing.earlier()
    assert (stopped.document, stopped.name, stopped.finished) == (document, "", False)
    assert (stopped.accepted, stopped.by) == (AN_ACT, desk.house.officer.id)
    assert desk.importing.document(document[:8]) == document
    assert desk.take_back(document).weapons == AN_ACT
    assert desk.house.stockpile.books.reference(document).is_closed
    desk.bring_in(many(2 * AN_ACT))
    assert desk.weapons() == 2 * AN_ACT
    (earlier,) = desk.importing.earlier()
    assert earlier.undone is None
    assert earlier.finished


def test_earlier_lists_are_told_with_what_became_of_them(desk):
    first = desk.bring_in(ROWS).document
    second = desk.bring_in([COLUMNS, ["K9", "pistol", "", "", "many"], ROWS[1]], "second.csv")
    desk.take_back(first, "typed twice")
    lists = {one.name: one for one in desk.importing.earlier()}
    assert lists["list.csv"].undone.reason == "typed twice"
    assert lists["list.csv"].accepted == 3
    assert (lists["second.csv"].rows, lists["second.csv"].refused) == (2, 1)
    assert lists["second.csv"].document == second.document
    assert lists["second.csv"].by == desk.house.officer.id
    assert lists["second.csv"].undone is None


def test_a_list_is_named_by_its_digest_the_beginning_of_it_its_name_or_its_file(desk):
    document = desk.bring_in(ROWS).document
    file = desk.folder / "list.csv"
    for text in (document, document[:8], document[:12].upper(), "list.csv", str(file)):
        assert desk.importing.document(text) == document
    other = a_csv(desk.folder, [*ROWS, ROWS[1]], name="other.csv")
    for text in (document[:7], "none.csv", "", str(other)):
        with pytest.raises(DocumentUnknown):
            desk.importing.document(text)


def test_a_name_that_two_lists_bear_names_neither(desk):
    desk.bring_in(ROWS)
    desk.bring_in([COLUMNS, ["K9", "pistol", "Glock", "9x19", "1"]])
    with pytest.raises(DocumentUnknown):
        desk.importing.document("list.csv")


def test_what_is_refused_writes_nothing(desk):
    document = desk.bring_in(ROWS).document
    people = desk.house.stockpile.people
    people.appoint("Auditor", ("auditor",), PIN, by=desk.house.officer)
    tip = desk.house.stockpile.books.tip()
    with pytest.raises(OfficerNotAuthorised):
        desk.importing.take_back(document, "x y z", by=people.sign_in("Auditor", PIN))
    with pytest.raises(ReasonMissing):
        desk.take_back(document, " ")
    with pytest.raises(DocumentUnknown):
        desk.take_back("f" * 64)
    assert desk.house.stockpile.books.tip() == tip
