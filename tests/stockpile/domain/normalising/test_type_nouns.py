"""Nouns that are no whole weapon."""

from __future__ import annotations

from stockpile.adapters.catalogue.term_files import shipped_catalogue
from stockpile.domain.catalogue import Catalogue
from stockpile.domain.normalising.type_nouns import ANY_WEAPON, OTHER_GOODS, PARTS
from stockpile.domain.normalising.wordings import folded

WEAPONS = {
    folded(words)
    for term in Catalogue(shipped_catalogue()).terms("type")
    for words in term.names
    if term.code != "PRT"
}


def test_no_word_is_both_a_weapon_and_something_else():
    assert not WEAPONS & ANY_WEAPON
    assert not WEAPONS & PARTS
    assert not PARTS & OTHER_GOODS


def test_no_word_is_empty():
    assert "" not in PARTS | OTHER_GOODS | ANY_WEAPON
