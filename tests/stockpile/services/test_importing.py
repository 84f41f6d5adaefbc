from __future__ import annotations

import subprocess
import sys

import pytest

from stockpile.app import open_home
from stockpile.domain.errors import (
    Cancelled,
    FieldUnreadable,
    FileUnreadable,
    LayoutUnknown,
    OfficerNotAuthorised,
    ProfileShipped,
)
from stockpile.domain.facts import DocumentImported, LotRegistered
from stockpile.services.importing import AN_ACT, Tally
from stockpile.services.ports import RegisterFilter
from tests.helpers.house import PASSPHRASE, PIN, build_house
from tests.helpers.lists import a_csv, a_workbook, real
from tests.helpers.nightly import nightly

COLUMNS = ["Serial", "Type", "Make", "Calibre", "Quantity"]
ROWS = [
    COLUMNS,
    ["K1", "pistol", "Glock", "9x19", "1"],
    ["K2", "rifle", "FN", "7.62x51", ""],
    ["", "cartridge", "CBC", "9x19", "500"],
    ["", "pistol", "Glock", "9x19", "many"],
]


def many(count):
    return [COLUMNS, *([f"K{number}", "pistol", "Glock", "9x19", "1"] for number in range(count))]


def bring_in(house, file, **more):
    importing = house.stockpile.importing
    preview = importing.preview(file, **more)
    place = house.stockpile.people.site()
    return importing.bring_in(preview, by=house.officer, place=place)


def weapons(house):
    return house.stockpile.register.count(RegisterFilter())


def test_a_preview_judges_every_row_and_writes_nothing(house, tmp_path):
    tip = house.stockpile.books.tip()
    preview = house.stockpile.importing.preview(a_csv(tmp_path, ROWS))
    assert preview.tally == Tally(
        rows=4, accepted=3, already_held=0, refused=1, warnings=0, weapons=2, lots=1
    )
    assert [preview.outcome(one) for one in preview.verdicts] == ["accepted"] * 3 + ["refused"]
    assert [(one.row, one.field, one.reason, one.text) for one in preview.refusals] == [
        (5, "quantity", "quantity_unreadable", "many")
    ]
    assert house.stockpile.books.tip() == tip


def test_what_comes_in_is_found_at_its_place_with_its_words(house, tmp_path):
    file = a_csv(tmp_path, ROWS, delimiter=";", encoding="utf-16")
    report = bring_in(house, file)
    assert (report.tally.weapons, report.tally.lots, weapons(house)) == (2, 1, 2)
    (hit,) = house.stockpile.register.find("K1", 5)
    weapon = house.stockpile.books.weapon(hit.row.id)
    assert (weapon.type, weapon.make, weapon.serial.text) == ("PST", "Glock", "K1")
    assert weapon.place == house.stockpile.people.site()
    assert weapon.source.document == report.document
    assert [said.text for said in weapon.source.said] == ROWS[1]
    (lot,) = house.stockpile.books.references(LotRegistered)
    assert (lot.now.quantity, lot.now.place) == (500, house.stockpile.people.site())


def test_a_second_import_adds_nothing_whoever_saved_the_file(house, tmp_path):
    first = bring_in(house, a_csv(tmp_path, ROWS))
    tip = house.stockpile.books.tip()
    again = bring_in(house, tmp_path / "list.csv")
    assert again.tally == Tally(
        rows=4, accepted=0, already_held=3, refused=1, warnings=0, weapons=0, lots=0
    )
    assert house.stockpile.books.tip() == tip
    saved = bring_in(house, a_workbook(tmp_path, ("List", ROWS)))
    assert saved.document != first.document
    assert (saved.tally.accepted, saved.tally.already_held) == (0, 3)
    assert weapons(house) == 2


def test_a_longer_list_adds_what_is_new(house, tmp_path):
    bring_in(house, a_csv(tmp_path, ROWS))
    longer = [*ROWS, ["K3", "pistol", "Glock", "9x19", "1"], ROWS[1]]
    preview = house.stockpile.importing.preview(a_csv(tmp_path, longer))
    assert [preview.outcome(one) for one in preview.verdicts] == [
        "already_held", "already_held", "accepted", "refused", "accepted", "accepted",
    ]  # fmt: skip


def test_a_document_is_written_down_once_with_what_became_of_it(house, tmp_path):
    report = bring_in(house, a_csv(tmp_path, ROWS))
    (document,) = house.stockpile.books.references(DocumentImported)
    assert document.subject == report.document
    assert document.now == DocumentImported(
        name="list.csv", rows=4, accepted=3, already_held=0, refused=1
    )
    bring_in(house, tmp_path / "list.csv")
    assert house.stockpile.books.references(DocumentImported) == (document,)


def test_stopped_between_two_acts_and_run_again(house, tmp_path):
    importing, place = house.stockpile.importing, house.stockpile.people.site()
    preview = importing.preview(a_csv(tmp_path, many(3 * AN_ACT)))

    def stop(done, _total):
        if done >= 2 * AN_ACT:
            raise Cancelled

    with pytest.raises(Cancelled):
        importing.bring_in(preview, by=house.officer, place=place, progress=stop)
    assert weapons(house) == 2 * AN_ACT
    told = []
    report = importing.bring_in(
        preview, by=house.officer, place=place, progress=lambda *step: told.append(step)
    )
    assert (report.tally.accepted, report.tally.already_held) == (AN_ACT, 2 * AN_ACT)
    assert weapons(house) == 3 * AN_ACT
    total = 3 * AN_ACT
    assert told == [(0, total), (AN_ACT, total), (2 * AN_ACT, total), (total, total)]


def test_reading_can_be_stopped_too(house, tmp_path):
    def stop(_done, _total):
        raise Cancelled

    with pytest.raises(Cancelled):
        house.stockpile.importing.preview(a_csv(tmp_path, ROWS), progress=stop)


def test_a_preview_brought_in_twice_writes_once(house, tmp_path):
    importing, place = house.stockpile.importing, house.stockpile.people.site()
    preview = importing.preview(a_csv(tmp_path, ROWS))
    importing.bring_in(preview, by=house.officer, place=place)
    assert importing.bring_in(preview, by=house.officer, place=place).tally.already_held == 3
    assert weapons(house) == 2


def test_many_weapons_of_one_row_are_all_there_and_only_once(house, tmp_path):
    rows = [["Type", "Make", "Quantity"], ["pistol", "Glock", "700"], ["rifle", "FN", "2"]]
    assert bring_in(house, a_csv(tmp_path, rows)).tally.weapons == 702
    assert bring_in(house, tmp_path / "list.csv").tally.already_held == 2
    assert weapons(house) == 702


def test_files_that_cannot_be_understood(house, tmp_path):
    preview = house.stockpile.importing.preview
    with pytest.raises(FileUnreadable, match="no_rows"):
        preview(a_csv(tmp_path, [COLUMNS]))
    with pytest.raises(LayoutUnknown) as caught:
        preview(a_csv(tmp_path, [["x", "y"], ["1", "2"], ["3", "4"]]))
    assert caught.value.columns == ("x", "y")
    assert preview(tmp_path / "list.csv", told=["serial=x"]).tally.accepted == 2
    with pytest.raises(FieldUnreadable, match="profile"):
        preview(tmp_path / "list.csv", profile="none")


def test_only_an_officer_who_may_import(house, tmp_path):
    people = house.stockpile.people
    people.appoint("Auditor", ("auditor",), PIN, by=house.officer)
    auditor = people.sign_in("Auditor", PIN)
    preview = house.stockpile.importing.preview(a_csv(tmp_path, ROWS))
    with pytest.raises(OfficerNotAuthorised):
        house.stockpile.importing.bring_in(preview, by=auditor, place=people.site())
    assert weapons(house) == 0


# --- what the words come to ---------------------------------------------------------------------


def test_what_is_understood_stands_beside_what_was_said(house, tmp_path):
    rows = [
        ["Serial", "Type", "Make", "Model", "Calibre", "Country"],
        ["K1", "PISTOLA", "forjas taurus s/a", "PT 92", "9 X 19MM", "BRASIL"],
        ["K2", "PISTOLA", "qqq arms", "unheard of", ".38", "Atlantis"],
    ]
    bring_in(house, a_csv(tmp_path, rows))
    known, strange = (
        house.stockpile.books.weapon(house.stockpile.register.find(one, 1)[0].row.id)
        for one in ("K1", "K2")
    )
    assert (known.make, known.model, known.calibre) == ("forjas taurus s/a", "PT 92", "9 X 19MM")
    assert (known.make_code, known.model_code, known.country_code) == (
        "taurus", "taurus:pt-92", "BR",
    )  # fmt: skip
    assert known.calibre_codes == ("9x19",)
    assert (strange.make, strange.calibre) == ("qqq arms", ".38")
    assert (strange.make_code, strange.model_code, strange.country_code) == ("", "", "")
    assert strange.calibre_codes == ()


def test_serials_filled_up_with_zeros_are_undone_and_kept_as_said(house, tmp_path):
    serials = ["00000123456", "0000AB12345", "00000&71234", "00000000012", "12345678901"]
    rows = [["Serial", "Type"], *([one, "rifle"] for one in serials)]
    file = a_csv(tmp_path, rows)
    preview = house.stockpile.importing.preview(file)
    assert preview.layout.zero_padded
    bring_in(house, file)
    (hit,) = house.stockpile.register.find("071234", 1)
    weapon = house.stockpile.books.weapon(hit.row.id)
    assert weapon.serial.text == "071234"
    assert weapon.source.said[0].text == "00000&71234"
    kept = house.stockpile.importing.preview(file, told=["zero_padded=no"])
    assert kept.verdicts[2].bodies[0].marks[0].text == "00000&71234"
    assert {kept.outcome(one) for one in kept.verdicts} == {"already_held"}


def test_a_weapon_on_record_is_told_where_serial_make_and_model_are_its_own(house, tmp_path):
    house.register("KB 447", make="Taurus", model="PT 92")
    rows = [
        ["Serial", "Type", "Make", "Model"],
        ["kb447", "pistol", "forjas taurus s/a", "pt-92"],
        ["KB447", "pistol", "Glock", "17"],
        ["KB448", "pistol", "Taurus", "PT 92"],
    ]
    file = a_csv(tmp_path, rows)
    (remark,) = house.stockpile.importing.preview(file).remarks
    (held,) = house.stockpile.register.find("KB 447", 1)
    assert (remark.row, remark.doubt) == (2, "on_record")
    assert remark.other in (held.row.number, held.row.id)
    bring_in(house, file)
    assert house.stockpile.importing.preview(file).remarks == ()


def test_a_run_killed_in_the_middle_is_gone_on_with(tmp_path):
    file = a_csv(tmp_path, many(4 * AN_ACT))
    house = build_house(tmp_path / "home")
    house.stockpile.close()
    run = subprocess.Popen(
        [sys.executable, "-c", KILLED, str(house.home), PASSPHRASE, PIN, str(file)],
        stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    with run:
        for line in run.stdout:
            if int(line) >= 2 * AN_ACT:
                run.kill()
                break
    assert run.returncode != 0
    with open_home(house.home, PASSPHRASE) as stockpile:
        before = stockpile.register.count(RegisterFilter())
        assert 2 * AN_ACT <= before < 4 * AN_ACT
        by = stockpile.people.sign_in(house.officer.officer.name, PIN)
        preview = stockpile.importing.preview(file)
        report = stockpile.importing.bring_in(preview, by=by, place=stockpile.people.site())
        assert (report.tally.already_held, report.tally.accepted) == (before, 4 * AN_ACT - before)
        assert stockpile.register.count(RegisterFilter()) == 4 * AN_ACT
        assert stockpile.books.check(deep=True).weapons == 4 * AN_ACT


KILLED = """
import sys
from pathlib import Path
from stockpile.app import open_home

home, passphrase, pin, file = sys.argv[1:]
stockpile = open_home(Path(home), passphrase)
by = stockpile.people.sign_in(stockpile.people.officers()[0].name, pin)
preview = stockpile.importing.preview(Path(file))
stockpile.importing.bring_in(
    preview, by=by, place=stockpile.people.site(),
    progress=lambda done, total: print(done, flush=True),
)
"""


def test_a_profile_kept_after_an_import_reads_the_next_list(house, tmp_path):
    importing = house.stockpile.importing
    first = a_csv(tmp_path, [["aaa", "bbb"], ["K1", "pistol"]])
    preview = importing.preview(first, told=["serial=aaa", "type=bbb"])
    assert importing.save_profile(preview.layout, "Our list").name == "our-list"
    again = importing.preview(a_csv(tmp_path, [["aaa", "bbb"], ["K2", "rifle"]], name="b.csv"))
    assert again.layout.profile == "our-list"
    with pytest.raises(ProfileShipped):
        importing.save_profile(preview.layout, "Rio 2021")


# --- the real files -----------------------------------------------------------------------------


@nightly
def test_the_seizures_of_2021_come_in_whole_and_once(house):
    file = real("rio", "rj_2021_apreensao.xlsx")
    report = bring_in(house, file)
    assert report.tally.rows == report.tally.accepted == 12_625
    assert (report.tally.weapons, report.tally.lots, report.refusals) == (10_790, 1_835, ())
    assert weapons(house) == 10_790
    seen = {"659": "*** **659", "244747": "244747 (ADULTERADO)", "AJA04161": ", AJA04161"}
    for typed, serial in seen.items():
        found = house.stockpile.register.find(typed, 50)
        assert serial in {hit.row.serial for hit in found}
    again = bring_in(house, file)
    assert (again.tally.accepted, again.tally.already_held) == (0, 12_625)
    assert house.stockpile.books.check(deep=True).weapons == 10_790


@pytest.mark.parametrize(
    ("parts", "rows", "made"),
    [
        (("rio", "rj_2018_armas.csv"), 8_721, 8_721),
        (("rio", "rj_dadosRJ_armas.csv"), 34_682, 34_694),
        (("sinarm", "sinarm_occurrences_2200.csv"), 2_200, 1_637),
    ],
)
def test_other_real_lists_account_for_every_row(house, parts, rows, made):
    preview = house.stockpile.importing.preview(real(*parts))
    tally = preview.tally
    assert tally.rows == tally.accepted + tally.already_held + tally.refused == rows
    assert tally.weapons == made
    assert len({one.key for one in preview.verdicts}) == rows
    assert {one.reason for one in preview.refusals} <= {"not_held"}
