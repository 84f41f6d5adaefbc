from __future__ import annotations

import json
import threading
from collections.abc import Mapping
from pathlib import Path

from stockpile.adapters.marking.simulators.truth import Happening, Truth

START = Happening("start", 1, "СРБ-1", 0, 0.5)
DONE = Happening("done", 1, "СРБ-1", 5, 1.5)


def test_what_happens_is_in_the_file_before_anyone_hears_of_it(tmp_path: Path):
    file = tmp_path / "truth.jsonl"
    heard: list[Mapping[str, object]] = []

    def hear(event: Mapping[str, object]) -> None:
        assert json.loads(file.read_text("utf-8").splitlines()[-1]) == event
        heard.append(event)

    truth = Truth(file, hear)
    truth.add(START)
    truth.add(DONE)
    assert [event["event"] for event in heard] == ["start", "done"]
    assert truth.all() == (START, DONE)
    assert truth.count("done") == 1


def test_a_log_is_continued_and_never_overwritten(tmp_path: Path):
    file = tmp_path / "truth.jsonl"
    for _ in range(2):
        Truth(file, lambda _event: None).add(START)
    assert len(file.read_text("utf-8").splitlines()) == 2


def test_one_can_wait_for_what_will_happen():
    truth = Truth(None, lambda _event: None)
    writer = threading.Thread(target=truth.add, args=(DONE,))
    writer.start()
    assert truth.wait_for("done")
    writer.join()
    assert not truth.wait_for("start", limit=0.01)
