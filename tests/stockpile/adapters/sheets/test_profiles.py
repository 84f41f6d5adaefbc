from __future__ import annotations

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from stockpile.adapters.sheets.profiles import ProfileShelf, as_toml, read_profile, shipped_profiles
from stockpile.domain.errors import DiskTrouble, FileUnreadable
from stockpile.domain.layouts import Profile, understood


def test_shipped_profiles_fit_their_own_columns():
    profiles = shipped_profiles()
    assert {one.name for one in profiles} >= {"rio-2021", "rio-2018-2023", "sinarm", "leso-1033"}
    for one in profiles:
        layout = understood(one.columns, [], profiles=profiles)
        assert layout.profile == one.name
        assert layout.is_telling


@pytest.mark.parametrize(
    "text",
    [
        "name = 1",
        "name = 'x'",
        "columns = [",
        "name='x'\ncolumns=['B']\n[fields]\nserial='A'\n",
        "name='x'\ncolumns=[]\n[fields]\n",
        "name='x'\ncolumns=[]\n[fields]\nnonsense='A'\n",
    ],
)
def test_a_profile_that_says_nonsense(tmp_path, text):
    file = tmp_path / "x.toml"
    file.write_text(text, "utf-8")
    with pytest.raises(FileUnreadable, match="profile"):
        read_profile(file)


def test_a_missing_profile(tmp_path):
    with pytest.raises(FileUnreadable, match="profile"):
        read_profile(tmp_path / "none.toml")


def test_a_profile_comes_back_as_it_was_kept(tmp_path):
    shelf = ProfileShelf(tmp_path / "profiles")
    assert {one.name for one in shelf.known()} == shelf.shipped()
    columns = ('No. "7"', "a\\b\tc\x7f", "Bairro")
    own = Profile(
        "our-list",
        columns,
        {"serial": columns[0], "where": columns[1:]},
        "seized",
        "day",
        zero_padded=True,
    )
    shelf.keep(own)
    assert shelf.known()[0] == own
    assert ProfileShelf(tmp_path / "profiles").known()[0] == own
    shelf.keep(Profile("our-list", columns, {"serial": columns[1]}))
    assert [one.order for one in shelf.known() if one.name == "our-list"] == [""]


@given(st.text(), st.lists(st.text(), min_size=1, max_size=4), st.sampled_from([None, True, False]))
def test_any_words_survive_the_file(name, columns, padded):
    own = Profile(name, tuple(columns), {"serial": columns[0]}, zero_padded=padded)
    assert msgspec.toml.decode(as_toml(own), type=Profile) == own


def test_a_site_goes_before_the_program_where_both_know_the_columns(tmp_path):
    shelf = ProfileShelf(tmp_path)
    (rio,) = (one for one in shelf.known() if one.name == "rio-2021")
    shelf.keep(Profile("ours", rio.columns, {"serial": rio.columns[0]}))
    assert understood(rio.columns, [], profiles=shelf.known()).profile == "ours"


def test_a_broken_file_is_told_and_keeps_nothing_else_out(tmp_path):
    (tmp_path / "bad.toml").write_text("nonsense", "utf-8")
    shelf = ProfileShelf(tmp_path)
    assert shelf.broken() == (str(tmp_path / "bad.toml"),)
    assert len(shelf.known()) == len(shelf.shipped())


def test_a_folder_that_cannot_be_written(tmp_path):
    (tmp_path / "profiles").write_text("a file", "utf-8")
    with pytest.raises(DiskTrouble):
        ProfileShelf(tmp_path / "profiles").keep(Profile("p", ("A",), {}))
