"""Tests of the plan of a proposed act: the very drafts, as text."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stockpile.domain import codec, facts
from stockpile.domain.codec import Stamp
from stockpile.domain.errors import FactUnreadable
from stockpile.domain.facts import Draft
from stockpile.domain.plans import drafts_of, plan_digest, plan_of, read_plan
from tests.helpers.every import every
from tests.helpers.nightly import examples
from tests.helpers.strategies import drafts

ABSENT = (facts.Withheld, facts.Unreadable, facts.Unheeded, facts.PersonRecorded)


@settings(max_examples=examples(60), deadline=None)
@given(st.lists(drafts().filter(lambda one: not isinstance(one.body, ABSENT)), max_size=4))
def test_a_plan_reads_as_the_drafts_it_was_made_of_and_to_one_text(said):
    plan = plan_of(said)
    assert read_plan(plan) == tuple(said)
    assert plan_of(read_plan(plan)) == plan


@settings(max_examples=examples(40), deadline=None)
@given(st.text() | st.binary().map(lambda raw: raw.decode("latin-1")))
def test_a_text_that_is_no_plan_is_refused_with_a_word(text):
    try:
        read_plan(text)
    except FactUnreadable:
        return


@every([
    "", "{}", "[1]", '[{"w":"x"}]', '[{"w":"x","k":"walk","b":{}}]', "[" * 5000,
    '[{"w":"x","k":"weapon.destroyed","b":{"certificate":"1"},"z":1}]',
])  # fmt: skip
def test_what_is_nearly_a_plan_is_none(text):
    with pytest.raises(FactUnreadable):
        read_plan(text)


def test_personal_details_never_stand_in_a_plan():
    with pytest.raises(FactUnreadable):
        plan_of([Draft("p1", facts.PersonRecorded("Ilunga Paul"))])


def test_facts_of_one_entry_give_back_the_drafts_that_became_them():
    said = [
        Draft("w1", facts.WeaponDestroyed("DC-1"), ("a" * 64,)),
        Draft("w1", facts.WeaponCorrected("misread", model="AKM"), ("b" * 64,), follows=True),
        Draft("w2", facts.WeaponDestroyed("DC-1"), (), ("c" * 64,), ("d" * 64,)),
    ]
    known, last = [], {}
    for at, draft in enumerate(said):
        before = (last[draft.subject],) if draft.follows else ()
        whole = Draft(
            draft.subject, draft.body, (*draft.replaces, *before), draft.saw, draft.attachments
        )
        known.append(codec.encode(whole, Stamp("n" * 64, at + 2, at + 2, 1, 0, None)).fact)
        last[draft.subject] = known[-1].hash
    assert plan_of(drafts_of(known)) == plan_of(said)
    assert plan_digest(plan_of(said)) != plan_digest(plan_of(said[:2]))
