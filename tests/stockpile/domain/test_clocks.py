from __future__ import annotations

from stockpile.domain.clocks import (
    JITTER,
    LONG,
    NO_EARLIER,
    ClockDoubt,
    Known,
    doubt,
    is_worth_noting,
)
from tests.helpers.every import every_row

LAST = 1_790_000_000_000


@every_row(
    [
        (LAST, None), (LAST - JITTER, None), (LAST - JITTER - 1, "behind"),
        (LAST + LONG, None), (LAST + LONG + 1, "ahead"), (0, "behind"),
    ]
)  # fmt: skip
def test_a_clock_is_doubted_where_the_newest_entry_speaks_against_it(now, side):
    assert doubt(now, Known(LAST)) == (ClockDoubt(side, now, LAST) if side else None)


def test_before_the_first_entry_nothing_speaks_against_a_clock():
    assert doubt(LAST, Known()) is None


def test_what_a_registry_signed_and_the_program_itself_speak_against_a_clock():
    assert doubt(LAST, Known(LAST, LAST + JITTER)) is None
    later = Known(LAST - LONG, LAST + JITTER + 1)
    assert doubt(LAST, later) == ClockDoubt("behind", LAST, later.registry, "registry")
    assert doubt(LAST, Known(LAST - 2 * LONG, LAST)) is None  # not ahead: the registry was heard
    for now in (0, NO_EARLIER - 1):
        assert doubt(now, Known()) == ClockDoubt("behind", now, NO_EARLIER, "program")
    assert doubt(NO_EARLIER, Known()) is None


@every_row(
    [
        (0, None, False), (JITTER, None, False), (JITTER + 1, None, True),
        (-JITTER - 1, None, True),
        (2 * JITTER, 2 * JITTER + 5, False), (9 * JITTER, 2 * JITTER, True),
        (0, 2 * JITTER, True), (0, 0, False), (5, -5, False),
    ]
)  # fmt: skip
def test_a_comparison_is_noted_where_it_says_something_new(offset, before, noted):
    assert is_worth_noting(offset, before) == noted
