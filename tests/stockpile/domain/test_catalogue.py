from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stockpile.domain.catalogue import Catalogue, Term, code_of, folded
from tests.helpers.nightly import examples

TERMS = (
    Term("make", "taurus", "Taurus", ("Forjas Taurus", "Taurus Armas"), country="BR"),
    Term("make", "tanfoglio", "Tanfoglio", country="IT"),
    Term("make", "sw", "Smith & Wesson", ("S&W",), country="US"),
    Term("make", "fn", "FN Herstal", ("Fabrique Nationale",), country="BE"),
    Term("model", "ussr:ak", "AK", ("AK-47", "АК-47")),
    Term("model", "ussr:akm", "AKM"),
    Term("model", "ussr:ak-74", "AK-74"),
    Term("model", "ussr:aks-74u", "AKS-74U"),
    Term("model", "colt:m16", "M16"),
    Term("model", "colt:m16a1", "M16A1"),
    Term("model", "colt:m16a2", "M16A2"),
    Term("model", "norinco:type-56", "Type 56"),
    Term("model", "taurus:pt-92", "PT 92", ("PT92AF",), within="taurus"),
    Term("model", "taurus:82", "82", ("RT 82",), within="taurus"),
    Term("model", "sw:10", "10", ("Military & Police",), within="sw"),
    Term("calibre", "9x19", "9×19 mm Parabellum", ("9 mm Luger",)),
    Term("calibre", "7.62x39", "7.62×39 mm"),
)
CATALOGUE = Catalogue(TERMS)


def codes(kind, typed, limit=5, **more):
    return [one.code for one in CATALOGUE.search(kind, typed, limit, **more)]


@pytest.mark.parametrize(
    ("kind", "typed", "first"),
    [
        ("make", "ta", "taurus"), ("make", "TAN", "tanfoglio"), ("make", "wess", "sw"),
        ("make", "s&w", "sw"), ("make", "wesson smith", "sw"), ("make", "nationale fab", "fn"),
        ("model", "ak47", "ussr:ak"), ("model", "ak-47", "ussr:ak"), ("model", "Ак 47", "ussr:ak"),
        ("model", "ak74", "ussr:ak-74"), ("model", "aks74u", "ussr:aks-74u"),
        ("model", "m16", "colt:m16"), ("model", "m16a1", "colt:m16a1"),
        ("model", "M-16", "colt:m16"),
        ("model", "pt 92", "taurus:pt-92"), ("model", "pt92", "taurus:pt-92"),
        ("model", "92 taurus", "taurus:pt-92"), ("model", "56", "norinco:type-56"),
        ("model", "s&w 10", "sw:10"), ("model", "forjas 82", "taurus:82"),
        ("calibre", "9 x 19", "9x19"), ("calibre", "9\u044519", "9x19"),
        ("calibre", "luger", "9x19"),
        ("calibre", "7,62", "7.62x39"), ("calibre", "762x39", "7.62x39"),
    ],
)  # fmt: skip
def test_what_is_typed_finds_what_is_meant(kind, typed, first):
    assert codes(kind, typed)[0] == first


def test_the_whole_name_comes_before_longer_ones_and_the_table_s_order_decides_the_rest():
    assert codes("model", "m16") == ["colt:m16", "colt:m16a1", "colt:m16a2"]
    assert codes("model", "ak") == ["ussr:ak", "ussr:akm", "ussr:ak-74", "ussr:aks-74u"]


def test_a_make_s_own_models_come_first():
    assert codes("model", "", 2, within="taurus") == ["taurus:pt-92", "taurus:82"]
    assert codes("model", "", 1) == ["ussr:ak"]


@pytest.mark.parametrize("typed", ["zzz", "ak 99", "urus"])
def test_what_no_word_begins_with_finds_nothing(typed):
    assert codes("make", typed) == []


def test_names_are_compared_without_case_accents_signs_and_spaces():
    assert [one.code for one in CATALOGUE.named("make", " SMITH & WESSON")] == ["sw"]
    assert [one.code for one in CATALOGUE.named("model", "ak47")] == ["ussr:ak"]
    assert [one.code for one in CATALOGUE.named("calibre", "9 X 19 MM PARABELLUM")] == ["9x19"]
    assert CATALOGUE.named("make", "") == ()
    assert CATALOGUE.named("make", "taur") == ()


def test_a_term_by_its_code():
    found = CATALOGUE.term("model", "taurus:pt-92")
    assert found is not None
    assert found.name == "PT 92"
    assert CATALOGUE.term("make", "taurus:pt-92") is None


def test_more_terms_are_added_and_the_same_code_replaces():
    own = Term("make", "taurus", "Taurus Armas S.A.")
    more = CATALOGUE.with_terms([own, Term("make", "craft", "Workshop of the hill")])
    assert more.term("make", "taurus") == own
    assert [one.code for one in more.search("make", "hill", 3)] == ["craft"]
    assert CATALOGUE.search("make", "hill", 3) == ()
    assert len(more.terms("make")) == len(CATALOGUE.terms("make")) + 1


@given(st.sampled_from(TERMS), st.data())
@settings(max_examples=examples(60))
def test_every_beginning_of_every_word_finds_the_term(term, data):
    words = data.draw(st.permutations(folded(term.name).split()))
    typed = " ".join(word[: data.draw(st.integers(1, len(word)))] for word in words)
    assert term in CATALOGUE.search(term.kind, typed, len(TERMS))


@given(st.text(max_size=20))
@settings(max_examples=examples(60))
def test_any_text_may_be_typed(text):
    found = CATALOGUE.search("model", text, 3)
    assert len(found) <= 3
    assert CATALOGUE.search("model", text.upper().lower(), 3) is not None
    assert folded(folded(text)) == folded(text)


@pytest.mark.parametrize(
    ("text", "code"), [("Forjas Taurus S/A", "forjas-taurus-s-a"), ("PT 92", "pt-92"), ("", "")]
)
def test_a_code_is_made_of_words(text, code):
    assert code_of(text) == code
