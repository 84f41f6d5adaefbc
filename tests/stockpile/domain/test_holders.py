"""Holders: cleared for what and until when, found by what people type, recorded whole."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stockpile.domain import holders
from stockpile.domain.errors import FieldMissing, FieldUnreadable, HolderStillHolds, ReasonMissing
from stockpile.domain.facts import Authorisation, PersonErased, PersonRecorded
from stockpile.domain.holders import Clearance, Details, Holder
from stockpile.domain.references import Reference, after
from stockpile.domain.values import PersonId
from tests.helpers.builders import recorded

PERSON = PersonId("0190a000-0000-7000-8000-0000000000b1")
TODAY = "2026-11-28"


def found(known, typed, limit):
    return holders.found(map(holders.sought, known), typed, limit)


def a_holder(*authorisations, name="P. Ilunga", **said):
    return Holder(PERSON, name, authorisations=authorisations, **said)


@pytest.mark.parametrize(
    ("authorisations", "clearance"),
    [
        ((), Clearance("none")),
        ((Authorisation("PST"),), Clearance("none")),
        ((Authorisation("asr"),), Clearance("cleared")),
        ((Authorisation("*"),), Clearance("cleared")),
        ((Authorisation("AKM"),), Clearance("cleared")),
        ((Authorisation("ASR", "2026-11-28"),), Clearance("cleared", "2026-11-28")),
        ((Authorisation("ASR", "2026-11-27"),), Clearance("expired", "2026-11-27")),
        ((Authorisation("ASR", "2026-11-27"), Authorisation("*", "2027-01-31")),
         Clearance("cleared", "2027-01-31")),
        ((Authorisation("ASR", "2027-01-31"), Authorisation("akm")), Clearance("cleared")),
        ((Authorisation("ASR", "next year"),), Clearance("expired", "next year")),
    ],
)  # fmt: skip
def test_who_is_cleared_for_what_and_until_when(authorisations, clearance):
    assert a_holder(*authorisations).is_cleared_for("ASR", "AKM", TODAY) == clearance
    assert clearance.is_good == (clearance.kind == "cleared")


def test_a_weapon_of_no_type_or_model_needs_a_clearance_for_everything():
    assert a_holder(Authorisation("ASR")).is_cleared_for("", "", TODAY).kind == "none"
    assert a_holder(Authorisation("*")).is_cleared_for("", "", TODAY).is_good


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("per", ["Zoë Pérez", "Ana María Pérez"]),
        ("PEREZ ana", ["Ana María Pérez"]),
        ("zoe", ["Zoë Pérez"]),
        ("77", ["Zoë Pérez", "N. 7"]),
        ("القائد", ["القائد سالم"]),
        ("rez", []),
        ("-", []),
    ],
)
def test_people_are_found_by_the_beginning_of_words(typed, names):
    known = [
        a_holder(name="Ana María Pérez"),
        a_holder(name="Zoë Pérez", reference="77"),
        a_holder(name="N. 7", card="7-7-1"),
        a_holder(name="القائد سالم"),
    ]
    names_found = [one.name for one in found(known, typed, 8)]
    assert sorted(names_found) == sorted(names)
    if typed == "77":
        assert names_found[0] == "Zoë Pérez"  # the whole number, before the beginning of a card


@given(st.text(max_size=12), st.text(max_size=12))
def test_who_has_a_name_is_found_by_the_whole_of_it(name, other):
    known = [a_holder(name=name), a_holder(name=other)]
    names_found = [one.name for one in found(known, name, 2)]
    assert not names_found or name in names_found


def test_a_person_is_recorded_tidied_and_read_as_said():
    details = Details(
        "  P.  Ilunga ", " A‑118", "Cpl", "2 Coy", "card", "f" * 64,
        (Authorisation(" ASR ", "2027-01-31", " P-1"), Authorisation(" ")),
    )  # fmt: skip
    draft = holders.recorded(PERSON, details, "ab" * 32)
    holder = holders.holder_of(after(Reference(PERSON), *recorded(draft)))
    assert (holder.name, holder.reference, holder.has_pin) == ("P. Ilunga", "A-118", True)
    assert holder.authorisations == (Authorisation("ASR", "2027-01-31", "P-1"),)
    assert holders.recorded(PERSON, holder.details, holder.public_key).body == draft.body
    assert holder.is_known


def test_an_erased_person_is_nobody():
    draft = holders.recorded(PERSON, Details("P. Ilunga"))
    (first,) = recorded(draft)
    reference = after(Reference(PERSON), first)
    erased = type(draft)(PERSON, PersonErased("left"), replaces=(first.hash,))
    gone = after(reference, recorded(draft, erased)[1])
    assert isinstance(reference.now, PersonRecorded)
    assert holders.holder_of(gone) is None
    assert not Holder(PERSON).is_known


@pytest.mark.parametrize(
    ("details", "refusal"),
    [
        (Details("\u200b "), FieldMissing),
        (Details("X", authorisations=(Authorisation("ASR", "31.1.2027"),)), FieldUnreadable),
        (Details("X", authorisations=(Authorisation("ASR", "20270131"),)), FieldUnreadable),
    ],
)
def test_what_is_not_whole_is_refused(details, refusal):
    with pytest.raises(refusal):
        holders.recorded(PERSON, details)


@pytest.mark.parametrize(
    ("weapons", "rounds", "reason", "refusal"),
    [
        (1, 0, "left", HolderStillHolds),
        (0, 9, "left", HolderStillHolds),
        (0, 0, " ", ReasonMissing),
    ],
)
def test_nobody_is_erased_who_answers_for_something_or_for_no_reason(
    weapons, rounds, reason, refusal
):
    with pytest.raises(refusal):
        holders.erased(a_holder(), reason, weapons=weapons, rounds=rounds, replaces=())


def test_erasing_says_why_and_replaces_what_was_recorded():
    draft = holders.erased(a_holder(), " left  us", weapons=0, rounds=0, replaces=("h",))
    assert (draft.subject, draft.body, draft.replaces) == (PERSON, PersonErased("left us"), ("h",))
