from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from stockpile.domain.clocks import ClockDoubt
from stockpile.domain.days import Done
from stockpile.domain.errors import DiskTrouble, FieldUnreadable
from stockpile.domain.ledger import Tip
from stockpile.domain.values import NodeId
from stockpile.services.day_papers import Day
from stockpile.services.ports import Backup
from ui.view_models.today import Need, Safe, Standing, TodayModel, needs

DAY_MS = 86_400_000
QUIET = Day(
    on="2026-11-28", at=10 * DAY_MS, last=None, done=Done(), in_store=4, out=0, overdue=0,
    in_transit=0, waybills_overdue=0, counts_open=0, counts_due=0, unexplained=0, conflicts=0,
    unfit=0, remarked=(),
    inspections_due=0, unsent=3, is_enrolled=False, anchored=0, tip=Tip(3), on_record=4,
)  # fmt: skip
KEPT = Backup(Path("x.backup"), NodeId("n"), 10 * DAY_MS, Tip(3), 3, 9, 4, 0, 0)
SAFE = Safe(Path("stick"), is_same_disk=False, last=KEPT)


def test_a_good_day_needs_nobody():
    assert needs(Standing(QUIET, "Goma"), SAFE) == ()


def test_what_is_late_comes_first_and_the_safe_is_looked_at():
    day = replace(
        QUIET, overdue=2, waybills_overdue=1, unexplained=3, conflicts=1, counts_open=1,
        counts_due=2, unfit=4, remarked=("w1", "w2"),
        inspections_due=5, is_enrolled=True,
    )  # fmt: skip
    old = replace(SAFE, is_same_disk=True, last=replace(KEPT, at=7 * DAY_MS))
    found = needs(Standing(day, "Goma", restored=2), old)
    assert found == (
        Need("restored", 2), Need("overdue", 2), Need("waybills", 1), Need("unexplained", 3),
        Need("conflicts", 1), Need("counts", 1), Need("counts_due", 2),
        Need("unfit", 4), Need("remarked", 2, "w1"), Need("inspections", 5),
        Need("old_backup", 3), Need("same_disk", 1), Need("unsent", 3),
    )  # fmt: skip
    assert needs(Standing(QUIET, "Goma"), Safe(Path("stick"))) == (Need("no_backup", 1),)
    assert needs(Standing(QUIET, "Goma", unproved=40), SAFE) == (Need("unproved", 40),)


def test_a_clock_that_cannot_be_right_is_told_before_what_is_late():
    late = replace(QUIET, overdue=2)
    for side in ("behind", "ahead"):
        doubt = ClockDoubt(side, 0, 10 * DAY_MS)
        found = needs(Standing(late, "Goma", clock=doubt), SAFE)
        assert found[0] == Need(f"clock_{side}", 1)


@pytest.fixture
def model(seat, qtbot):
    seat.register("KB1")
    made = TodayModel(*seat.made_with)
    with qtbot.waitSignals([made.stands, made.safe_stands]):
        made.start()
    return made


def test_the_figures_follow_what_is_written_elsewhere(model, seat, qtbot):
    model.watch(watched=True)
    with qtbot.waitSignal(model.stands) as told:
        seat.register("KB2")
    assert told.args[0].day.on_record == 2
    assert told.args[0].day.done.recorded == 2
    model.watch(watched=False)
    with qtbot.assertNotEmitted(model.stands, wait=200):
        seat.register("KB3")


def test_a_close_writes_backup_fact_and_sheet(model, seat, qtbot, tmp_path):
    model.use_folder(tmp_path / "stick")
    with qtbot.waitSignal(model.closed, timeout=20_000) as told:
        model.close(seat.session.officer)
        model.close(seat.session.officer)  # pressed twice
    backup, sheet = told.args
    assert backup.file.parent == tmp_path / "stick"
    assert sheet.read_bytes().startswith(b"%PDF")
    last = seat.on_books(seat.stockpile.days.last)
    assert last.backup == backup.file.name
    with qtbot.waitSignal(model.stands) as told:
        model.start()
    assert told.args[0].day.is_closed
    assert len(list((tmp_path / "stick").glob("*.backup"))) == 1


def test_a_folder_that_cannot_be_written_closes_nothing(model, seat, qtbot, tmp_path):
    (tmp_path / "file").write_text("no folder")
    model.use_folder(tmp_path / "file" / "stick")
    with qtbot.waitSignal(model.failed) as told:
        model.close(seat.session.officer)
    assert isinstance(told.args[0], DiskTrouble)
    assert not model.is_busy
    assert seat.on_books(seat.stockpile.days.last) is None


def test_a_backup_alone_closes_nothing(model, seat, qtbot, tmp_path):
    model.use_folder(tmp_path / "stick")
    with qtbot.waitSignal(model.backed_up, timeout=20_000):
        model.back_up()
        model.back_up()
    assert seat.on_books(seat.stockpile.days.last) is None


def test_a_stop_leaves_nothing(model, seat, qtbot, tmp_path):
    model.use_folder(tmp_path / "stick")
    model.began.connect(lambda work: work.cancel())
    with qtbot.waitSignal(model.failed):
        model.close(seat.session.officer)
    assert not list((tmp_path / "stick").glob("[!.]*"))  # but the mark of the disk


def test_a_head_code_is_held_against_the_ledger(model, seat, qtbot, tmp_path):
    model.use_folder(tmp_path / "stick")
    with qtbot.waitSignal(model.closed, timeout=20_000):
        model.close(seat.session.officer)
    code = seat.on_books(lambda: seat.stockpile.days.sheet(by=seat.session.officer)).code
    with qtbot.waitSignal(model.head_checked) as told:
        model.check_head(code.upper())
    assert told.args == [True]
    with qtbot.waitSignal(model.head_checked) as told:
        model.check_head(code[:-1] + ("a" if code[-1] != "a" else "b"))
    assert told.args == [False]
    with qtbot.waitSignal(model.head_refused) as told:
        model.check_head("what")
    assert isinstance(told.args[0], FieldUnreadable)
