from __future__ import annotations

from nacl.signing import SigningKey

from stockpile.domain.facts import (
    GuardSet,
    NodeCertified,
    NodeFounded,
    NodeSucceeded,
    OfficerAppointed,
    OfficerRetired,
)
from stockpile.domain.ledger import Tip, node_id
from stockpile.domain.references import Head, Reference
from stockpile.domain.successions import founding, lineage
from stockpile.domain.values import Digest, NodeId

KEY = bytes(SigningKey(bytes(32)).verify_key)
OLD = NodeId("oldnode")
NAMED = NodeFounded("", "x")


def head(body, node=OLD, seq=1):
    return Head(Digest(f"{seq:064x}"), (seq, node, seq), body)


def after(node):
    return NodeSucceeded(NodeId(node), 1, Digest(""))


def reference(subject, *bodies, node=OLD):
    heads = [head(body, node, seq) for seq, body in enumerate(bodies, 1)]
    return Reference(subject, heads[0], (heads[-1],))


def test_the_first_entry_names_the_old_node_and_carries_who_is_in_office():
    old = reference(OLD, NodeFounded("aa", "Kampala", "UG", "KLA"))
    tip = Tip(7, 30, Digest("5" * 64))
    officer = OfficerAppointed("A. Mbuyi", ("commander",), "bb")
    offices = [reference("o1", officer), reference("o2", officer, OfficerRetired("left"))]
    rules = reference("guard:site", GuardSet(lock_after=3))
    drafts = founding(KEY, old, tip, offices, rules)
    node = node_id(KEY)
    assert [(one.subject, type(one.body)) for one in drafts] == [
        (node, NodeFounded), (node, NodeSucceeded), ("o1", OfficerAppointed),
        ("guard:site", GuardSet),
    ]  # fmt: skip
    founded, succeeded, appointed, _guard = drafts
    assert founded.body == NodeFounded(KEY.hex(), "Kampala", "UG", "KLA")
    assert succeeded.body == NodeSucceeded(OLD, 7, tip.hash)
    assert succeeded.follows
    assert appointed.body == officer
    assert appointed.replaces == offices[0].heads


def test_a_lineage_goes_back_to_the_first_node_by_each_ones_own_word():
    known = {
        "c": reference("c", NAMED, after("b"), node="c"),
        "b": reference("b", NAMED, after("a"), node="b"),
        "a": reference("a", NAMED, node="a"),
        "liar": reference("liar", after("a"), node="other"),
        "x": reference("x", NodeCertified(NodeId("x"), "", "x"), node="registry"),
        "loop": reference("loop", after("loop"), node="loop"),
    }  # fmt: skip
    assert lineage(NodeId("c"), known.get) == ("c", "b", "a")
    assert lineage(NodeId("liar"), known.get) == ("liar",)
    assert lineage(NodeId("x"), known.get) == ("x",)
    assert lineage(NodeId("loop"), known.get) == ("loop",)
    assert lineage(NodeId("nobody"), known.get) == ("nobody",)
