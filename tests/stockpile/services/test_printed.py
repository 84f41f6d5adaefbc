from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stockpile.services.printed import FOLDER, among_papers, file_name, free_file, printing_now


def test_a_paper_says_who_printed_it_when_and_after_which_entry(house):
    stockpile = house.stockpile
    made = printing_now(stockpile.books, stockpile.clocks.clock, "A. Mbuyi")
    tip = stockpile.books.tip()
    assert (made.by, made.number, made.seal) == ("A. Mbuyi", tip.number, tip.hash)
    assert abs(stockpile.clocks.clock.now() - made.at) < 60_000
    assert made.zone == stockpile.clocks.clock.zone()
    house.register("KB 1")
    assert printing_now(stockpile.books, stockpile.clocks.clock, "").number == tip.number + 1


def test_papers_lie_together_in_the_home(tmp_path):
    for name in ("WB-1", "WB-2"):
        file = among_papers(tmp_path, name)
        assert file == tmp_path / FOLDER / f"{name}.pdf"
        assert file.parent.is_dir()
        assert not file.exists()


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("../../../home/clerk/plan", "home-clerk-plan"), ("/etc/passwd", "etc-passwd"),
        ("C:\\Windows\\x", "C-Windows-x"), ("", "paper"), ("..", "paper"), ("nul", "paper nul"),
        ("LPT1.old", "paper LPT1.old"), ("وصل ٤٥", "وصل ٤٥"),
        ("GOMA-WB-2026-0001", "GOMA-WB-2026-0001"), ("a\x00b\n", "a-b"),
    ],
)  # fmt: skip
def test_a_number_on_record_names_a_file_and_leads_nowhere(said, name):
    assert file_name(said) == name


@given(st.text())
def test_whatever_is_on_record_a_paper_lies_in_its_folder(tmp_path_factory, said):
    home = tmp_path_factory.getbasetemp()
    file = among_papers(home, said)
    assert file.resolve().parent == (home / FOLDER).resolve()
    assert len(file.name) < 100


def test_a_paper_that_was_printed_is_not_overwritten(tmp_path):
    names = []
    for _time in range(3):
        file = free_file(tmp_path / "WB-1.pdf")
        file.touch()
        names.append(file.name)
    assert names == ["WB-1.pdf", "WB-1-2.pdf", "WB-1-3.pdf"]
