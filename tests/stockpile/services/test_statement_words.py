from __future__ import annotations

from stockpile.domain.facts import NodeCertified, NodeReadmitted, NodeRevoked
from stockpile.domain.values import Digest
from stockpile.services import statement_words
from tests.helpers.officials import enrolment_key, officials, roots_of, signed
from tests.helpers.sites import SiteKeys

ONE, TWO, THREE = KEEPERS = officials()
NODE = SiteKeys(b"n" * 32)
ALL = (
    roots_of(KEEPERS),
    roots_of(KEEPERS, 2),
    enrolment_key(THREE),
    enrolment_key(THREE, withdrawn=True),
    NodeCertified(NODE.node, NODE.public_key.hex(), "Kampala", "KLA", ("KLA", "GUL")),
    NodeRevoked(NODE.node, 4812, Digest("ab" * 32), "stolen on the road"),
    NodeReadmitted(NODE.node, "found in the store"),
)


def text(statement):
    return " ".join(" ".join(one) for one in statement_words.lines(statement))


def test_everything_that_is_signed_is_said_and_each_says_something_else():
    for key in (one.hex for one in KEEPERS):
        assert key in text(ALL[0])
    assert THREE.hex in text(ALL[2])
    for said in ("Kampala", "KLA, GUL", NODE.node):
        assert said in text(ALL[4])
    for said in (NODE.node, "4812", "ab" * 32, "stolen on the road"):
        assert said in text(ALL[5])
    assert "found in the store" in text(ALL[6])
    assert len({statement_words.title(one) for one in ALL}) == len(ALL)


def test_no_scope_is_said_to_be_the_whole_country():
    said = NodeCertified(NODE.node, NODE.public_key.hex(), "HQ")
    assert "the whole country" in text(said)


def test_only_signatures_that_hold_are_named():
    assert statement_words.signed_by(signed(ALL[5], TWO, ONE)) == tuple(sorted([ONE.hex, TWO.hex]))
    assert statement_words.signed_by(ALL[5]) == ()


def test_a_key_has_words_and_what_is_none_is_said_as_it_is():
    assert len(statement_words.key_words(ONE.hex).split()) == 8
    assert statement_words.key_words("no key") == "no key"
    words = statement_words.key_words(ONE.hex)
    assert statement_words.tidied(words.upper().replace(" ", "-")) == words
