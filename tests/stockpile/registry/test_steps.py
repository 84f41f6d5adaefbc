from __future__ import annotations

from functools import partial
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from sqlalchemy import delete, select, update

from stockpile.domain import weapons, wire
from stockpile.domain.facts import Draft, TagBound
from stockpile.domain.weapons import Weapon
from stockpile.registry import finding_rows, intake, register, steps
from stockpile.registry.database import fill, put
from stockpile.registry.extents import Extent
from stockpile.registry.tables import EV, UNHEEDED, WEAPON
from tests.helpers.nightly import examples
from tests.helpers.sites import Site, a_move, a_weapon
from tests.helpers.strategies import WEAPON as WEAPON_ID
from tests.helpers.strategies import histories


def send(registry, site):
    intake.take(registry.books, site.node, wire.squeeze(wire.pack(site.entries)))


def nobody(_wanted):
    raise AssertionError("asked for whole lives")


def test_facts_are_parted_by_the_weapons_they_are_about(site):
    site.write(a_weapon("w1"), a_weapon("w2"))
    site.write(Draft("w1", TagBound("T1")))
    parted = steps.by_weapon(site.facts)
    assert [one.subject for one in parted["w1"]] == ["w1", "w1"]
    assert parted.keys() == {"w1", "w2"}


def test_a_step_begins_with_the_bytes_that_are_kept(registry, site):
    site.write(a_weapon("w1"))
    born = site.facts[-1].hash
    send(registry, site)
    site.write(a_move("w1", "rack 2", born), a_weapon("w2"))
    with registry.database.reading() as connection:
        made = steps.foreseen(connection, site.facts[-2:], nobody).steps
    assert made["w1"].before == registry.books.weapon("w1")
    assert made["w1"].now == weapons.folded("w1", [site.facts[-3], site.facts[-2]])
    assert (made["w2"].held, made["w2"].before) == (None, None)
    assert made["w1"].row == steps.row_of(made["w1"].now)


def test_what_does_not_simply_come_next_is_folded_of_all_facts(registry, site):
    early = Site()
    early.found()
    site.write(a_weapon("w1"))
    born = site.facts[-1]
    send(registry, site)
    early.write(a_move("w1", "rack 2", born.hash))
    known = [born, early.facts[-1]]
    assert known[1].lamport <= born.lamport  # its place is among what is folded already
    with registry.database.reading() as connection:
        ahead = steps.foreseen(connection, known[1:], lambda _wanted: {"w1": known[:1]})
        taken = steps.taken(connection, known[1:], lambda _wanted: {"w1": known})
    assert taken["w1"].now == weapons.folded("w1", known)
    assert ahead.steps["w1"].now == taken["w1"].now


def test_what_contradicts_and_comes_last_is_foreseen(registry, site):
    site.write(a_weapon("w1"))
    born = site.facts[-1].hash
    send(registry, site)
    site.write(a_move("w1", "rack 2", born), a_move("w1", "rack 3", born))
    with registry.database.reading() as connection:
        made = steps.foreseen(connection, site.facts[-2:], nobody).steps["w1"]
    assert made.now == weapons.folded("w1", site.facts[-3:])
    assert [one.kind for one in made.raised] == ["custody_fork"]


@pytest.mark.parametrize("what", ["state", "facts"])
def test_a_step_that_no_longer_holds_is_taken_again(registry, site, what):
    site.write(a_weapon("w1"))
    born = site.facts[-1].hash
    send(registry, site)
    site.write(a_move("w1", "rack 2", born))
    moved = site.facts[-1].hash
    new = site.facts[-1:]
    with registry.database.reading() as connection:
        ahead = steps.foreseen(connection, new, nobody)
        assert steps.taken(connection, new, nobody, ahead)["w1"] is ahead.steps["w1"]
    if what == "state":
        send(registry, site)
        site.write(a_move("w1", "rack 3", moved))
    else:
        site.write(Draft("w1", TagBound("T1")))
    with registry.database.reading() as connection:
        taken = steps.taken(connection, site.facts[-1:], nobody, ahead)
        assert taken["w1"].new == site.facts[-1:]
        again = steps.taken(connection, new, lambda _one: {"w1": site.facts}, ahead, again=True)
    assert again["w1"] is not ahead.steps["w1"]


def test_folded_anew_a_weapon_may_have_nothing_left(registry, site):
    site.write(a_weapon("w1"))
    send(registry, site)
    new = site.facts[-1:]
    with registry.database.reading() as connection:
        unheeded = [register.heeded(site.facts[-1], "office")]
        taken = steps.taken(connection, new, lambda _one: {"w1": unheeded}, again=True)
    assert taken["w1"].before is not None
    assert (taken["w1"].row is None) == (taken["w1"].change.now is None)


def test_what_was_folded_ahead_of_all_facts_is_taken_while_these_are_all(registry, site):
    early = Site()
    registry.enrol(early)
    early.found()
    site.write(a_weapon("w1"))
    send(registry, site)
    early.write(a_move("w1", "rack 2", site.facts[-1].hash))
    new = early.facts[-1:]
    with registry.database.reading() as connection:
        ahead = steps.foreseen(connection, new, partial(register.facts_about, connection))
    assert ahead.steps["w1"].extent == Extent(1)
    send(registry, early)
    with registry.database.writing() as connection:
        connection.execute(update(WEAPON).values(state=ahead.steps["w1"].held))  # as it was
        assert steps.taken(connection, new, nobody, ahead)["w1"] is ahead.steps["w1"]
        pos = connection.execute(select(EV.c.pos).where(EV.c.subj == "w1").limit(1)).scalar_one()
        fill(connection, UNHEEDED, [a_verdict(pos)])
        with pytest.raises(AssertionError, match="asked for whole lives"):
            steps.taken(connection, new, nobody, ahead)
        connection.rollback()


def a_verdict(pos):
    """A row that says that the facts laid down here are not heeded."""
    told = {"node": 1, "no": pos, "hash": f"{pos}", "act": "", "lack": "revoked", "judged": ""}
    return {"pos": pos, **told}


def test_lives_are_read_by_so_many_facts_at_once(monkeypatch):
    monkeypatch.setattr(steps, "_FACTS_AT_ONCE", 4)
    known = {one: Weapon(one, known=facts) for one, facts in (("b", 2), ("c", 9))}
    assert [*steps._portions("abcdef", known)] == [["a", "b"], ["c"], ["d", "e", "f"]]


class Ledger:
    """The facts of one weapon as they come in, and what is heeded of them; the register's rows."""

    def __init__(self, connection):
        self.connection = connection
        self.laid = {}
        self.unheeded = set()

    def heeded(self):
        return [fact for pos, some in self.laid.items() if pos not in self.unheeded
                for fact in some]  # fmt: skip

    def lives(self, _wanted):
        return {WEAPON_ID: self.heeded()}

    def lay(self, pos, facts):
        self.laid[pos] = facts
        rows = [{"pos": pos, "seq": seq, "node": 1, "kind": "", "subj": WEAPON_ID, "payload": b""}
                for seq, _fact in enumerate(facts)]  # fmt: skip
        fill(self.connection, EV, rows)

    def turn(self, pos):
        """Heed facts no more, or again; all that is known is folded anew, as then."""
        if pos in self.unheeded:
            self.connection.execute(delete(UNHEEDED).where(UNHEEDED.c.pos == pos))
        else:
            fill(self.connection, UNHEEDED, [a_verdict(pos)])
        self.unheeded ^= {pos}
        self.keep(steps.taken(self.connection, self.laid[pos], self.lives, again=True)[WEAPON_ID])

    def keep(self, step):
        put(self.connection, WEAPON, "id", [WEAPON_ID], [])
        if step.row:
            fill(self.connection, WEAPON, [dict(zip(steps.COLUMNS, step.row, strict=True))])
        finding_rows.follow(self.connection, [step.change])


@settings(max_examples=examples(100), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(histories(steps=14), st.data())
def test_what_is_foreseen_at_any_moment_comes_to_what_all_facts_make(registry, written, data):
    """Facts come in in any order and portions, heeded or not; each portion was foreseen once."""
    facts = data.draw(st.permutations(written))
    cuts = [0, *sorted(data.draw(st.sets(st.integers(1, len(facts)), max_size=5))), len(facts)]
    portions = [facts[one:other] for one, other in pairwise(cuts) if one < other]
    moments = [data.draw(st.integers(0, at)) for at in range(len(portions))]
    ahead = {}
    with registry.database.writing() as connection:
        ledger = Ledger(connection)
        for now, new in enumerate(portions):
            for later in range(now, len(portions)):
                if moments[later] == now:
                    ahead[later] = steps.foreseen(connection, portions[later], ledger.lives)
            if now and data.draw(st.integers(0, 2)) == 0:
                ledger.turn(data.draw(st.sampled_from(sorted(ledger.laid))))
            ledger.lay(1_000 + now, new)
            step = steps.taken(connection, new, ledger.lives, ahead[now])[WEAPON_ID]
            assert step.now == weapons.folded(WEAPON_ID, ledger.heeded())
            event("foreseen" if step is ahead[now].steps[WEAPON_ID] else "not foreseen")
            unforeseen = steps.taken(connection, new, ledger.lives)[WEAPON_ID]
            assert replace(step, extent=None) == unforeseen
            ledger.keep(step)
        connection.rollback()
