"""The ledger of labels: which weapon bears which, and how a run that jammed goes on."""

from __future__ import annotations

import pytest

from stockpile.domain.errors import (
    FieldUnreadable,
    LabelNeverPrinted,
    LabelRunUnknown,
    SheetFinished,
)
from stockpile.services.papers import Printing


@pytest.fixture
def table(house, tmp_path):
    """Return the house, nine weapons, and what prints labels of some of them."""
    weapons = [house.register(f"KB {n:03d}") for n in range(9)]
    files = iter(tmp_path / f"{n}.pdf" for n in range(20))

    def label(some, stock="l7160", *, anew=False):
        how = Printing(stock, anew=anew)
        return house.stockpile.papers.labels(some, how, next(files), by=house.officer)[1]

    return house, weapons, label


def test_after_a_jam_the_rest_is_printed_again_and_the_good_ones_are_no_reprints(table):
    house, weapons, label = table
    runs, books = house.stockpile.label_runs, house.stockpile.books
    label(weapons)
    label([house.register("Z 1")])
    rest = runs.after(weapons[5])
    assert (rest.stock, rest.weapons) == ("l7160", tuple(weapons[6:]))
    assert label(rest.weapons).labels == 3
    assert [one.labels for one in books.weapons(weapons)] == [1] * 6 + [2] * 3
    assert [len(one.tags) for one in books.weapons(weapons)] == [1] * 9
    assert runs.after(weapons[7]).weapons == (weapons[8],)
    with pytest.raises(SheetFinished):
        runs.after(weapons[8])


def test_a_run_goes_on_from_the_number_on_the_labels_edge(table):
    house, weapons, label = table
    runs = house.stockpile.label_runs
    with pytest.raises(LabelRunUnknown):
        runs.from_number(1)
    label(weapons, "l7163")
    first = runs.newest()[0].run
    assert runs.from_number(7).weapons == tuple(weapons[6:])
    assert runs.from_number(7).stock == "l7163"
    label(weapons[6:])
    assert runs.from_number(2).weapons == tuple(weapons[7:])
    assert runs.from_number(2, first).weapons == tuple(weapons[1:])
    for number in (0, 5):
        with pytest.raises(FieldUnreadable):
            runs.from_number(number)
    with pytest.raises(SheetFinished):
        runs.from_number(4)
    with pytest.raises(LabelRunUnknown):
        runs.from_number(1, "unknown")


def test_the_ledger_knows_which_weapon_bears_which_label_and_which_is_void(table):
    house, weapons, label = table
    runs, books = house.stockpile.label_runs, house.stockpile.books
    label(weapons[:3])
    label(weapons[1:2], anew=True)
    newest, older = runs.newest()
    assert (newest.labels, older.labels, older.stock) == (1, 3, "l7160")
    assert older.by == house.officer.id
    assert older.at <= newest.at
    labels = runs.labels(older.run)
    assert [(one.place, one.weapon) for one in labels] == [*enumerate(weapons[:3], 1)]
    assert [one.is_void for one in labels] == [False, True, False]
    assert [one.tag for one in labels] == [one.tags[0] for one in books.weapons(weapons[:3])]
    assert runs.newest(1) == (newest,)


def test_a_weapon_without_a_label_is_the_last_good_one_of_no_run(house):
    with pytest.raises(LabelNeverPrinted):
        house.stockpile.label_runs.after(house.register())
