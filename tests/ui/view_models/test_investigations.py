"""What does not agree is listed with what answers it, and closed on that alone."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from stockpile.domain.errors import EvidenceMissing
from tests.helpers.armouries import armoury, second_officer
from ui.view_models.counting_bench import Bench
from ui.view_models.counting_plans import Plan
from ui.view_models.investigations import InvestigationsModel

WAIT = 20_000


def counted(seat, store, *texts):
    """Count with these scans and close: what was not scanned is under investigation."""
    stockpile, by, witness = seat.stockpile, seat.session.officer, second_officer(seat)

    def work():
        plan = Plan(second=store.second)
        stocktake = stockpile.counting.open(plan.request(by.id), by=by)[1]
        bench = Bench(stockpile, stocktake, by)
        for text in texts:
            bench.take(text)
        return stockpile.counting.close(stocktake, by=by, witness=witness), None

    seat.on_books(work)


@pytest.fixture
def store(seat):
    return armoury(seat, racks=2, each=2)


@pytest.fixture
def model(seat, store):
    counted(seat, store, "A01", "KB01001", "KB01002", "KB02001", "ZZ-404")
    return InvestigationsModel(*seat.made_with)


def listed(model, qtbot):
    return {one.kind: one for one in every(model, qtbot)}


def every(model, qtbot):
    with qtbot.waitSignal(model.came, timeout=WAIT) as told:
        model.watch(watched=True)
    return told.args[0]


def found(seat, store):
    """Let the missing weapon be seen where it belongs, in a count of its own."""
    counted(seat, store, "A02", "KB02002")


def test_each_difference_of_a_count_is_a_case(model, qtbot):
    cases = listed(model, qtbot)
    assert set(cases) == {"missing", "misplaced", "stranger"}
    missing = cases["missing"]
    assert (missing.named, missing.model, missing.place) == ("KB02002", "AKM", "A02")
    assert missing.cause == "ST-KLA-26-0001"
    assert missing.proofs == ()
    assert cases["stranger"].named == "ZZ-404"


def test_what_answers_it_stands_beside_it_and_closes_it(model, seat, store, qtbot):
    found(seat, store)
    case = next(one for one in every(model, qtbot) if one.named == "KB02002" and one.proofs)
    assert case.best.outcome == "found"
    with qtbot.waitSignal(model.closed, timeout=WAIT) as told:
        model.close(case, case.best.outcome, [case.best.digest])
    assert told.args[0].id == case.id
    assert case.id not in {one.id for one in every(model, qtbot)}


def test_words_alone_close_nothing(model, qtbot):
    case = listed(model, qtbot)["missing"]
    with qtbot.waitSignal(model.refused, timeout=WAIT) as told:
        model.close(case, "explained", [], "the guard says so")
    assert isinstance(told.args[0], EvidenceMissing)


def test_a_paper_that_is_kept_is_evidence(model, tmp_path, qtbot):
    case = listed(model, qtbot)["missing"]
    paper = tmp_path / "statement.jpg"
    picture = io.BytesIO()
    Image.new("RGB", (40, 30), "white").save(picture, "JPEG")
    paper.write_bytes(picture.getvalue())
    with qtbot.waitSignal(model.attached, timeout=WAIT) as told:
        model.attach(paper)
    with qtbot.waitSignal(model.closed, timeout=WAIT):
        model.close(case, "explained", [told.args[0].digest], "handed to the police, receipt 7")


def test_nobody_s_list_follows_what_is_recorded_until_somebody_looks(model, seat, store, qtbot):
    came = []
    model.came.connect(came.append)
    seat.register("KB99999")
    seat.on_books(lambda: None)
    assert came == []
    listed(model, qtbot)
    seat.register("KB99998")
    qtbot.waitUntil(lambda: len(came) == 2, timeout=WAIT)
