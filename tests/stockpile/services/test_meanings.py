from __future__ import annotations

from stockpile.domain.catalogue import Catalogue, Term
from stockpile.services.meanings import CatalogueMeanings


def test_it_is_made_once_and_anew_only_for_another_catalogue():
    standing = [Catalogue([Term("make", "glock", "Glock")])]
    meanings = CatalogueMeanings(lambda: standing[0])
    first = meanings()
    assert meanings() is first
    assert first.make("Zzyzx Arms").code == ""
    standing[0] = standing[0].with_terms([Term("make", "zzyzx", "Zzyzx Arms")])
    assert meanings() is not first
    assert meanings().make("Zzyzx Arms").code == "zzyzx"
