from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stockpile.domain import serials
from stockpile.domain.serials import fold, read_serial
from stockpile.domain.values import tidied
from tests.helpers.every import every_row
from tests.helpers.strategies import texts

ALIKE = [
    ("AK0123", "AKO123"),
    ("1D0Q", "IOOO"),
    ("LI1", "111"),
    ("Z5", "25"),
    ("S66", "5GG"),
    ("T7", "77"),
    ("B8", "88"),
    ("АВ 1234", "AB 1234"),
    ("ЕКМНРСТУХ", "EKMHPCTYX"),
    ("Ё1", "E1"),
    ("ІЅЈ", "ISJ"),
    ("З4", "34"),
    ("Ч1", "41"),
    ("б1", "61"),
    ("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "ABEZHIKMNOPTYX"),
    ("٠١٢٣٤٥٦٧٨٩", "0123456789"),
    ("۰۱۲۳۴۵۶۷۸۹", "0123456789"),
    ("०१२३४५६७८९", "0123456789"),
    ("๐๑๒๓๔๕๖๗๘๙", "0123456789"),
    ("ＡＢ１２３", "AB123"),
    ("Ø123", "O123"),
    ("ab-12/34", "AB 1234"),
    ("Ⅻ", "XII"),
]
APART = [("1234", "1235"), ("AB1", "AC1"), ("0123", "123"), ("12E5", "1200000"), ("U1", "V1")]


@pytest.mark.parametrize(("seen", "other"), ALIKE)
def test_texts_that_look_alike_fold_alike(seen, other):
    assert fold(seen) == fold(other)


@pytest.mark.parametrize(("seen", "other"), APART)
def test_texts_that_differ_to_the_eye_fold_apart(seen, other):
    assert fold(seen) != fold(other)


READ = [
    ("AB 1234", "read", "AB1234"),
    ("  ab‑1234 ", "read", "AB1234"),
    ("АВ 1234", "read", "АВ1234"),
    ("٣١٢", "read", "٣١٢"),
    ("１２３", "read", "123"),
    ("0123", "read", "0123"),
    ("12E5", "read", "12E5"),
    ("№ 4711", "read", "4711"),
    ("N° 4711", "read", "4711"),
    ("Nº4711", "read", "4711"),
    ("n.º 4711", "read", "4711"),
    ("No. 4711", "read", "4711"),
    ("Nr. A 4711", "read", "A4711"),
    ("S/N: 4711", "read", "4711"),
    ("NO4711", "read", "NO4711"),
    ("NR4711", "read", "NR4711"),
    ("SN4711", "read", "SN4711"),
    ("4711 (ferrolho)", "read", "4711"),
    ("4711 (затвор)", "read", "4711"),
    ("AB (frame) 4711", "read", "AB4711"),
    ("4711 (1974)", "read", "47111974"),
    ("12?4", "partial", "124"),
    ("AB*99", "partial", "AB99"),
    ("[8B]123", "partial", "8B123"),
    ("12..34", "partial", "1234"),
    ("12__", "partial", "12"),
    ("1234 (ilegível)", "partial", "1234"),
    ("1234 raspado", "partial", "1234RASPADO"),
    ("1234 (adulterado)", "partial", "1234"),
    ("NOT 1234", "read", "NOT1234"),
    ("MGO-PY", "read", "MGOPY"),
]


@every_row(READ)
def test_what_was_seen_of_a_number_is_kept_and_compared(text, status, key):
    serial = read_serial(text)
    assert (serial.text, serial.status, serial.key) == (tidied(text), status, key)
    assert serial.fold == fold(key)


WITHOUT = {
    "none": [
        *("", " ", "-", "—", ".", "0", "0000", "N/A", "n/a", "S/N", "s.n.", "()", "(foto)"),
        *("none", "Nil", "unknown", "no serial", "none (new)"),
        *("sem número", "SEM NUMERAÇÃO", "não consta", "Não há", "desconhecido"),
        *("sin número", "ninguno", "no tiene"),
        *("sans numéro", "Aucun", "néant"),
        *("без номера", "нет", "б/н"),
        *("بدون رقم", "لا يوجد"),
        *("无", "無編號"),
        *("Não aparente.", "não se mostra", "-SEM NUMERAÇÃO;-", "inexistente", "Vide observação"),
        *("ausente", "desprovida de número", "not visible", "pas visible", "не виден"),
    ],
    "removed": [
        *("eliminado", "ELIMINADA.", "rasurado", "retirado", "Extraído", "subtraído", "adulterado"),
        *("ground off", "Filed", "removed", "número suprimido", "raspada", "LIXADO"),
        *("borrado", "limado", "effacé", "supprimé", "limé", "спилен", "СТЁРТ", "مطموس", "磨掉"),
    ],
    "illegible": [
        *("desgastado", "OXIDADO", "não inteligível", "não aparente por desgaste"),
        *("illegible", "unreadable", "????", "*", "ilegível", "danificado", "ilegible"),
        *("corroído", "illisible", "нечитаемый", "غير مقروء", "模糊"),
    ],
}


@every_row((text, status) for status, words in WITHOUT.items() for text in words)
def test_words_for_no_number_never_become_a_number(text, status):
    serial = read_serial(text)
    assert (serial.status, serial.key, serial.fold) == (status, "", "")


ODD = st.text(
    st.sampled_from("aB0OАЗΩøéé́ß٣۳３ǅﬃ№°º?*[](). \t\u200b\u202e-–#N/Sﾀがﾞ한\u1100\u1161")
)  # letters, marks, digits and signs that stand in each other's way


@given(texts | ODD)
def test_reading_a_reading_again_changes_nothing(text):
    serial = read_serial(text)
    assert read_serial(serial.text) == serial


@given(texts | ODD)
def test_a_number_was_read_exactly_where_there_is_a_key(text):
    serial = read_serial(text)
    assert bool(serial.key) == (serial.status in ("read", "partial")) == bool(serial.fold)


@given(texts | ODD)
def test_the_text_is_never_re_cased_or_respelled(text):
    def letters(seen: str) -> list[str]:
        return [one for one in unicodedata.normalize("NFD", seen) if one.isalnum()]

    assert letters(read_serial(text).text) == letters(text)


@given(texts | ODD)
def test_a_fold_folds_to_itself(text):
    assert fold(fold(text)) == fold(text)


@given(st.text("abcxyzABCXYZ0123456789 -/.", max_size=12))
def test_case_spaces_and_punctuation_never_matter(text):
    assert fold(text) == fold(text.upper()) == fold(text.lower()) == fold(f" {text} ")
    assert read_serial(text.upper()).key == read_serial(text.lower()).key


@given(
    texts
    | st.text("ABELMIRNOSTU 12-/.\t", max_size=12)
    | st.from_regex(serials._REMOVED, fullmatch=True)
    | st.from_regex(serials._ILLEGIBLE, fullmatch=True)
    | st.from_regex(serials._ABSENT, fullmatch=True)
)
def test_no_word_is_overlooked_where_none_is_looked_for(text):
    plain = text.upper()
    if serials._WORDY.search(plain) is None:
        assert serials._told(plain, "") is serials._told(plain, "1") is None
