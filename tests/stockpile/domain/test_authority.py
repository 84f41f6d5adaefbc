from __future__ import annotations

import dataclasses

from hypothesis import given, settings
from hypothesis import strategies as some

from stockpile.domain import authority, codec
from stockpile.domain.authority import Authority, authority_of
from stockpile.domain.codec import Stamp
from stockpile.domain.facts import (
    Attested,
    Draft,
    KeyNamed,
    NodeCertified,
    NodeReadmitted,
    NodeRevoked,
    RootKey,
    RootsSet,
)
from stockpile.domain.values import Digest
from tests.helpers.every import every, every_row
from tests.helpers.nightly import examples
from tests.helpers.officials import enrolment_key, officials, roots_of, signed
from tests.helpers.sites import AT, SiteKeys

ONE, TWO, THREE = KEEPERS = officials()
STRANGER, NEWCOMER, CLERK = officials("Mallory", "Tendo", "Ssebo")
REGISTRY, OTHER, NODE = SiteKeys(b"r" * 32), SiteKeys(b"o" * 32), SiteKeys(b"n" * 32)
ROOTS = signed(roots_of(KEEPERS), ONE, TWO)
LAST_GOOD = Digest("ab" * 32)
REVOKED = NodeRevoked(NODE.node, 7, LAST_GOOD, "stolen on the road")
CERTIFIED = NodeCertified(NODE.node, NODE.public_key.hex(), "Kampala", "KLA", ("KLA",))


def chain(*statements, keys=REGISTRY):
    """The statements as facts of a registry's chain, in this order."""
    return [
        codec.encode(
            Draft(authority.subject_of(one), one), Stamp(keys.node, seq, seq, AT, 0, None)
        ).fact
        for seq, one in enumerate(statements, 1)
    ]


def made(*statements):
    return authority_of(chain(*statements), {REGISTRY.node})


def faults(*statements):
    return [one.fault for one in made(*statements).invalid]


# --- roots --------------------------------------------------------------------------------------


def test_the_first_roots_want_enough_of_their_own_keys():
    assert made(ROOTS).roots == ROOTS
    assert faults(signed(roots_of(KEEPERS), ONE)) == ["too_few"]
    assert faults(signed(roots_of(KEEPERS), ONE, STRANGER)) == ["too_few"]


def test_another_version_wants_enough_of_the_keys_before_and_of_its_own():
    fresh = roots_of((ONE, TWO, NEWCOMER), version=2)
    assert made(ROOTS, signed(fresh, ONE, TWO)).roots.version == 2
    away = roots_of((THREE, NEWCOMER, CLERK), version=2)
    assert faults(ROOTS, signed(away, NEWCOMER, CLERK)) == ["too_few"]  # nobody of before
    assert faults(ROOTS, signed(away, ONE, TWO)) == ["too_few"]  # none of its own
    assert made(ROOTS, signed(away, ONE, TWO, NEWCOMER, CLERK)).roots.version == 2


@every([0, 1, 3])
def test_versions_count_up_by_one(version):
    assert faults(ROOTS, signed(roots_of(KEEPERS, version), ONE, TWO, THREE))[0] in (
        "version",
        "repeated",
    )


WEAK = (
    (roots_of(KEEPERS, threshold=1),),
    (roots_of(KEEPERS, threshold=4),),
    (roots_of((ONE, ONE, TWO)),),
    (RootsSet(1, 2, (RootKey("Okello", ONE.hex), RootKey("Achieng", "none"))),),
    (RootsSet(1, 2, ()),),
    (RootsSet(1, -2, (RootKey("Okello", ONE.hex),)),),
    (RootsSet(1, 2, (RootKey("Okello", ONE.hex), RootKey("Okello", ONE.hex.upper()))),),
)


@every_row(WEAK)
def test_roots_that_are_no_authority_are_refused(roots):
    assert faults(signed(roots, ONE, TWO, THREE)) == ["weak"]


def test_one_key_signs_once_however_often_its_signature_is_there():
    once = signed(roots_of(KEEPERS), ONE)
    twice = dataclasses.replace(once, attested=(*once.attested, *once.attested))
    assert faults(twice) == ["too_few"]
    assert authority.attested(once, ONE.public_key, ONE.sign) is once


def test_a_signature_under_one_statement_is_none_under_another():
    readmitted = NodeReadmitted(NODE.node, "stolen on the road")
    stolen = dataclasses.replace(readmitted, attested=signed(REVOKED, ONE, TWO).attested)
    assert authority.signers(stolen) == frozenset()
    changed = dataclasses.replace(signed(REVOKED, ONE, TWO), number=1)
    assert authority.signers(changed) == frozenset()


NONSENSE = (
    Attested("", ""),
    Attested("zz", "zz"),
    Attested(ONE.hex, "ab" * 64),
    Attested(ONE.hex.upper(), "00"),
    Attested("00" * 32, "00" * 64),
)


@every(NONSENSE)
def test_nonsense_signs_nothing(one):
    assert authority.signers(dataclasses.replace(REVOKED, attested=(one,))) == frozenset()


# --- keys ---------------------------------------------------------------------------------------


def test_a_key_is_named_and_withdrawn_by_enough_roots_and_never_comes_back():
    named = signed(enrolment_key(CLERK), TWO, THREE)
    withdrawn = signed(enrolment_key(CLERK, withdrawn=True), ONE, THREE)
    again = signed(KeyNamed("enrolment", "Ssebo, again", CLERK.hex), ONE, TWO, THREE)
    assert made(ROOTS, named).keys("enrolment") == {CLERK.hex}
    assert not made(ROOTS, named).keys("witness")
    assert not made(ROOTS, named, withdrawn).keys("enrolment")
    assert faults(ROOTS, named, withdrawn, again) == ["withdrawn"]
    assert faults(named) == ["no_roots"]
    assert faults(ROOTS, signed(enrolment_key(CLERK), ONE)) == ["too_few"]


def test_what_old_roots_signed_stands_and_new_statements_want_the_new_ones():
    named = signed(enrolment_key(CLERK), ONE, TWO)
    away = signed(roots_of((THREE, NEWCOMER), version=2), ONE, TWO, THREE, NEWCOMER)
    assert made(ROOTS, named, away).keys("enrolment") == {CLERK.hex}
    assert faults(ROOTS, away, named) == ["too_few"]


def test_a_certificate_is_vouched_for_by_a_named_enrolment_key_alone():
    standing = made(ROOTS, signed(enrolment_key(CLERK), ONE, TWO))
    assert standing.vouches(signed(CERTIFIED, CLERK))
    assert not standing.vouches(CERTIFIED)
    assert not standing.vouches(signed(CERTIFIED, STRANGER))
    assert not standing.vouches(signed(CERTIFIED, ONE, TWO, THREE))  # roots do not enrol
    moved = dataclasses.replace(signed(CERTIFIED, CLERK), scope=())
    assert not standing.vouches(moved)


# --- revoked and readmitted ---------------------------------------------------------------------


def test_without_roots_a_registrys_word_revokes_and_with_roots_it_wants_two_keys():
    assert made(REVOKED).cuts == {NODE.node: REVOKED}
    assert faults(ROOTS, REVOKED) == ["too_few"]
    assert faults(ROOTS, signed(REVOKED, THREE)) == ["too_few"]
    assert NODE.node in made(ROOTS, signed(REVOKED, ONE, THREE)).cuts


def test_after_the_last_good_entry_nothing_counts_until_the_node_is_readmitted():
    cut = made(ROOTS, signed(REVOKED, ONE, TWO))
    assert not cut.cuts_off(NODE.node, 6, Digest("cd" * 32))
    assert not cut.cuts_off(NODE.node, 7, LAST_GOOD)
    assert cut.cuts_off(NODE.node, 7, Digest("cd" * 32))  # another entry of that number
    assert cut.cuts_off(NODE.node, 8, LAST_GOOD)
    assert not cut.cuts_off(OTHER.node, 8, LAST_GOOD)
    back = signed(NodeReadmitted(NODE.node, "found in the store"), ONE, TWO)
    assert not made(ROOTS, signed(REVOKED, ONE, TWO), back).cuts
    assert faults(ROOTS, signed(REVOKED, ONE, TWO), NodeReadmitted(NODE.node, "mine")) == [
        "too_few"
    ]


def test_an_old_statement_that_is_passed_on_again_changes_nothing():
    revoked = signed(REVOKED, ONE, TWO)
    back = signed(NodeReadmitted(NODE.node, "found"), ONE, TWO)
    again = signed(dataclasses.replace(REVOKED, reason="stolen once more"), ONE, TWO)
    known = made(ROOTS, revoked, back, again, signed(back, THREE))
    assert known.cuts[NODE.node] == again
    assert [one.fault for one in known.invalid] == ["repeated"]


def test_a_registry_is_not_revoked_as_a_node():
    named = signed(NodeRevoked(REGISTRY.node, 1, LAST_GOOD, "mine now"), ONE, TWO)
    assert faults(ROOTS, named) == ["registry"]


def test_what_another_chain_says_counts_for_nothing():
    known = authority_of(chain(ROOTS, REVOKED, keys=OTHER), {REGISTRY.node})
    assert known == Authority()


# --- orders -------------------------------------------------------------------------------------

EVERYTHING = (
    ROOTS,
    signed(roots_of((ONE, TWO, NEWCOMER), 2), ONE, TWO),
    signed(roots_of((THREE, NEWCOMER), 2), THREE, NEWCOMER),
    signed(enrolment_key(CLERK), ONE, TWO),
    signed(enrolment_key(CLERK, withdrawn=True), ONE, TWO),
    signed(enrolment_key(STRANGER), STRANGER),
    signed(REVOKED, ONE, TWO),
    REVOKED,
    signed(NodeReadmitted(NODE.node, "found"), ONE, TWO),
    CERTIFIED,
)


@settings(max_examples=examples(200), deadline=None)
@given(some.lists(some.sampled_from(EVERYTHING), max_size=8), some.data())
def test_in_whatever_order_statements_are_given_the_same_comes_of_them(statements, data):
    here = chain(*statements)
    there = chain(*reversed(statements), keys=OTHER)
    mixed = data.draw(some.permutations([*here, *there]))
    both = {REGISTRY.node, OTHER.node}
    assert authority_of(mixed, both) == authority_of([*here, *there], both)
    assert authority_of(mixed, {REGISTRY.node}) == authority_of(here, {REGISTRY.node})


@settings(max_examples=examples(200), deadline=None)
@given(some.lists(some.sampled_from(EVERYTHING), max_size=8))
def test_no_fewer_keys_than_wanted_ever_change_what_stands(statements):
    before = Authority()
    for fact in chain(*statements):
        after = before.after(fact)
        if after.roots != before.roots and before.roots:
            by = authority.signers(fact.body)
            assert len(by & authority.root_keys(before.roots)) >= before.roots.threshold
        if after.cuts != before.cuts and before.roots:
            assert len(authority.signers(fact.body) & authority.root_keys(before.roots)) >= 2
        before = after


# --- fingerprints -------------------------------------------------------------------------------


def test_every_key_and_every_version_of_roots_has_a_fingerprint_of_its_own():
    prints = {authority.fingerprint(one.public_key) for one in KEEPERS}
    prints |= {authority.roots_fingerprint(roots_of(KEEPERS, n)) for n in (1, 2)}
    assert len(prints) == 5
    assert authority.roots_fingerprint(ROOTS) == authority.roots_fingerprint(roots_of(KEEPERS))


def test_statements_have_their_place_and_are_read_back_as_they_were_signed():
    for one in (ROOTS, signed(enrolment_key(CLERK), ONE), signed(REVOKED, TWO), CERTIFIED):
        fact = chain(one)[0]
        assert fact.subject == authority.subject_of(one)
        raw = codec.encode(Draft(fact.subject, one), Stamp(REGISTRY.node, 1, 1, AT, 0, None)).raw
        assert authority.signers(codec.decode(raw).body) == authority.signers(one)


def test_a_registry_without_roots_names_its_logs_witnesses_and_that_is_no_alarm():
    alone = KeyNamed("witness", "Press council", NEWCOMER.hex)
    for named in (alone, dataclasses.replace(alone, withdrawn=True)):
        assert faults(named) == []
        assert made(named).keys("witness") == frozenset()  # in the authority's name it says nothing
    assert faults(KeyNamed("enrolment", "Ssebo", CLERK.hex)) == ["no_roots"]
    assert faults(signed(alone, STRANGER)) == ["no_roots"]  # somebody signed as if they were one
    assert faults(ROOTS, alone) == ["too_few"]
    assert made(alone, ROOTS, signed(alone, ONE, TWO)).keys("witness") == {NEWCOMER.hex}
