from __future__ import annotations

from stockpile.services.printed import FOLDER, among_papers, printing_now


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
