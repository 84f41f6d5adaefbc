from __future__ import annotations

import pytest

from stockpile.domain.errors import FieldUnreadable
from ui.view_models.campaign import Asked, read_asked, wanted_by, written


def asked(**means: str) -> Asked:
    usual = read_asked("")
    return Asked("100", "", "12", usual.means | means)


def test_figures_as_typed_are_means():
    wanted = wanted_by(asked(spare="20", hours="5,5", machines="2"))
    assert (wanted.weapons, wanted.assumed) == (100, 12)
    assert (wanted.means.spare, wanted.means.hours, wanted.means.machines) == (0.2, 5.5, 2)


@pytest.mark.parametrize("text", ["x", "nan", "inf", "1e99", "--"])
def test_what_is_no_figure_names_its_field(text: str):
    with pytest.raises(FieldUnreadable) as caught:
        wanted_by(asked(hours=text))
    assert caught.value.field == "hours"


def test_what_was_typed_is_remembered_and_a_damaged_memory_forgotten():
    kept = read_asked(written(Asked("9", "2027-01-11", "15", asked(people="4").means)))
    assert (kept.begins, kept.assumed, kept.means["people"]) == ("2027-01-11", "15", "4")
    assert kept.weapons == ""
    for broken in ("", "{", "[]", '"x"', '{"means": {"gone": "1"}}'):
        assert read_asked(broken).means == read_asked("").means
