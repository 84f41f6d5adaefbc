"""How words are compared."""

from __future__ import annotations

from stockpile.domain.normalising.wordings import all_of, closed, folded, in_latin, plainly


def test_case_accents_escapes_and_letters_without_parts_do_not_matter():
    assert folded("  S&amp;W  (Útil) ") == folded("s&w útil") == "s w util"
    assert folded("Kırıkkale Łódź Ørsted") == "kirikkale lodz orsted"


def test_digits_of_other_scripts_are_digits():
    assert plainly("٧٫٦٢") == "7٫62"
    assert plainly("۹") == plainly("９") == "9"


def test_what_a_hand_joins_or_parts_is_one():
    assert closed("PT-92") == closed("pt 92") == "pt92"


def test_cyrillic_is_read_by_its_sound():
    assert in_latin("Беретта") == "beretta"
    assert in_latin("Щит") == "shchit"


def test_a_list_of_words_has_each_once():
    assert all_of("one two\n two") == {"one", "two"}
