"""Program and verifier, which share no code, judge alike who had the right to what."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import get_args

from hypothesis import example, given, settings
from hypothesis import strategies as st
from nacl.signing import SigningKey

from stockpile.domain import codec, facts, mandates, people, plans
from stockpile.domain.facts import (
    Draft,
    NodeFounded,
    WeaponDestroyed,
)
from stockpile.domain.ledger import Tip
from stockpile.services.ports import OfficerKey
from tests.helpers.exports import program, put
from tests.helpers.nightly import examples
from tests.helpers.other_chains import OTHER, OTHER_NODE, OtherKeys, chain_of, sealed, signed


def test_the_tables_of_right_are_those_of_the_program():
    told = program()
    kinds = {shape: kind for kind, shape in codec.KINDS.items()}
    said = {f"custody.settled {state}": act for state, act in mandates._ENDS.items()}
    said["weapon.issued True"] = "issue_crew_served"
    assert {kinds[body]: act for body, act in mandates._ACTS.items()} | said == told.ACTS
    assert told.NEEDS_TWO == people.NEEDS_TWO
    assert told.SIGNED == mandates._SIGNED
    assert {**told.MAY, "commander": frozenset(get_args(people.Act))} == dict(people._MAY)


SEEDS = {f"o-{n}": SigningKey(bytes([n]) * 32) for n in range(4)}
ROLES = ["commander", "clerk", "inspector", "registrar", "storekeeper"]
WHO = st.sampled_from([*SEEDS])


def appointment(who, role):
    return Draft(who, facts.OfficerAppointed(who, (role,), bytes(SEEDS[who].verify_key).hex()))


def handed_to(who):
    return [Draft("custodian:p-1", facts.CustodyHandedOver("p-1", who))]


DESTROYED = Draft("w-1", WeaponDestroyed("c-1"))
CORRECTED = Draft("w-1", facts.WeaponCorrected("a slip", model="AKMS"))
PLAN = plans.plan_of([CORRECTED, DESTROYED])
RESOLVED = [
    Draft("w-1", facts.MarkingResolved("j-1", outcome, "seen")) for outcome in ("partial", "marked")
]
VOIDED = [Draft("w-1", facts.MarkVoided(job, "spoiled")) for job in ("j-1", "j-2")]
SETTLED = [
    Draft("w-1", facts.CustodySettled(None, "seen", state=one)) for one in ("lost", "issued", "")
]
DRAFTS = st.one_of(
    st.sampled_from(SETTLED).map(lambda one: [one]),
    st.tuples(st.sampled_from(RESOLVED), st.sampled_from(VOIDED)).map(list),
    st.builds(lambda who, role: [appointment(who, role)], WHO, st.sampled_from(ROLES)),
    st.builds(lambda who: [Draft(who, facts.OfficerSuspended("away"))], WHO),
    WHO.map(handed_to),
    st.just([DESTROYED]),
    st.just([CORRECTED]),
    st.just([Draft("rules", facts.GuardSet(("correct", "appoint")))]),
    st.builds(lambda act: [Draft("pr-1", facts.ActProposed(act, PLAN, "late"))],
              st.sampled_from(["destroy", "correct", "nonsense"])),
    st.builds(lambda outcome: [CORRECTED, DESTROYED, Draft("pr-1", facts.ActSettled(outcome))],
              st.sampled_from(["confirmed", "refused"])),
    st.just([DESTROYED, Draft("pr-1", facts.ActSettled("confirmed"))]),
)  # fmt: skip
ENTRIES = st.lists(
    st.tuples(DRAFTS, WHO, st.lists(WHO, max_size=2), st.lists(WHO, max_size=3, unique=True)),
    min_size=1, max_size=7,
)  # fmt: skip


@settings(max_examples=examples(120), deadline=None)
@given(ENTRIES)
@example([(handed_to("o-1"), "o-0", ["o-2"], ["o-0", "o-2"])])  # by others' word
@example([(handed_to("o-2"), "o-0", ["o-2"], ["o-0", "o-2"])])
def test_whatever_officers_do_both_find_the_same_entries_short_of_the_same(acts):
    founded = Draft(OTHER_NODE, NodeFounded(bytes(OTHER.verify_key).hex(), "Other depot"))
    offices = [appointment(who, role) for who, role in zip(SEEDS, ROLES, strict=False)]
    entry, tip = sealed(Tip(), [founded, *offices])
    roll, entries, expected = mandates.Roll(), [entry], {}
    roll = mandates.after(roll, map(codec.decode, entry.facts))
    for drafts, by, witnesses, signers in acts:
        keys = [OfficerKey(one, signed(SEEDS[one])) for one in signers]
        entry, tip = sealed(tip, drafts, by, *keys, witnesses=witnesses)
        known = [codec.decode(raw) for raw in entry.facts]
        lacks = mandates.shortfall(roll, entry, known)
        if lacks is None:
            roll = mandates.after(roll, known)
        else:
            expected[len(entries) + 1] = (lacks.act, lacks.lack)
        entries.append(entry)
    with TemporaryDirectory() as folder:
        export = program().Export(put(Path(folder) / "x", chain_of(*entries), OtherKeys))
        export.prove()
    assert len(export.broken) == len(expected)  # a node refuses such acts: they are its forgeries
    assert {one[1]: (one[2], one[3]) for one in export.short.values()} == expected
