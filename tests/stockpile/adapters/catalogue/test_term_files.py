from __future__ import annotations

import shutil
from collections import Counter

import pytest

from stockpile.adapters.catalogue import term_files
from stockpile.adapters.catalogue.term_files import read_catalogue, shipped_catalogue
from stockpile.domain.catalogue import Catalogue, Term, folded
from stockpile.domain.errors import FileHostile, FileUnreadable
from stockpile.paths import resource

MAKES = "code,name,country,aliases,source\ntaurus,Taurus,BR,Forjas Taurus|Taurus Armas,a book\n"
MODELS = (
    "code,make,name,type,action,calibres,country,aliases,source\n"
    "taurus:pt-92,taurus,PT 92,PST,semi_automatic,9x19,BR,PT92AF,a book\n"
)


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "makes.csv").write_text(MAKES, "utf-8")
    (tmp_path / "models.csv").write_text(MODELS, "utf-8")
    return tmp_path


def test_a_row_becomes_a_term(folder):
    make, model = read_catalogue(folder)
    assert make == Term(
        "make", "taurus", "Taurus", ("Forjas Taurus", "Taurus Armas"), country="BR", source="a book"
    )
    assert model == Term(
        "model", "taurus:pt-92", "PT 92", ("PT92AF",), within="taurus", type="PST",
        action="semi_automatic", calibres=("9x19",), country="BR", source="a book",
    )  # fmt: skip


def test_a_folder_without_tables_holds_no_terms(tmp_path):
    assert read_catalogue(tmp_path) == ()


def test_a_byte_order_mark_and_blank_lines_are_no_trouble(folder):
    (folder / "makes.csv").write_text("\ufeff" + MAKES.replace("\n", "\r\n\r\n"), "utf-8")
    assert read_catalogue(folder)[0].code == "taurus"


@pytest.mark.parametrize(
    ("file", "old", "new", "why"),
    [
        ("models.csv", ",taurus,PT", ",taurs,PT", "row 2, make: taurs"),
        ("models.csv", ",PST,", ",XYZ,", "row 2, type: XYZ"),
        ("models.csv", "semi_automatic", "sideways", "row 2, action: sideways"),
        ("models.csv", "taurus:pt-92,", ",", "row 2, code: "),
        ("models.csv", "PT 92", " ", "row 2, name: "),
        ("models.csv", "9x19,BR,", "9x19,BR,,", "row 2, row: taurus:pt-92"),
        ("makes.csv", "a book\n", "a book\ntaurus,T,,,x\n", "row 3, code: taurus"),
        ("makes.csv", "name,", "nome,", "row 1, header: code,nome"),
        ("makes.csv", "a book", '"a book', "row 2, row: "),
        ("makes.csv", "a book", "a\x00" + "b" * 200_000, "row 2, row: "),
    ],
)
def test_a_broken_table_names_file_and_row(folder, file, old, new, why):
    path = folder / file
    path.write_text(path.read_text("utf-8").replace(old, new, 1), "utf-8")
    with pytest.raises(FileUnreadable) as told:
        read_catalogue(folder)
    assert told.value.path == str(path)
    assert told.value.why.startswith(why)


def test_a_calibre_is_checked_where_there_is_a_table_of_them(folder):
    calibres = "code,name,kind,aliases,source\n9x18,9x18 mm,cartridge,,a book\n"
    (folder / "calibres.csv").write_text(calibres, "utf-8")
    with pytest.raises(FileUnreadable, match="row 2, calibre: 9x19"):
        read_catalogue(folder)


def test_no_text_and_no_honest_size(folder):
    (folder / "makes.csv").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(FileUnreadable, match="UTF-8"):
        read_catalogue(folder)
    with (folder / "makes.csv").open("wb") as file:
        file.truncate(term_files.LARGEST + 1)
    with pytest.raises(FileHostile, match="too_large"):
        read_catalogue(folder)


def test_the_shipped_tables_are_whole(tmp_path):
    shutil.copytree(resource("catalogue"), tmp_path, dirs_exist_ok=True)
    assert read_catalogue(tmp_path) == shipped_catalogue()
    assert all(one.source for one in shipped_catalogue())


def test_a_person_finds_the_usual_in_the_shipped_tables():
    catalogue = Catalogue(shipped_catalogue())
    assert catalogue.search("make", "taur", 1)[0].code == "taurus"
    assert catalogue.search("model", "akm", 1)[0].calibres == ("7.62x39",)
    assert catalogue.search("calibre", "9x19", 1)[0].code == "9x19"


@pytest.fixture(scope="module")
def shipped():
    return Catalogue(shipped_catalogue())


def test_there_are_enough_makes_and_models(shipped):
    assert len(shipped.terms("make")) >= 250
    assert len(shipped.terms("model")) >= 500


def test_a_model_says_what_it_is(shipped):
    for one in shipped.terms("model"):
        assert one.code.startswith(f"{one.within}:"), one
        assert one.type, one
        assert one.action, one
        assert one.country, one


def test_no_name_is_claimed_by_two_makes(shipped):
    names = [name for one in shipped.terms("make") for name in set(map(folded, one.names))]
    assert [name for name, times in Counter(names).items() if times > 1] == []


def test_no_name_is_claimed_by_two_models_of_a_make(shipped):
    names = Counter(
        (one.within, name) for one in shipped.terms("model") for name in set(map(folded, one.names))
    )
    assert [name for name, times in names.items() if times > 1] == []


def test_the_calibres_of_shops_and_of_armies_are_kept_apart(shipped):
    for one in shipped.terms("model"):
        assert not {".223-rem", "5.56x45"} <= set(one.calibres), one
        assert not {".308-win", "7.62x51"} <= set(one.calibres) or one.code == "imbel:aglc"


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("ak47", "izhmash:ak-47"), ("akm", "izhmash:akm"), ("aks74u", "izhmash:aks-74u"),
        ("type 56", "norinco:type-56"), ("pm md 63", "cugir:pm-md-63"), ("amd65", "feg:amd-65"),
        ("sks", "tula-arms-plant:sks"), ("m70b1", "zastava:m70"), ("l1a1", None),
        ("fal", "fn-herstal:fal"), ("g3a3", "heckler-koch:g3"), ("m16a1", "colt:m16a1"),
        ("galil", "israel-military-industries:galil-ar"), ("mp5", "heckler-koch:mp5"),
        ("ppsh", "molot:ppsh-41"), ("rpd", "degtyaryov-plant:rpd"), ("pkm", "degtyaryov-plant:pkm"),
        ("rpg7", "degtyaryov-plant:rpg-7"), ("dshk", "degtyaryov-plant:dshk"),
        ("igla", "kbm-kolomna:9k38-igla"), ("stinger", "raytheon:fim-92-stinger"),
        ("makarov", "izhevsk-mechanical-plant:pm"), ("tokarev", "tula-arms-plant:tt-33"),
        ("beretta 92", "beretta:92"), ("glock 17", "glock:17"), ("pt92", "taurus:pt-92"),
        ("taurus 82", "taurus:82"), ("remington 870", "remington:870"),
        ("lee enfield 4", None), ("mosin", None), ("parafal", "imbel:m964a1-parafal"),
    ],
)  # fmt: skip
def test_what_programmes_meet_is_the_first_offer(shipped, typed, code):
    found = shipped.search("model", typed, 5)
    assert found
    assert code in (None, found[0].code)
