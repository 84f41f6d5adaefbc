"""The dossier's seal, the draw that anybody repeats, and the result under its inspector's key."""

from __future__ import annotations

import hashlib
from dataclasses import replace

import pytest
from nacl.signing import SigningKey

from stockpile.domain import codec, inspections
from stockpile.domain.errors import FieldMissing, FieldUnreadable, InspectionUnproved
from stockpile.domain.facts import Inspected, InspectionSigned, InvestigationOpened
from stockpile.domain.inspections import Dossier
from stockpile.domain.ledger import node_id
from tests.helpers.every import every_row

NODE, INSPECTOR = SigningKey(b"n" * 32), SigningKey(b"i" * 32)
WEAPONS = [f"w-{n}" for n in range(12)]
HEAD = "7-aaaaa-bbbbb-ccccc-ddddd"


def sealed(**said):
    """A dossier of our node, signed."""
    key = bytes(NODE.verify_key)
    plain = Dossier(1, node_id(key), key.hex(), "Depot", HEAD, 1_790_000_000_000, 12,
                    "a" * 64, "b" * 64)  # fmt: skip
    return inspections.sealed(replace(plain, **said), lambda raw: NODE.sign(raw).signature)


def signed(findings=("found", "missing", "differs", "not_seen"), **said):
    """A result of a sample drawn from the dossier, signed by the inspector."""
    drawn = inspections.draw(HEAD, "dice", WEAPONS, len(findings)) if findings else ()
    sample = tuple(Inspected(one, found) for one, found in zip(drawn, findings, strict=True))
    plain = InspectionSigned(
        "O. Inspector", "Inspectorate", HEAD, "dice", sample, "2026-11-28", "",
        bytes(INSPECTOR.verify_key).hex(), "", "a" * 64,
    )  # fmt: skip
    plain = replace(plain, **said)
    return replace(plain, signature=INSPECTOR.sign(inspections.message(plain)).signature.hex())


def in_file(result):
    return codec.canonical(codec.plain_body(result)) + b"\n"


def refused(work, *given):
    with pytest.raises(InspectionUnproved) as why:
        work(*given)
    return why.value.unproved


def test_a_dossier_is_read_as_it_was_sealed_and_in_no_other_form():
    raw = inspections.written(sealed())
    assert inspections.read_dossier(raw, "f") == sealed()
    forms = (raw[:-1], raw + b"\n", b" " + raw, b"", b"[]", raw.replace(b"Depot", b"Dep0t"))
    other = sealed(node="a" * 16)  # whose key this is not
    for form in (*forms, *map(inspections.written, (other, sealed(v=2)))):
        assert refused(inspections.read_dossier, form, "f") == "dossier", form


def test_a_draw_is_the_same_for_whoever_repeats_it_however_the_seed_is_typed():
    drawn = inspections.draw(HEAD, "Five  DICE 3", reversed(WEAPONS * 2), 4)
    assert drawn == inspections.draw(HEAD, " five dice \uff13", WEAPONS, 4)
    label = b"stockpile-sample-v1\x00" + HEAD.encode() + b"\x00five dice 3\x00"
    ranked = sorted(WEAPONS, key=lambda one: hashlib.sha256(label + one.encode()).digest())
    assert drawn == tuple(ranked[:4])
    assert inspections.draw(HEAD, "five dice 3", WEAPONS, 99) == tuple(ranked)
    assert drawn != inspections.draw("8" + HEAD[1:], "five dice 3", WEAPONS, 4)


def test_nothing_is_drawn_without_a_seed_or_a_number():
    with pytest.raises(FieldMissing):
        inspections.draw(HEAD, " \t", WEAPONS, 1)
    with pytest.raises(FieldUnreadable):
        inspections.draw(HEAD, "dice", WEAPONS, 0)


@every_row(
    [
        ({"inspector": " "}, "result"),
        ({"authority": ""}, "result"),
        ({"signed_on": "28.11.2026"}, "result"),
        ({"sample": ()}, "result"),
        ({"public_key": bytes(NODE.verify_key).hex()}, "inspector"),
        ({"public_key": "no key"}, "inspector"),
    ],
)
def test_a_result_says_who_when_and_what_under_its_own_key(changed, unproved):
    assert inspections.read_result(in_file(signed()), "f") == signed()
    assert refused(inspections.read_result, in_file(signed(**changed)), "f") == unproved


def test_a_sample_that_the_seed_did_not_draw_is_refused():
    inspections.demand_of_dossier(signed(), sealed(), WEAPONS, "f")
    picked = signed(sample=signed().sample[::-1])
    for result, dossier, unproved in (
        (picked, sealed(), "sample"),
        (signed(seed="other dice"), sealed(), "sample"),
        (signed(), sealed(register="c" * 64), "other_dossier"),
        (signed(), sealed(head="8" + HEAD[1:]), "other_dossier"),
    ):
        found = refused(inspections.demand_of_dossier, result, dossier, WEAPONS, "f")
        assert found == unproved


def test_what_was_missing_or_differs_is_investigated_within_its_days():
    result = signed()
    _seen, missing, differs, _unseen = result.sample
    drafts = inspections.taken_in(
        result, {missing.weapon: "rack"}, ids=["i-1", "i-2"], today="2026-12-30"
    )
    first, *opened = drafts
    assert (first.subject, first.body) == (inspections.subject_of(result), result)
    assert [one.subject for one in opened] == ["i-1", "i-2"]
    assert all(isinstance(one.body, InvestigationOpened) for one in opened)
    said = [(one.body.kind, one.body.weapon, one.body.place) for one in opened]
    assert said == [("missing", missing.weapon, "rack"), ("differs", differs.weapon, None)]
    assert all(one.body.due > "2026-12-30" for one in opened)
    assert {one.body.cause for one in opened} == {first.subject}
