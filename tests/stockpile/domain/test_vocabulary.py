from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stockpile.domain import vocabulary
from stockpile.domain.errors import FieldUnreadable

LISTS = {
    name: value for name, value in vars(vocabulary).items() if name.isupper() and value
}  # fmt: skip
every_list = pytest.mark.parametrize("name", LISTS)


@every_list
def test_codes_are_plain_and_stand_once(name):
    codes = LISTS[name]
    assert len(set(codes)) == len(codes)
    assert all(code.isascii() and code.replace("_", "").isalnum() for code in codes)


@given(st.sampled_from(sorted(LISTS)), st.data())
def test_a_code_is_read_in_any_case_and_with_spaces(name, data):
    code = data.draw(st.sampled_from(LISTS[name]))
    written = data.draw(st.sampled_from([str.upper, str.lower, str.title]))(code)
    assert vocabulary.picked("field", f" {written.replace('_', ' ')} ", LISTS[name]) == code


@every_list
@pytest.mark.parametrize("text", ["", "no such code", "\0", "١"])
def test_anything_else_is_refused_at_its_field(name, text):
    with pytest.raises(FieldUnreadable) as refused:
        vocabulary.picked("action", text, LISTS[name])
    assert (refused.value.field, refused.value.text) == ("action", text)
