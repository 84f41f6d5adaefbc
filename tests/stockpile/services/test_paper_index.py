"""A number on a paper finds the paper again, however it was scanned or typed."""

from __future__ import annotations

from dataclasses import replace
from typing import get_args

import pytest

from stockpile.domain.facts import (
    CollectionReceived,
    CustodyHandedOver,
    DestructionCertified,
    DestructionOrdered,
    Draft,
    GatePassIssued,
    InvestigationOpened,
    NodeFounded,
    PaperIssued,
    ReceiptSigned,
    StocktakeOpened,
    TraceRequestMade,
    WaybillOpened,
)
from stockpile.domain.paper_seals import Summary, sealed_summary
from stockpile.domain.values import new_id
from stockpile.services.paper_index import PaperKind
from stockpile.services.scan_words import document_sentence, label_sentence
from tests.helpers.sites import SiteKeys

W, H = "weapon-1", "holder-1"


@pytest.fixture
def booked(house):
    site = house.stockpile.people.site()
    subjects = [new_id(1_790_000_000_000 + n, bytes([n] * 10)) for n in range(14)]
    bodies = [
        ReceiptSigned("HR-KLA-26-0001", "issue", (W,), H),
        ReceiptSigned("RT-KLA-26-0001", "return", (W,), H),
        WaybillOpened("WB-KLA-26-0001", (W,), site),
        InvestigationOpened("loss", "LR-KLA-26-0001", W),
        StocktakeOpened("whole", "serial", site, number="ST-KLA-26-0001"),
        DestructionOrdered("DO-KLA-26-0001", (W,)),
        CollectionReceived("CR-KLA-26-0001", site),
        GatePassIssued("GP-KLA-26-0001", (W,), "P. Ilunga"),
        TraceRequestMade("TR-KLA-26-0001"),
        PaperIssued("IV-KLA-26-0001", "voucher", ("HR-KLA-26-0001",)),
        PaperIssued("DS-KLA-26-0001", "dossier", (W,)),
        PaperIssued("EX-KLA-26-0001", "extract"),
        PaperIssued("DA-KLA-26-0001", "deactivation", (W,)),
        CustodyHandedOver(site, house.officer.id),
    ]
    drafts = [Draft(subject, body) for subject, body in zip(subjects, bodies, strict=True)]
    recorded = house.by_two(drafts)
    return house, subjects, recorded.facts


def test_every_kind_of_paper_is_found_by_its_number(booked):
    house, subjects, facts = booked
    ordered = house.stockpile.books.reference(subjects[5])
    certified = DestructionCertified("DC-KLA-26-0001", (W,))
    house.by_two([Draft(subjects[5], certified, ordered.heads)])
    index, site = house.stockpile.paper_index, house.stockpile.people.site()
    seen = {
        "HR-KLA-26-0001": ("hand_receipt", 0, "holders", H),
        "RT-KLA-26-0001": ("return_receipt", 1, "holders", H),
        "WB-KLA-26-0001": ("waybill", 2, "transfers", subjects[2]),
        "LR-KLA-26-0001": ("loss_report", 3, "investigations", subjects[3]),
        "ST-KLA-26-0001": ("count_sheet", 4, "counting", subjects[4]),
        "DO-KLA-26-0001": ("destruction_order", 5, "destruction", subjects[5]),
        "DC-KLA-26-0001": ("destruction_certificate", 5, "destruction", subjects[5]),
        "CR-KLA-26-0001": ("collection_receipt", 6, "collecting", subjects[6]),
        "GP-KLA-26-0001": ("gate_pass", 7, "gate", subjects[7]),
        "TR-KLA-26-0001": ("trace_request", 8, "trace_requests", subjects[8]),
        "IV-KLA-26-0001": ("voucher", 9, "holders", H),
        "DS-KLA-26-0001": ("dossier", 10, "weapon", W),
        "EX-KLA-26-0001": ("extract", 11, "register", ""),
        "DA-KLA-26-0001": ("deactivation_certificate", 12, "weapon", W),
        f"HO-KLA-{facts[13].hash[:8].upper()}": ("handover", 13, "places", site),
    }
    for number, (kind, at, page, argument) in seen.items():
        found = index.find(number)
        said = (found.kind, found.number, found.subject, found.page, found.argument)
        assert said == (kind, number, subjects[at], page, argument)
    assert {kind for kind, *_rest in seen.values()} == set(get_args(PaperKind))


def test_a_number_is_understood_as_it_is_scanned_and_as_it_is_typed(booked):
    house, subjects, _facts = booked
    written = "HR\u2013KLA-26\u20130001"
    for text in ("hr-kla-26-0001", "]C0HR-KLA-26-0001", " HR KLA 26 0001 ", written):
        assert house.stockpile.paper_index.find(text).subject == subjects[0]
        scanned = house.stockpile.scanning.read(text)
        said = (scanned.kind, scanned.number, scanned.paper)
        assert said == ("document", "HR-KLA-26-0001", "hand_receipt")
        assert document_sentence(scanned).startswith("Hand receipt ")
    for text in (
        "", "HR", "HR-KLA-26-0002", "XX-KLA-26-0001", "KB4471902", "HR-KLA-26-0001" * 9,
        "HO-KLA-0BAD0BAD", 'HR-"-26-0001', "DC-KLA-26-0001", "HR-KLA-26-\u0661\u0661\u0661\u0661",
    ):  # fmt: skip
        assert house.stockpile.paper_index.find(text) is None, text


def test_the_seal_of_a_paper_is_read_and_a_forged_one_is_told(booked):
    house, _subjects, facts = booked
    stockpile, tip = house.stockpile, house.stockpile.books.tip()
    summary = Summary(
        "HR-KLA-26-0001", stockpile.keys.node, tip.number, tip.hash[:16], facts[0].hash[:16]
    )
    text, other = sealed_summary(summary, stockpile.keys.sign), SiteKeys()
    scanned = stockpile.scanning.read(text)
    assert (scanned.kind, scanned.number, scanned.label) == ("document", summary.number, "ours")
    assert label_sentence(scanned) == ""
    forged = stockpile.scanning.read(sealed_summary(summary, other.sign))
    assert (forged.kind, forged.number, forged.label) == ("document", summary.number, "foreign")
    assert "forged" in label_sentence(forged)
    theirs = sealed_summary(replace(summary, node=other.node), other.sign)
    assert stockpile.paper_index.sealed(theirs)[1] == "unknown_node"
    foreign = sealed_summary(replace(summary, number="MC-77"), stockpile.keys.sign)
    scanned = stockpile.scanning.read(foreign)  # a paper that no series names
    assert (scanned.kind, scanned.number, scanned.document) == ("document", "MC-77", None)
    founded = NodeFounded(other.public_key.hex(), "Jinja")
    stockpile.books.record([Draft(other.node, founded)], by=None)
    assert stockpile.paper_index.sealed(theirs)[1] == "good"
