"""Tests of who had the right to write an entry, by the chain alone."""

from __future__ import annotations

import hashlib

from nacl.signing import SigningKey

from stockpile.domain import codec, facts, ledger, mandates
from stockpile.domain.codec import Stamp
from stockpile.domain.facts import Draft
from stockpile.domain.ledger import Act, Tip
from stockpile.domain.mandates import Roll
from stockpile.domain.plans import plan_of
from stockpile.domain.values import NodeId, OfficerId
from tests.helpers.every import every_row

NODE_KEY = SigningKey(hashlib.sha256(b"node").digest())
NODE = ledger.node_id(bytes(NODE_KEY.verify_key))
ROLES = {"ann": "commander", "bob": "storekeeper", "cid": "clerk", "ira": "inspector"}
KEYS = {name: SigningKey(hashlib.sha256(name.encode()).digest()) for name in ROLES}
DESTROYED = facts.WeaponDestroyed("DC-1")
CORRECTED = facts.WeaponCorrected("misread", model="AKM")


def appointed(name, role=""):
    public = bytes(KEYS[name].verify_key).hex()
    return Draft(name, facts.OfficerAppointed(name, (role or ROLES[name],), public))


class Chain:
    """A chain that takes every entry, as a tampered program would write it."""

    def __init__(self):
        self.tip, self.roll = Tip(), Roll()
        self.write([appointed(name) for name in ROLES])

    def write(self, drafts, by="", witnesses=(), signers=(), forged=(), heeded=True):
        """Add an entry; ``forged`` are officers in whose name the node's key signs."""
        known, last = [], {}
        for at, draft in enumerate(drafts):
            before = (last[draft.subject],) if draft.follows else ()
            said = Draft(draft.subject, draft.body, (*draft.replaces, *before))
            seq = self.tip.seq + 1 + at
            stamp = Stamp(NodeId(NODE), seq, seq, 1, 0, OfficerId(by) or None, tuple(witnesses))
            known.append(codec.encode(said, stamp))
            last[draft.subject] = known[-1].fact.hash
        facts_ = [one.fact for one in known]
        sign = lambda message: NODE_KEY.sign(message).signature  # noqa: E731
        act = Act(1, "test", facts_[-1].lamport, None)
        entry, tip = ledger.seal(NODE, self.tip, [one.raw for one in known], act, sign)
        for name in signers:
            own = KEYS[name]
            entry = ledger.countersigned(entry, name, lambda m, own=own: own.sign(m).signature)
        for name in forged:
            entry = ledger.countersigned(entry, name, sign)
        lacks = mandates.shortfall(self.roll, entry, facts_)
        self.tip = tip
        if lacks is None or not heeded:
            self.roll = mandates.after(self.roll, facts_)
        return (lacks.act, lacks.lack) if lacks else None

    def propose(self, drafts, act="destroy", by="ann", signers=("ann",)):
        """Have an officer sign an act for later."""
        body = facts.ActProposed(act, plan_of(drafts), "x")
        return self.write([Draft("p1", body)], by, signers=signers)

    def confirm(self, drafts, by="ann", second="bob", outcome="confirmed", times=1):
        """Settle the proposal with these drafts beside the settlement."""
        settled = [Draft("p1", facts.ActSettled(outcome), follows=n > 0) for n in range(times)]
        return self.write([*drafts, *settled], by, [second], [second])


@every_row([
    (("ann", ["bob"], ["ann", "bob"]), None),
    (("bob", ["ann"], ["ann", "bob"]), None),
    (("ann", ["ira"], ["ann", "ira"]), None),
    (("ann", [], ["ann"]), "one_officer"),
    (("ann", ["ann"], ["ann"]), "one_officer"),
    (("ann", ["bob"], ["ann"]), "one_officer"),
    (("ann", ["ira"], ["ann", "bob"]), "one_officer"),
    (("ann", ["cid"], ["ann", "cid"]), "no_right"),
    (("cid", ["ann"], ["ann", "cid"]), "no_right"),
    (("ann", ["bob"], ["bob"]), "unsigned"),
    (("ann", ["bob"], []), "unsigned"),
    (("", ["bob"], ["bob"]), "no_office"),
    (("eve", ["bob"], ["bob"]), "no_office"),
])  # fmt: skip
def test_an_act_that_wants_two_wants_two_who_may(who, lack):
    by, witnesses, signers = who
    found = Chain().write([Draft("w1", DESTROYED)], by, witnesses, signers)
    assert found == (("destroy", lack) if lack else None)


@every_row([("destroyed", "destroy"), ("lost", "report_loss")])
def test_who_settles_that_a_weapon_is_gone_needs_two_as_who_says_so_first(state, act):
    gone = Draft("w1", facts.CustodySettled(None, "looked", state=state))
    assert Chain().write([gone], "ann", [], ["ann"]) == (act, "one_officer")
    assert Chain().write([gone], "ann", ["bob"], ["ann", "bob"]) is None
    back = Draft("w1", facts.CustodySettled(None, "looked"))
    assert Chain().write([back], "ann", [], ["ann"]) is None


@every_row([
    (("ann", ["bob"], ["ann", "bob"], "bob"), None),
    (("bob", ["ann"], ["ann", "bob"], "bob"), None),
    (("ann", ["bob"], ["ann", "bob"], "cid"), "untaken"),  # by others' word
    (("ann", ["bob"], ["ann", "bob"], "eve"), "untaken"),  # nobody of this chain
    (("ann", ["bob", "cid"], ["ann", "bob", "cid"], "cid"), None),
    (("ann", [], ["ann"], "ann"), "one_officer"),
])  # fmt: skip
def test_who_takes_over_is_one_of_those_who_sign_a_handover(who, lack):
    by, witnesses, signers, incoming = who
    handed = [Draft("custodian:p1", facts.CustodyHandedOver("p1", incoming))]
    found = Chain().write(handed, by, witnesses, signers)
    assert found == (("hand_over", lack) if lack else None)


def test_who_takes_over_may_have_signed_first_or_confirm_later():
    handed = [Draft("custodian:p1", facts.CustodyHandedOver("p1", "bob"))]
    for first, second in (("bob", "ann"), ("ann", "bob")):
        chain = Chain()
        assert chain.propose(handed, "hand_over", first, [first]) is None
        assert chain.confirm(handed, first, second) is None
    chain = Chain()
    assert chain.propose(handed, "hand_over") is None
    assert chain.confirm(handed, second="ira") == ("hand_over", "untaken")


def test_the_nodes_own_key_signs_for_no_officer():
    chain = Chain()
    drafts = [Draft("w1", DESTROYED)]
    assert chain.write(drafts, "ann", ["bob"], ["ann"], forged=["bob"]) == (
        "destroy", "one_officer",
    )  # fmt: skip
    assert chain.write(drafts, "ann", ["bob"], forged=["ann", "bob"]) == ("destroy", "unsigned")


def test_an_officer_made_by_the_node_alone_is_in_no_office():
    chain = Chain()
    eve = Draft("eve", facts.OfficerAppointed("Eve", ("commander",), "ab" * 32))
    assert chain.write([eve]) == ("appoint", "no_office")
    assert chain.write([eve], "ann") == ("appoint", "unsigned")
    assert chain.write([eve], "ann", forged=["ann"]) == ("appoint", "unsigned")
    assert chain.write([eve], "bob", signers=["bob"]) == ("appoint", "no_right")
    assert "eve" not in chain.roll.officers
    assert chain.write([eve], "ann", signers=["ann"]) is None
    assert "eve" in chain.roll.officers


def test_who_was_suspended_or_left_confirms_nothing_and_who_comes_back_does():
    chain = Chain()
    for body in (facts.OfficerSuspended("inquiry"), facts.OfficerRetired("moved on")):
        assert chain.write([Draft("bob", body)], "ann", signers=["ann"]) is None
        drafts = [Draft("w1", DESTROYED)]
        assert chain.write(drafts, "ann", ["bob"], ["ann", "bob"]) == ("destroy", "one_officer")
        assert chain.write([appointed("bob")], "ann", signers=["ann"]) is None
        assert chain.write(drafts, "ann", ["bob"], ["ann", "bob"]) is None


def test_a_key_of_before_signs_no_more():
    chain = Chain()
    fresh = SigningKey(hashlib.sha256(b"new key").digest())
    public = bytes(fresh.verify_key).hex()
    anew = Draft("bob", facts.OfficerAppointed("bob", ("storekeeper",), public))
    assert chain.write([anew], "ann", signers=["ann"]) is None
    drafts = [Draft("w1", DESTROYED)]
    assert chain.write(drafts, "ann", ["bob"], ["ann", "bob"]) == ("destroy", "one_officer")


def test_a_key_that_is_no_key_signs_nothing():
    chain = Chain()
    odd = Draft("bob", facts.OfficerAppointed("bob", ("commander",), "no hex"))
    assert chain.write([odd], "ann", signers=["ann"]) is None
    assert chain.roll.officers["bob"].public_key == b""


def test_a_site_may_ask_for_two_from_its_rule_on_and_no_longer():
    chain = Chain()
    drafts, alone = [Draft("w1", CORRECTED)], ("ann", [], ["ann"])
    assert chain.write(drafts) is None
    rule = Draft("guard:x", facts.GuardSet(("correct",)))
    assert chain.write([rule], "ann") == ("set_guard", "unsigned")
    assert chain.write([rule], "ann", signers=["ann"]) is None
    assert chain.write(drafts, *alone) == ("correct", "one_officer")
    assert chain.write(drafts, "ann", ["bob"], ["ann", "bob"]) is None
    assert chain.write([Draft("guard:x", facts.GuardSet())], "ann", signers=["ann"]) is None
    assert chain.write(drafts, *alone) is None


def test_one_act_of_many_that_falls_short_is_enough():
    chain = Chain()
    drafts = [Draft("w1", facts.WeaponInspected("serviceable")), Draft("w2", DESTROYED)]
    assert chain.write(drafts, "ann", signers=["ann"]) == ("destroy", "one_officer")


def test_nobody_was_in_office_to_sign_the_first_entry():
    chain = Chain()
    assert set(chain.roll.officers) == set(ROLES)
    assert not mandates.asks(Roll(), [])


def test_what_a_second_officer_confirms_later_stands_on_both_signatures():
    chain, drafts = Chain(), [Draft("w1", DESTROYED), Draft("w1", CORRECTED, follows=True)]
    assert chain.propose(drafts) is None
    assert chain.confirm(drafts) is None
    assert chain.roll.proposals == {}
    assert chain.confirm(drafts) == ("destroy", "unsigned")  # one signature confirms one act


def test_other_drafts_than_were_signed_are_confirmed_by_nobody():
    chain = Chain()
    chain.propose([Draft("w1", DESTROYED)])
    for drafts in (
        [Draft("w2", DESTROYED)],
        [Draft("w1", facts.WeaponDestroyed("DC-2"))],
        [Draft("w1", DESTROYED), Draft("w2", DESTROYED)],
    ):
        again = Chain()
        again.propose([Draft("w1", DESTROYED)])
        assert again.confirm(drafts) == ("destroy", "unsigned")


def test_a_proposal_is_settled_once_by_a_confirmation_and_by_another_officer():
    drafts = [Draft("w1", DESTROYED)]
    for said, lack in (
        ({"outcome": "refused"}, "unsigned"), ({"outcome": "withdrawn"}, "unsigned"),
        ({"times": 2}, "unsigned"), ({"second": "ann"}, "one_officer"),
        ({"second": "cid"}, "no_right"), ({"by": "bob", "second": "ann"}, "unsigned"),
    ):  # fmt: skip
        chain = Chain()
        chain.propose(drafts)
        found = chain.confirm(drafts, **said)
        assert found == (None if lack is None else ("destroy", lack)), said


def test_a_proposal_wants_the_signature_and_the_right_of_its_officer():
    drafts = [Draft("w1", DESTROYED)]
    chain = Chain()
    assert chain.propose(drafts, signers=()) == ("destroy", "unsigned")
    assert chain.propose(drafts, by="cid", signers=("cid",)) == ("destroy", "no_right")
    assert chain.propose(drafts, act="walk", by="cid", signers=("cid",)) == ("confirm", "no_right")
    assert chain.confirm(drafts) == ("destroy", "unsigned")  # none of them was heeded


def test_an_act_called_something_milder_is_judged_by_what_it_writes():
    chain, drafts = Chain(), [Draft("w1", DESTROYED)]
    assert chain.propose(drafts, act="register", by="cid", signers=("cid",)) is None
    assert chain.confirm(drafts, by="cid") == ("destroy", "no_right")


def test_who_left_office_since_the_first_signature_signed_nothing_any_more():
    chain, drafts = Chain(), [Draft("w1", DESTROYED)]
    chain.propose(drafts, by="bob", signers=("bob",))
    chain.write([Draft("bob", facts.OfficerSuspended("inquiry"))], "ann", signers=["ann"])
    assert chain.confirm(drafts, by="bob", second="ann") == ("destroy", "no_office")


def test_burning_the_number_of_a_spoiled_mark_is_part_of_settling_it():
    spoiled = Draft("w1", facts.MarkingResolved("j1", "partial", "half of it"))
    burnt = Draft("w1", facts.MarkVoided("j1", "half of it"), follows=True)
    chain, alone = Chain(), ("ann", [], ["ann"])
    assert chain.write([spoiled, burnt], *alone) is None
    for other in (
        [burnt], [spoiled, Draft("w1", facts.MarkVoided("j2", "x"), follows=True)],
        [spoiled, Draft("w2", facts.MarkVoided("j1", "x"))],
        [Draft("w1", facts.MarkingResolved("j1", "marked", "seen")), burnt],
    ):  # fmt: skip
        lone = [Draft(one.subject, one.body, follows=at > 0 and one.subject == "w1")
                for at, one in enumerate(other)]  # fmt: skip
        assert chain.write(lone, *alone) == ("void_mark", "one_officer")
    rule = Draft("guard:x", facts.GuardSet(("resolve_mark",)))
    assert chain.write([rule], "ann", signers=["ann"]) is None
    assert chain.write([spoiled, burnt], *alone) == ("resolve_mark", "one_officer")
    assert chain.write([spoiled, burnt], "ann", ["bob"], ["ann", "bob"]) is None
    settled = Draft("w1", facts.MarksSettled(("j1",), "seen"))
    assert chain.write([settled], *alone) == ("resolve_mark", "one_officer")


def test_a_chain_without_officers_appoints_its_first_by_itself_and_no_other():
    chain = Chain.__new__(Chain)
    chain.tip, chain.roll = Tip(), Roll()
    assert chain.write([Draft(NODE, facts.NodeFounded("00", "registry"))]) is None
    assert chain.write([appointed("ann")]) is None
    assert chain.write([appointed("bob")]) == ("appoint", "no_office")
    assert chain.write([appointed("bob")], by="ann", signers=["ann"]) is None
    gone = [Draft(name, facts.OfficerRetired("left")) for name in ("ann", "bob")]
    assert chain.write(gone, by="ann", signers=["ann"]) is None
    assert chain.write([appointed("cid")]) == ("appoint", "no_office")


def test_a_crew_served_weapon_is_handed_out_by_two_where_the_site_says_so():
    chain = Chain()
    mortar = [Draft("w1", facts.WeaponIssued("holder", crew_served=True))]
    rifle = [Draft("w2", facts.WeaponIssued("holder"))]
    assert chain.write(mortar, "bob", signers=["bob"]) is None
    rules = facts.GuardSet(("issue_crew_served",))
    assert chain.write([Draft("guard", rules)], "ann", signers=["ann"]) is None
    assert chain.write(rifle, "bob", signers=["bob"]) is None
    assert chain.write(mortar, "bob", signers=["bob"]) == ("issue_crew_served", "one_officer")
    assert chain.write([*rifle, *mortar], "bob", signers=["bob"]) is not None
    assert chain.write(mortar, "bob", ["ann"], signers=["bob", "ann"]) is None


@every_row([
    (facts.WeaponMerged("w2", "x"),), (facts.WeaponAbsorbed("w2", "x"),),
    (facts.WeaponsDistinct("w2", "x"),),
])  # fmt: skip
def test_joining_and_telling_apart_are_one_act_and_each_half_of_it_wants_two(body):
    chain = Chain()
    assert chain.write([Draft("w1", body)], "ann", signers=["ann"]) is None
    rules = facts.GuardSet(("merge",))
    assert chain.write([Draft("guard", rules)], "ann", signers=["ann"]) is None
    back = Draft("w1", facts.CustodySettled(None, "two after all"), follows=True)
    assert chain.write([Draft("w1", body), back], "ann", signers=["ann"]) == (
        "merge", "one_officer",
    )  # fmt: skip
    assert chain.write([Draft("w1", body), back], "ann", ["bob"], ["ann", "bob"]) is None
