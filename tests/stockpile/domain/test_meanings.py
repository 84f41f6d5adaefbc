from __future__ import annotations

import pytest

from stockpile.domain.meanings import ValueMeaning, is_sure, sure_code, sure_codes
from stockpile.domain.normalising.answers import Normal, unanswered


def answer(confidence, code="taurus"):
    return Normal("TAURUS", code, "Taurus", "Taurus", confidence, "alias")


@pytest.mark.parametrize(
    ("normal", "standing"),
    [
        (answer(0.98), "written"),
        (answer(0.7), "written"),
        (answer(0.6), "proposed"),
        (unanswered("xyz", "not_understood"), "open"),
        (unanswered("sem marca", "said_unknown"), "nothing"),
    ],
)
def test_what_becomes_of_a_meaning(normal, standing):
    assert ValueMeaning("make", normal.value, 1, normal).standing == standing


def test_only_what_is_sure_enough_is_written():
    assert is_sure(answer(0.9))
    assert not is_sure(answer(0.9, code=""))
    assert (sure_code(answer(0.9)), sure_code(answer(0.5))) == ("taurus", "")
    assert sure_codes([answer(0.9), answer(0.5, "rossi"), answer(0.8)]) == ("taurus",)
