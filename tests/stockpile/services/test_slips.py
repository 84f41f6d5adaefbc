"""What goes on one receipt each: all of it under a leader, else each holder's own."""

from __future__ import annotations

from stockpile.domain.facts import Draft, RoundsIssued, WeaponIssued
from stockpile.domain.issuing import Line
from stockpile.domain.lots import RoundsOut
from stockpile.domain.values import PersonId, WeaponId
from stockpile.services.slips import HandOver, portions, slip_of

P, Q = PersonId("p1"), PersonId("p2")
LINES = (Line(WeaponId("w1"), Q), Line(WeaponId("w2"), P), Line(WeaponId("w3"), Q))
ROUNDS = (RoundsOut("lot", P, 90),)


def test_each_holder_has_a_receipt_of_their_own():
    found = list(portions(HandOver(LINES, ROUNDS)))
    assert [(holder, len(lines), len(rounds)) for holder, lines, rounds in found] == [
        (P, 1, 1), (Q, 2, 0),
    ]  # fmt: skip


def test_under_a_leader_there_is_one_and_it_is_nobodys_alone():
    ((holder, lines, rounds),) = portions(HandOver(LINES, ROUNDS, leader=Q))
    assert (holder, len(lines), len(rounds)) == (None, 3, 1)
    ((holder, *_rest),) = portions(HandOver(LINES[:1], leader=Q))
    assert holder == Q


def test_a_slip_is_about_its_acts_and_about_nothing_else():
    out, rounds = WeaponIssued(P, receipt="r"), RoundsIssued("lot", 90, P, "r")
    slip = slip_of("r", "HR-1", "issue", P, P, "", [Draft("w2", out), Draft("m", rounds)])
    assert slip.content.weapons == ((WeaponId("w2"), out),)
    assert slip.content.rounds == (rounds,)
