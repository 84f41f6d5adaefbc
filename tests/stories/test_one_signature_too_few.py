"""A tampered program sends a destruction that one officer signed: it counts nowhere.

The registry keeps it word for word, every depot is shown the same contradiction, and only two
officers can say what it is.
"""

from __future__ import annotations

from stockpile.domain import mandates
from stockpile.domain.facts import Draft, WeaponDestroyed
from tests.helpers.joined import sync


def test_it_counts_nowhere_until_two_say_so(depots, registry, monkeypatch):
    tampered, honest = depots
    weapon = tampered.register("KB 1")
    sync(tampered, honest)
    books, by = tampered.stockpile.books, tampered.officer
    with monkeypatch.context() as patched:
        patched.setattr(mandates, "demand_right", lambda *_asked: None)
        gone = Draft(weapon, WeaponDestroyed("paper"), books.weapon(weapon).heads.custody)
        sent = books.record([gone], by=by.id, signers=[by.key]).entries[-1]
    assert books.weapon(weapon).status == "destroyed"  # there alone
    sync(tampered, honest)

    assert sent in registry.books.entries(tampered.stockpile.keys.node, 0, 100)
    everywhere = [registry.books, honest.stockpile.books]
    for one in everywhere:
        assert one.weapon(weapon).status == "in_store"
        (raised,) = one.conflicts()
        assert (raised.kind, raised.weapons) == ("authority", (weapon,))
    assert registry.books.conflicts() == honest.stockpile.books.conflicts()
    honest.stockpile.checking.check(deep=True)

    desk = honest.stockpile.judging_entries
    (doubt,) = desk.all()
    desk.judge(
        doubt.hash, accepted=False, reason="no order", by=honest.officer, witness=honest.second
    )
    sync(honest, tampered)
    assert [one.conflicts() for one in everywhere] == [(), ()]
    assert {one.weapon(weapon).status for one in everywhere} == {"in_store"}
    honest.stockpile.checking.check(deep=True)
