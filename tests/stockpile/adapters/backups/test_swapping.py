from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from stockpile.adapters.backups import swapping
from stockpile.domain.errors import BooksInUse


def closed(_home):
    """Every home is closed here."""


@pytest.fixture
def home(tmp_path):
    home = tmp_path / "home"
    home.mkdir()
    (home / "which").write_text("old")
    draft = tmp_path / f"{swapping.draft_prefix(home)}x"
    draft.mkdir()
    (draft / "which").write_text("new")
    swapping.ask(home, draft, "home-replaced")
    return home


def test_the_restored_one_takes_its_place_and_the_old_one_lies_aside(home, tmp_path):
    assert swapping.is_asked(home)
    assert swapping.carry_out(home, closed) == tmp_path / "home-replaced"
    assert (home / "which").read_text() == "new"
    assert (tmp_path / "home-replaced" / "which").read_text() == "old"
    assert not swapping.is_asked(home)
    assert swapping.carry_out(home, closed) is None


def test_what_lies_aside_already_is_never_replaced(home, tmp_path):
    (tmp_path / "home-replaced").mkdir()
    swapping.carry_out(home, closed)
    assert (tmp_path / "home-replaced-2" / "which").read_text() == "old"


class Killed(BaseException):
    """What a kill between two steps leaves to the next start."""


@pytest.mark.parametrize("step", [0, 1])
def test_killed_between_any_two_steps_the_next_start_goes_on(home, tmp_path, monkeypatch, step):
    real, seen = Path.rename, []

    def renaming(self, target):
        if len(seen) == step:
            raise Killed
        seen.append(target)
        return real(self, target)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "rename", renaming)
        with pytest.raises(Killed):
            swapping.carry_out(home, closed)
    assert swapping.is_asked(home)
    swapping.carry_out(home, closed)
    assert (home / "which").read_text() == "new"
    assert (tmp_path / "home-replaced" / "which").read_text() == "old"
    assert sorted(one.name for one in tmp_path.iterdir()) == ["home", "home-replaced"]


def test_an_open_home_keeps_its_place_until_it_is_closed(home):
    def in_use(path):
        raise BooksInUse(str(path))

    with pytest.raises(BooksInUse):
        swapping.carry_out(home, in_use)
    assert (home / "which").read_text() == "old"
    swapping.carry_out(home, closed)
    assert (home / "which").read_text() == "new"


@pytest.mark.parametrize(
    "note",
    [
        {"restored": "../elsewhere", "aside": "a"},
        {"restored": "/etc", "aside": "a"},
        {"restored": "any", "aside": "a"},
        {"restored": ".home-restoring-x", "aside": f"..{os.sep}a"},
        {"restored": ".home-restoring-x"},
        [],
    ],
)
def test_a_note_that_leads_elsewhere_is_none(home, note):
    (home.parent / ".home-restored.json").write_text(json.dumps(note))
    assert not swapping.is_asked(home)
    assert swapping.carry_out(home, closed) is None
    assert (home / "which").read_text() == "old"
