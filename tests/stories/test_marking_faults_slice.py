"""A slice of the marking bench: machines with faults, hosts that are killed, and what they claim.

The whole of it is ``python -m tests.bench.marking_faults``; here is enough of it to notice a hole.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from tests.bench.marking_faults import DONE, SEED, plain, run, witnessed
from tests.bench.marking_trials import FAMILIES, drawn
from tests.helpers.wires import needs_ptys

pytestmark = needs_ptys
TRIALS, AT_A_TIME = 45, 9


def test_whatever_fails_or_dies_nothing_untrue_is_claimed(tmp_path: Path):
    trials = [replace(drawn(SEED, number), naive=False) for number in range(TRIALS)]
    assert {trial.driver for trial in trials} == set(FAMILIES)
    assert {trial.dies_at for trial in trials} > {"", "armed", "answered", "any time"}
    verdicts = run(trials, AT_A_TIME, tmp_path)
    assert len(verdicts) >= TRIALS
    assert [one for one in verdicts if one.violations] == []
    assert [one for one in plain(verdicts, "") if one.state not in DONE] == []
    assert {one.state for one in witnessed(verdicts)} <= DONE
