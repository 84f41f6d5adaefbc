"""Paper proves the disk and the disk proves paper: by the program, and by the verifier."""

from __future__ import annotations

import re

from stockpile.domain.destruction_site import Certification
from stockpile.domain.facts import DestructionOrdered
from stockpile.domain.ledger import Tip, head_code
from stockpile.language import plain
from tests.helpers.counting_houses import counting_house
from tests.helpers.exports import verdict
from tests.helpers.pyres import PRESENT

CODE = re.compile(r"\d+(?:-[a-z2-7]{5}){4}")


def test_closing_sheet_count_report_and_certificate_each_bear_a_code_that_holds(tmp_path):
    with counting_house(tmp_path / "home") as here:
        stockpile, officer, second = here.stockpile, here.officer, here.second
        count = here.opened()
        stockpile.counting.close(count, by=officer, witness=second)
        stockpile.days.close(tmp_path / "backups", by=officer)
        burnt = DestructionOrdered(
            "",
            (here.weapons["GONE"],),
            "MoD 12/26",
            ("burning", "smelting"),
            "Luzira",
            "2026-12-01",
            PRESENT,
        )
        stands = stockpile.destructions.order(burnt, by=officer)[1]
        stockpile.destructions.read(stockpile.destructions.site(stands.id), "GONE", by=officer)
        done = Certification(scrap_kilograms="3", scrap_to="Mills", inoperable=True)
        stockpile.destructions.certify(stands.id, done, by=officer, witness=second)
        papers = (
            stockpile.days.sheet(by=officer),
            stockpile.count_papers.report(stockpile.counting.one(count.id), officer),
            stockpile.destructions.paper(stands.id, by=officer, certificate=True),
        )
        file = tmp_path / "ledger.gz"
        stockpile.chain_export.write(file, by=officer)
        for paper in papers:
            (code,) = CODE.findall(plain(" ".join(paper.bottom.lines)))
            assert stockpile.checking.head_of(code) == stockpile.keys.node
            assert verdict(file, code)["holds"]
            foot = paper.bottom
            assert head_code(Tip(foot.entry, 0, foot.head)) == code  # the disk says what is printed
            other = "-".join([code.split("-")[0], *code.split("-")[:0:-1]])
            assert stockpile.checking.head_of(other) is None
            assert not verdict(file, other)["holds"]
        closing = papers[0].code
        assert stockpile.days.verify_head(closing)
        assert closing in [code for _node, _on, code in verdict(file)["closing_sheets"]]
