from __future__ import annotations

from stockpile.registry import statistics
from stockpile.registry.statistics import Figure

NOW = 1_790_000_000_000  # 2026-09


def test_ages_of_counts_are_whole_months_and_leave_nothing_out():
    told = tuple(
        Figure(value, n)
        for n, value in enumerate(
            ("2026-11", "2026-09", "2026-07", "2026-06", "2026-04", "2025-10", "2024-10", "2024-09",
             "1999-01", ""), 1,
        )
    )  # fmt: skip
    ages = statistics.ages(told, NOW)
    assert [(one.n, one.first, one.before) for one in ages] == [
        (1 + 2 + 3, "2026-07", ""), (4 + 5, "2026-04", "2026-07"), (6, "2025-10", "2026-04"),
        (7, "2024-10", "2025-10"), (8 + 9, "", "2024-10"), (10, "never", "never"),
    ]  # fmt: skip
    assert sum(one.n for one in ages) == sum(one.n for one in told)


def test_a_country_without_weapons_has_figures_of_nothing(registry):
    with registry.database.reading() as connection:
        assert statistics.held(connection) == 0
        assert statistics.figures(connection, "type") == ()
        assert statistics.by_site(connection) == ()
