"""Every answer of a scan has its words, its colour and its sound."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

import pytest

from stockpile.domain.arrivals import Scan, Verdict
from stockpile.domain.errors import DiskFull
from stockpile.domain.facts import WaybillOpened
from stockpile.domain.transfers import Waybill
from stockpile.domain.values import NodeId, PlaceId, WeaponId
from stockpile.language import plain
from stockpile.services.couriers import Packed
from stockpile.services.transfer_papers import Line
from ui.pages.transfer_words import (
    caution_sentences,
    checked_result,
    heard_result,
    packed_sentence,
    sent_sentence,
)
from ui.view_models.transfer_receiving import Checked
from ui.view_models.transfer_sending import Came, Heard, Sent
from ui.widgets.scan_result import Outcome

LINE = Line("0W4S-FGRA-KVWH", WeaponId("w"), "KB 1", model="Izhmash AKM")


@pytest.mark.parametrize("came", get_args(Came))
def test_every_scan_of_a_shipment_is_answered(came):
    result = heard_result(Heard(came, "KB 1", LINE), 3)
    assert result.title
    assert result.identifier == "KB 1"
    assert "{" not in result.title


@pytest.mark.parametrize("verdict", get_args(Verdict))
def test_every_scan_at_a_lorry_is_answered(verdict):
    result = checked_result(Checked(Scan("KB 1", verdict), LINE), "Received: 1 of 2")
    assert result.title
    assert (result.outcome is Outcome.FOUND) == (verdict == "received")


def test_an_alarm_is_louder_than_any_verdict():
    scan = Scan("KB 1", "received")
    assert checked_result(Checked(scan, LINE, is_alarm=True), "").outcome is Outcome.ALARM
    assert checked_result(Checked(scan, several=("A", "B")), "").outcome is Outcome.UNEXPECTED
    assert heard_result(Heard("alarm", "KB 1", LINE), 1).outcome is Outcome.ALARM
    refused = heard_result(Heard("refused", "KB 1", LINE, DiskFull("/stick")), 1)
    assert "/stick" in plain(refused.sentence)


def test_what_one_should_know_is_said_before_signing():
    said = caution_sentences(["explosive_with_weapons", "part_unsealed", "due_missing"])
    assert len(said) == 2
    assert "ammunition" in said[0]


def test_it_is_said_where_the_file_is_and_how_it_opens():
    packed = Packed(Path("/stick/a.courier"), None, 1, 2, 3, "babab cacac")
    assert "babab cacac" in plain(packed_sentence(packed))
    said = WaybillOpened("WB-1", (), PlaceId("x"))
    waybill = Waybill("w", NodeId("n"), said, "open", ())
    assert "/stick/a.courier" in plain(sent_sentence(Sent(waybill, None, packed)))
    without = sent_sentence(Sent(waybill, None, None, DiskFull("/stick")))
    assert "was stopped" in sent_sentence(Sent(waybill, None, None))
    assert "is not" in without
