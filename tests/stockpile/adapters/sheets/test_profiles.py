from __future__ import annotations

import pytest

from stockpile.adapters.sheets.profiles import read_profile, shipped_profiles
from stockpile.domain.errors import FileUnreadable
from stockpile.domain.layouts import understood


def test_shipped_profiles_fit_their_own_columns():
    profiles = shipped_profiles()
    assert {one.name for one in profiles} >= {"rio-2021", "rio-2018-2023", "sinarm", "leso-1033"}
    for one in profiles:
        layout = understood(one.columns, [], profiles=profiles)
        assert layout.profile == one.name
        assert layout.is_telling


@pytest.mark.parametrize(
    "text",
    ["name = 1", "name = 'x'", "columns = [", "name='x'\ncolumns=[]\n[fields]\nnonsense='A'\n"],
)
def test_a_profile_that_says_nonsense(tmp_path, text):
    file = tmp_path / "x.toml"
    file.write_text(text, "utf-8")
    with pytest.raises(FileUnreadable, match="profile"):
        read_profile(file)


def test_a_missing_profile(tmp_path):
    with pytest.raises(FileUnreadable, match="profile"):
        read_profile(tmp_path / "none.toml")
