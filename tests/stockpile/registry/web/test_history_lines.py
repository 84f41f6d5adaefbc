from __future__ import annotations

from stockpile.registry import branches
from stockpile.registry.web.history_lines import lines
from tests.helpers.clones import cloned


def test_each_fact_of_a_history_is_a_line_that_names_what_is_stamped_on_the_weapon(registry):
    fork = cloned(registry)
    with registry.books.reading() as connection:
        inside, beside = branches.branches(connection, fork.node)
        told = lines(connection, inside.entries, 2)
        other = lines(connection, beside.entries, 50)
    assert [(one.number, one.subject) for one in told] == [
        (number, "S" + fork.weapon(name)) for number, name in ((3, "heard-1"), (4, "heard-2"))
    ]
    assert [one.hash for one in other] == [fork.kept_hash(3), fork.kept_hash(4)]
    assert all(one.says.startswith("Put on record") for one in other)
