"""The rules of the guard as they are typed."""

from __future__ import annotations

from stockpile.domain.facts import GuardSet
from ui.view_models.guard_rules import GuardRulesModel

WAIT = 20_000


def test_an_empty_number_is_never_and_a_number_that_is_none_is_refused(seat, qtbot):
    model = GuardRulesModel(*seat.made_with)
    with qtbot.waitSignal(model.refused, timeout=WAIT) as refused:
        model.keep([], "soon", "0", "")
    assert refused.args[0].details() == {"field": "lock_after", "text": "soon"}
    with qtbot.waitSignal(model.kept, timeout=WAIT) as kept:
        model.keep(["merge"], "", " 12 ", "")
    assert kept.args == [True]
    assert seat.on_books(seat.stockpile.guard.rules) == GuardSet(("merge",), 0, 12)
    with qtbot.waitSignal(model.came, timeout=WAIT) as came:
        model.start()
    (once,) = came.args[0].history
    assert len(once.changes) == 3
