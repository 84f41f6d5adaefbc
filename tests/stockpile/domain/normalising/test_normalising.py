"""The room's front door hands out what the other rooms need of it."""

from __future__ import annotations

import typing

from stockpile.domain import normalising
from stockpile.domain.catalogue import Catalogue, Term
from stockpile.domain.normalising import KINDS, Kind, Normal, Normaliser, Why


def test_the_door_names_what_it_hands_out():
    assert {"KINDS", "Kind", "Normal", "Normaliser", "Why"} == set(normalising.__all__)


def test_every_kind_is_answered_with_a_reason_of_the_list():
    normaliser = Normaliser(Catalogue([Term("make", "taurus", "Taurus")]))
    assert set(KINDS) == set(typing.get_args(Kind))
    for kind in KINDS:
        answer = normaliser.of(kind, "forjas taurus")
        assert isinstance(answer, Normal)
        assert answer.why in typing.get_args(Why)
        assert answer.value == "forjas taurus"
