"""The site's own rows of the catalogue: added, read back, imported, and never twice."""

from __future__ import annotations

import pytest

from stockpile.domain.catalogue import Term
from stockpile.domain.errors import (
    Cancelled,
    FieldMissing,
    FieldUnreadable,
    FileUnreadable,
    LayoutUnknown,
    OfficerNotAuthorised,
)
from stockpile.domain.facts import CatalogueExtended
from stockpile.domain.receiving import Description
from stockpile.services.cataloguing import Cataloguing
from tests.helpers.lists import a_csv, a_workbook

TABLE = (
    ("Marque", "Modèle", "Type", "Calibre", "Pays", "Autres noms"),
    ("Mzee Arms", "MK 1", "fusil d'assaut", "7,62x39", "Ouganda", "Mzee One|MK-I"),
    ("Mzee Arms", "MK 2", "pistolet", "9mm Luger", "Ouganda", ""),
    ("FORJAS TAURUS S/A", "PT 92", "pistolet", "9x19", "Brésil", ""),
    ("Mzee Arms", "MK 1", "", "", "", "mzee one"),
    ("", "Orphan", "", "", "", ""),
    ("", "", "pistolet", "", "", ""),
    ("Mzee Arms", "MK 3", "pistolet", "some calibre", "Ouganda", ""),
)


@pytest.fixture
def desk(house):
    return house.stockpile.cataloguing


def test_a_term_is_added_found_and_added_once(house, desk):
    said = Term("model", "", "MK 1", within="Taurus", type="pst", calibres=("9 mm Luger",))
    recorded, term = desk.add(said, by=house.officer)
    assert len(recorded.facts) == 1
    assert (term.code, term.within, term.type) == ("taurus:mk-1", "taurus", "PST")
    assert term.calibres == ("9x19",)
    assert desk.search("model", "mk1", within="taurus")[0] == term
    again, same = desk.add(said, by=house.officer)
    assert (again.facts, same) == ((), term)


def test_an_alias_is_added_to_a_term_that_is_there(house, desk):
    recorded, term = desk.add(Term("make", "", "Taurus", ("Touro",)), by=house.officer)
    assert term.code == "taurus"
    assert "Forjas Taurus" in term.aliases
    assert desk.catalogue().named("make", "TOURO") == (term,)
    more, term = desk.add(Term("make", "taurus", "Tauro"), by=house.officer)
    assert more.facts[0].replaces == (recorded.facts[0].hash,)
    assert {"Touro", "Tauro"} <= set(term.aliases)
    (reference,) = house.stockpile.books.references(CatalogueExtended)
    assert len(reference.standing) == 1


def test_a_calibre_keeps_its_sort_when_it_is_added_to(house, desk):
    desk.add(Term("calibre", "9x19", "9 para bellum"), by=house.officer)
    term = desk.catalogue().term("calibre", "9x19")
    assert term is not None
    assert term.sort == "cartridge"


def test_the_catalogue_is_made_anew_only_when_a_row_has_come(house, desk):
    before = desk.catalogue()
    house.register()
    assert desk.catalogue() is before
    desk.add(Term("make", "", "Hill Workshop"), by=house.officer)
    assert desk.catalogue() is not before


@pytest.mark.parametrize(
    ("said", "error", "field"),
    [
        (Term("make", "", "  "), FieldMissing, "name"),
        (Term("model", "", "X"), FieldMissing, "make"),
        (Term("model", "", "X", within="Nobody"), FieldUnreadable, "make"),
        (Term("model", "", "X", within="Taurus", type="GUN"), FieldUnreadable, "type"),
        (Term("model", "", "X", within="Taurus", calibres=("9x99",)), FieldUnreadable, "calibre"),
        (Term("model", "", "X", within="Taurus", action="magic"), FieldUnreadable, "action"),
        (Term("make", "", "X", country="Atlantis"), FieldUnreadable, "country"),
        (Term("type", "GUN", "gun"), FieldUnreadable, "type"),
    ],
)
def test_what_means_nothing_is_refused(house, desk, said, error, field):
    with pytest.raises(error) as told:
        desk.add(said, by=house.officer)
    assert told.value.field == field


def test_a_clerk_adds_nothing(house, desk, tmp_path):
    people = house.stockpile.people
    people.appoint("P. Ilunga", ("clerk",), "1357", by=house.officer)
    clerk = people.sign_in("P. Ilunga", "1357")
    with pytest.raises(OfficerNotAuthorised):
        desk.add(Term("make", "", "X"), by=clerk)
    with pytest.raises(OfficerNotAuthorised):
        desk.import_table(a_csv(tmp_path, TABLE), by=clerk)


def outcomes(report):
    return [(one.row, one.outcome, one.reason) for one in report.verdicts]


EXPECTED = [
    (2, "accepted", None), (3, "accepted", None), (4, "accepted", None), (5, "already_held", None),
    (6, "refused", "make_missing"), (7, "refused", "nothing_said"), (8, "accepted", None),
]  # fmt: skip


@pytest.mark.parametrize("write", [a_csv, lambda folder, rows: a_workbook(folder, ("T", rows))])
def test_a_national_table_comes_in_once(house, desk, tmp_path, write):
    file = write(tmp_path, TABLE)
    report = desk.import_table(file, by=house.officer)
    assert outcomes(report) == EXPECTED
    model = desk.catalogue().term("model", "mzee-arms:mk-1")
    assert model is not None
    assert (model.type, model.calibres, model.country) == ("ASR", ("7.62x39",), "UG")
    assert model.aliases == ("Mzee One", "MK-I")
    assert [one.code for one in desk.search("model", "mzee")] == [
        "mzee-arms:mk-1", "mzee-arms:mk-2", "mzee-arms:mk-3",
    ]  # fmt: skip
    tip = house.stockpile.books.tip()
    again = desk.import_table(file, by=house.officer)
    assert again.terms == ()
    assert again.count("already_held") == 5
    assert house.stockpile.books.tip() == tip


def test_a_make_in_other_words_is_the_one_that_is_known(house, desk, tmp_path):
    report = desk.import_table(a_csv(tmp_path, TABLE), by=house.officer)
    assert {one.within for one in report.verdicts[2].terms} <= {"", "taurus"}
    assert desk.catalogue().term("make", "forjas-taurus-s-a") is None


def test_what_is_not_understood_is_left_open_and_said(house, desk, tmp_path):
    report = desk.import_table(a_csv(tmp_path, TABLE), by=house.officer)
    assert report.verdicts[-1].left_open == ("calibre",)
    model = desk.catalogue().term("model", "mzee-arms:mk-3")
    assert model is not None
    assert (model.calibres, model.type) == ((), "PST")


def test_a_dry_run_writes_nothing_and_needs_nobody(house, desk, tmp_path):
    tip = house.stockpile.books.tip()
    assert outcomes(desk.import_table(a_csv(tmp_path, TABLE), by=None, dry_run=True)) == EXPECTED
    assert house.stockpile.books.tip() == tip


def test_a_table_of_something_else(house, desk, tmp_path):
    with pytest.raises(LayoutUnknown):
        desk.import_table(a_csv(tmp_path, (("Name", "Age"), ("A", "3"))), by=house.officer)
    with pytest.raises(FileUnreadable):
        desk.import_table(tmp_path / "none.csv", by=house.officer)


def test_an_import_stopped_half_way_goes_on_later(house, desk, tmp_path):
    rows = [("Make", "Model"), *(("Hill Workshop", f"Pattern {n}") for n in range(700))]
    file, steps = a_csv(tmp_path, rows), []

    def stop_later(done, total):
        steps.append((done, total))
        if total == 701 and done:
            raise Cancelled

    with pytest.raises(Cancelled):
        desk.import_table(file, by=house.officer, progress=stop_later)
    assert steps[-1] == (500, 701)
    report = desk.import_table(file, by=house.officer)
    assert report.count("already_held") == 499
    assert len(desk.catalogue().search("model", "hill pattern", 1000)) == 700


def test_rows_are_found_among_many_other_facts_and_from_another_desk(house, desk):
    before = desk.catalogue()
    site = house.stockpile.people.site()
    said = [Description(type="ASR", serial=f"KB{number}") for number in range(300)]
    house.stockpile.receiving.register_several(said, site, by=house.officer)
    assert desk.catalogue() is before
    other = Cataloguing(house.stockpile.books, desk.listings, desk.shipped)
    other.add(Term("make", "", "Hill Workshop"), by=house.officer)
    assert desk.catalogue().named("make", "hill workshop")
