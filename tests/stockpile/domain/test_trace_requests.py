"""What a request to trace must say, and what may be noted to it between question and answer."""

from __future__ import annotations

from dataclasses import replace
from itertools import count

import pytest

from stockpile.domain import trace_requests
from stockpile.domain.errors import (
    FieldMissing,
    FieldUnreadable,
    ReasonMissing,
    TraceRequestClosed,
    TraceRequestIncomplete,
    TraceRequestSent,
    TraceRequestUnsent,
)
from stockpile.domain.facts import (
    Fact,
    Mark,
    TraceAnswered,
    TraceAsked,
    TraceRequestAnswered,
    TraceRequestMade,
)
from stockpile.domain.trace_requests import TraceRequest, trace_request_of
from stockpile.domain.values import NodeId
from stockpile.domain.weapons import Weapon

TODAY = "2026-11-28"
SAID = TraceRequestMade(
    "TR-KLA-26-0001",
    by_state="Uganda",
    of_state="Belgium",
    marks=(Mark("serial", "1234?6", is_identity=True, legibility="partial"),),
    ground="unmarked",
    basis="Firearms Act, section 4",
    intended_use="criminal proceedings",
    searched_on="2026-11-20",
    searched="not on record",
    without_photos="the camera was broken",
)
WEAPON = Weapon("w1", registered=True)


class Desk:
    """The facts of one request, taken down as drafts come."""

    def __init__(self, said=SAID, weapon=None):
        self.weapon, self.facts, self._seq = weapon, [], count(1)
        self.drafts = self.take(trace_requests.make("r1", said, weapon, TODAY))

    def take(self, drafts):
        """Write the drafts about the request down; return all of them."""
        for draft in drafts:
            if draft.subject == "r1":
                seq = next(self._seq)
                self.facts.append(
                    Fact(f"h{seq}", NodeId("n"), seq, seq, 0, 0, None, (), "r1", draft.body,
                         replaces=draft.replaces)
                )  # fmt: skip
        return drafts

    @property
    def stands(self) -> TraceRequest:
        """How the request stands."""
        found = trace_request_of("r1", self.facts)
        assert found is not None
        return found

    def note(self, step, on="", remarks=""):
        """Note a step."""
        return self.take(trace_requests.note(self.stands, step, on, remarks, TODAY, self.weapon))

    def answer(self, outcome, **said):
        """Write an answer down."""
        told = TraceRequestAnswered(outcome, **said)
        return self.take(trace_requests.answer(self.stands, told, TODAY, self.weapon))


def test_a_request_runs_from_its_draft_to_its_answer_and_stands_on_the_weapons_record_too():
    desk = Desk(weapon=WEAPON)
    assert desk.drafts[1].body == TraceAsked(SAID.number, "Uganda", "Belgium", "unmarked")
    assert (desk.stands.state, desk.stands.said.on, desk.stands.since) == ("draft", TODAY, "")
    desk.note("sent", "2026-12-01")
    desk.note("acknowledged", "2026-12-04")
    assert (desk.stands.state, desk.stands.since) == ("acknowledged", "2026-12-04")
    desk.note("reminded", "2027-01-10")
    assert desk.stands.day_of("reminded") == desk.stands.since == "2027-01-10"
    said = desk.answer("traced_foreign", answer="sold to Chad in 1984", on="2027-01-20")
    assert said[1].body == TraceAnswered(SAID.number, "traced_foreign", "sold to Chad in 1984")
    assert (desk.stands.state, desk.stands.is_closed) == ("answered", True)
    assert desk.stands.heads == (desk.facts[-1].hash,)
    with pytest.raises(TraceRequestClosed):
        desk.note("reminded")


def test_what_is_not_complete_is_put_on_record_and_not_sent():
    bare = TraceRequestMade("TR-1", by_state="Uganda", of_state="Belgium", make="FN")
    desk = Desk(bare)
    with pytest.raises(TraceRequestIncomplete) as refused:
        desk.note("sent")
    assert refused.value.lacking == (
        "marks", "ground", "basis", "intended_use", "searched_on", "searched", "without_photos",
    )  # fmt: skip
    assert trace_requests.advised(bare) == ("type", "calibre", "country", "circumstances")
    desk.take([trace_requests.amend(desk.stands, replace(SAID, number="", on=""))])
    assert desk.stands.said == replace(SAID, number="TR-1", on=TODAY)
    desk.note("sent")
    with pytest.raises(TraceRequestSent):
        trace_requests.amend(desk.stands, SAID)
    with pytest.raises(TraceRequestSent):
        desk.note("sent")


@pytest.mark.parametrize(
    ("lost", "field"),
    [({"by_state": " "}, "by_state"), ({"of_state": ""}, "of_state"), ({"marks": ()}, "marks")],
)
def test_a_request_names_both_states_and_something_to_know_the_weapon_by(lost, field):
    with pytest.raises(FieldMissing) as refused:
        Desk(replace(SAID, **lost))
    assert refused.value.field == field


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"ground": "theft"}, "ground"), ({"searched_on": "soon"}, "searched_on"),
        ({"on": "99/99"}, "day"),
    ],
)  # fmt: skip
def test_what_means_nothing_is_refused(wrong, field):
    with pytest.raises(FieldUnreadable) as refused:
        Desk(replace(SAID, **wrong))
    assert refused.value.field == field


def test_nobody_acknowledges_or_answers_what_was_never_sent():
    desk = Desk()
    for step in ("acknowledged", "reminded"):
        with pytest.raises(TraceRequestUnsent):
            desk.note(step)
    with pytest.raises(TraceRequestUnsent):
        desk.answer("not_traced")


def test_a_request_that_came_in_is_never_sent_but_acknowledged_and_answered():
    desk = Desk(replace(SAID, direction="in", by_state="Belgium", of_state="Uganda", ground=""))
    assert (desk.stands.state, desk.stands.since) == ("received", TODAY)
    with pytest.raises(TraceRequestSent):
        desk.note("sent")
    desk.note("acknowledged", "2026-11-29")
    with pytest.raises(FieldUnreadable):
        desk.answer("no_reply")
    desk.answer("not_traced")
    assert desk.stands.state == "answered"


def test_who_refuses_or_delays_says_on_which_of_the_four_grounds_and_a_delay_ends_nothing():
    desk = Desk()
    desk.note("sent")
    for outcome in ("refused", "delayed"):
        with pytest.raises(FieldMissing) as refused:
            desk.answer(outcome)
        assert refused.value.field == "refusal"
    with pytest.raises(FieldUnreadable):
        desk.answer("refused", ground="no time")
    desk.answer("delayed", ground="investigation", on="2026-12-24")
    assert (desk.stands.state, desk.stands.since) == ("delayed", "2026-12-24")
    with pytest.raises(FieldMissing):
        desk.answer("traced_domestic")
    desk.answer("refused", ground="security")
    assert desk.stands.state == "refused"


def test_a_request_is_withdrawn_for_a_reason():
    desk = Desk(weapon=WEAPON)
    with pytest.raises(ReasonMissing):
        desk.note("withdrawn")
    said = desk.note("withdrawn", remarks="found at home")
    assert said[1].body == TraceAnswered(SAID.number, "withdrawn", "found at home")
    assert (desk.stands.state, desk.stands.waiting("2030-01-01")) == ("withdrawn", 0)


def test_a_request_is_late_after_the_days_of_our_own_rule_and_the_longest_wait_comes_first():
    early, later, done, draft = Desk(), Desk(), Desk(), Desk()
    early.note("sent", "2026-11-01")
    later.note("sent", "2026-11-27")
    done.note("sent", "2026-10-01")
    done.answer("no_reply")
    assert early.stands.waiting("2026-12-02") == 31
    assert early.stands.is_late("2026-12-02")
    assert not early.stands.is_late("2026-12-02", 31)
    everyone = [done.stands, later.stands, draft.stands, early.stands]
    ranked = trace_requests.ranked(everyone, "2026-12-02")
    assert [one.state for one in ranked] == ["sent", "sent", "draft", "no_reply"]
    assert ranked[0] == early.stands


def test_nothing_stands_before_the_opening_has_come():
    assert trace_request_of("r1", ()) is None
