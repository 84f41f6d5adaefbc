"""The inspector's stick goes out, a sample is drawn and signed elsewhere, and it comes back."""

from __future__ import annotations

import csv
import json
import shutil
from types import SimpleNamespace

import pytest

from stockpile.domain.errors import (
    Cancelled,
    FieldMissing,
    FileUnreadable,
    InspectionKnown,
    InspectionUnproved,
    OfficerNotAuthorised,
)
from stockpile.domain.facts import Draft, WeaponIssued, WeaponRegistered
from stockpile.domain.weapon_types import TYPES, is_crew_served
from stockpile.services.inspections import ABOUT, LIST, PAGE, PAPER, RESULT
from tests.helpers.exports import INSPECTOR, alone, program
from tests.helpers.house import PIN, copied_house

WORDS = "a passphrase of the inspector"
BORN = "0190a000-0000-7000-8000-0000000000aa"
SEED = "Five dice:  3 1 6 6 2"


@pytest.fixture(scope="module")
def visit(tmp_path_factory):
    """A depot of nine weapons, one called like a formula; its dossier; a signed result."""
    folder = tmp_path_factory.mktemp("visit")
    house = copied_house(folder / "home")
    serials = [*(f"KB {n}" for n in range(8)), "=HYPERLINK(1)"]
    weapons = [house.register(serial) for serial in serials]
    made = house.stockpile.inspections.prepare(folder / "stick", by=house.officer)
    yield SimpleNamespace(
        house=house, weapons=weapons, made=made, folder=made.folder, out=folder / "own",
        desk=house.stockpile.inspections, key=folder / "inspector.key",
    )  # fmt: skip
    house.stockpile.close()


def inspect(visit, what, *words, folder=None):
    return alone(
        what, folder or visit.folder, *words, file=INSPECTOR,
        STOCKPILE_INSPECTOR_PASSPHRASE=WORDS,
    )  # fmt: skip


@pytest.fixture(scope="module")
def signed(visit):
    """What the inspector does by himself: prove, draw four, look, sign."""
    visit.out.mkdir()
    assert inspect(visit, "prove", "--head", visit.made.dossier.head).returncode == 0
    said = inspect(visit, "sample", "--seed", SEED, "--count", 4, "--out", visit.out)
    assert said.returncode == 0, said.stderr
    sheet = visit.out / "findings.csv"
    with sheet.open(encoding="utf-8-sig", newline="") as lines:
        rows = list(csv.DictReader(lines))
    unfilled = inspect(visit, "sign", "--name", "A", "--authority", "B", "--key", visit.key,
                       "--out", visit.out)  # fmt: skip
    assert "wants one of" in unfilled.stderr
    for row, finding in zip(rows, ("found", "Missing", "differs", "not seen"), strict=True):
        row["finding"], row["remark"] = finding, "year 1974" if finding == "differs" else ""
    with sheet.open("w", encoding="utf-8-sig", newline="") as out:  # as a spreadsheet saves it
        written = csv.DictWriter(out, list(rows[0]), delimiter=";")
        written.writeheader()
        written.writerows(reversed(rows))
    said = inspect(
        visit, "sign", "--name", "O. Inspector", "--authority", "General Inspectorate",
        "--key", visit.key, "--remarks", "Rack 4 is too full", "--date", "2026-11-28",
        "--out", visit.out,
    )  # fmt: skip
    assert said.returncode == 0, said.stderr
    return [row["id"] for row in rows]


def test_the_dossier_is_read_without_the_program(visit):
    names = {one.name for one in visit.folder.iterdir()}
    assert {ABOUT, LIST, PAGE, PAPER, "verify_stockpile.py", "inspect_stockpile.py"} <= names
    page = (visit.folder / PAGE).read_text("utf-8")
    assert visit.made.dossier.head in page
    assert page.count("<tr>") == 10
    assert "<script" not in page
    listed = (visit.folder / LIST).read_text("utf-8-sig")
    assert "'=HYPERLINK(1)" in listed
    assert visit.made.dossier.weapons == 9


def test_the_inspectors_key_is_not_in_its_file(visit, signed):
    said = json.loads(visit.key.read_text())
    assert set(said) == {"public", "salt", "locked", "v"}
    wrong = alone(
        "sign", visit.folder, "--name", "A", "--authority", "B", "--key", visit.key, "--out",
        visit.out, file=INSPECTOR, STOCKPILE_INSPECTOR_PASSPHRASE="another passphrase",
    )  # fmt: skip
    assert wrong.returncode == 1


def test_program_and_inspector_draw_the_same(visit, signed):
    drawn = visit.desk.draw(visit.folder, SEED.upper(), 4)
    assert [row.id for row in drawn] == signed
    with pytest.raises(FieldMissing):
        visit.desk.draw(visit.folder, "  ", 4)


def test_a_result_is_taken_in_once_and_what_was_missing_is_investigated(visit, signed):
    stockpile, desk = visit.house.stockpile, visit.desk
    found = desk.read(visit.out, visit.folder)
    assert not found.is_known
    recorded, taken = desk.take_in(found, by=visit.house.officer)
    assert taken.found == {"found": 1, "missing": 1, "differs": 1, "not_seen": 1}
    asked = stockpile.investigations.open_ones()
    assert {(one.investigation.opened.kind, one.investigation.opened.weapon) for one in asked} == {
        ("missing", signed[1]), ("differs", signed[2]),
    }  # fmt: skip
    assert next(
        one.investigation.opened.said for one in asked if one.investigation.opened.kind == "differs"
    ) == "year 1974"  # fmt: skip
    assert len(recorded.entries) == 1
    assert desk.all() == desk.all(signed[0]) == (taken,)
    assert taken.of(signed[1]).finding == "missing"
    outside = next(one for one in visit.weapons if one not in signed)
    assert desk.all(outside) == ()
    assert stockpile.dossiers.open(signed[0]).inspections == (taken.fact,)
    assert stockpile.dossiers.open(outside).inspections == ()
    assert desk.read(visit.out, visit.folder).is_known
    with pytest.raises(InspectionKnown):
        desk.take_in(found, by=visit.house.officer)
    stockpile.checking.check(deep=True)


@pytest.mark.usefixtures("signed")
def test_how_far_the_proof_is_gets_told_and_it_can_be_stopped(visit):
    told = []
    visit.desk.read(visit.out, visit.folder, lambda *step: told.append(step))
    assert set(told) == {(0, visit.made.dossier.weapons)}

    def stop(_done, _total):
        raise Cancelled

    with pytest.raises(Cancelled):
        visit.desk.read(visit.out, visit.folder, stop)


def test_who_may_not_take_a_result_in_is_told(visit, signed):
    people = visit.house.stockpile.people
    people.appoint("C. Clerk", ("clerk",), PIN, by=visit.house.officer)
    clerk = people.sign_in("C. Clerk", PIN)
    with pytest.raises(OfficerNotAuthorised):
        visit.desk.take_in(visit.desk.read(visit.out, visit.folder), by=clerk)


def test_whatever_was_changed_on_the_way_is_refused(visit, signed, tmp_path):
    told = []

    def tried(name, old, new):
        folder = tmp_path / name
        if not folder.exists():
            shutil.copytree(visit.folder, folder)
            shutil.copy(visit.out / RESULT, folder / RESULT)
        file = folder / {"d": ABOUT, "l": LIST, "r": RESULT}[name[0]]
        raw = file.read_bytes()
        assert old in raw
        file.write_bytes(raw.replace(old, new, 1))
        with pytest.raises(InspectionUnproved) as why:
            visit.desk.read(folder)
        told.append(why.value.unproved)
        return folder

    folder = tried("d1", b'"weapons":9', b'"weapons":8')
    assert inspect(visit, "prove", folder=folder).returncode == 1
    tried("d2", b'"v":1', b'"v":2')
    folder = tried("l1", b"KB 3", b"KB 4")
    assert inspect(visit, "prove", folder=folder).returncode == 1
    tried("r1", b'"missing"', b'"found"')
    tried("r2", b"O. Inspector", b"A. Nother")
    tried("r3", b"{", b"[")
    assert told == ["dossier", "dossier", "register", "inspector", "inspector", "result"]


def test_a_weapon_left_off_the_list_is_asked_about(visit, tmp_path):
    """The node that signs may lie about the list; its own ledger stands against it."""
    desk, rows = visit.desk, list(visit.desk.on_charge())
    hidden = rows[0].id
    made = desk.__class__.prepare(_hiding(desk, hidden), tmp_path, by=visit.house.officer)
    said = inspect(visit, "prove", folder=made.folder)
    assert said.returncode == 3
    assert f"leaves out weapon {hidden}" in said.stdout


def _hiding(desk, weapon):
    """A desk whose list lacks a weapon."""

    class Hiding(type(desk)):
        def on_charge(self):
            return (row for row in super().on_charge() if row.id != weapon)

    return Hiding(*(getattr(desk, name) for name in type(desk).__slots__))


def test_what_is_not_there_is_said(visit, tmp_path):
    with pytest.raises(FileUnreadable):
        visit.desk.read(tmp_path)


def test_a_dossier_of_another_node_is_not_taken_for_ours(visit, signed, tmp_path):
    other = copied_house(tmp_path / "home")
    try:
        with pytest.raises(InspectionUnproved) as why:
            other.stockpile.inspections.read(visit.out, visit.folder)
        assert why.value.unproved == "head"  # the same node, before it wrote what the head names
    finally:
        other.stockpile.close()


def test_a_mortar_issued_as_no_weapon_of_a_crew_is_asked_about(visit, tmp_path):
    """A program that leaves the word out writes what the chain cannot tell; its facts can."""
    house = copied_house(tmp_path / "home")
    books, receiving, by = house.stockpile.books, house.stockpile.receiving, house.officer
    mortar, rifle, corrected, honest = (house.register(f"MX {n}") for n in range(4))
    for weapon in (mortar, corrected, honest):
        receiving.correct(weapon, {"type": "MO1"}, "no rifle", by=by)
    assert books.weapon(mortar).type == "MO1"
    born = WeaponRegistered(type="MO2", place=house.stockpile.people.site())
    books.record([Draft(BORN, born)], by=by.id)
    for weapon, crew_served in ((rifle, False), (corrected, False), (honest, True), (BORN, False)):
        heads = books.weapon(weapon).heads.custody
        body = WeaponIssued("p-1", crew_served=crew_served)
        books.record([Draft(weapon, body, heads)], by=by.id)
    made = house.stockpile.inspections.prepare(tmp_path / "stick", by=by)
    house.stockpile.close()
    told = inspect(visit, "prove", folder=made.folder)
    assert told.returncode == 3, told.stdout
    asked = [line for line in told.stdout.splitlines() if "one of a crew" in line]
    assert [BORN in line for line in asked] == [True]  # what was a rifle once may be issued as one


def test_the_inspector_knows_the_types_that_a_crew_serves():
    assert {one for one in TYPES if is_crew_served(one)} == program(INSPECTOR).CREW
