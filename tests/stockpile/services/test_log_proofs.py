"""A node and real registries: honest, witnessed, rewritten, and showing two histories."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import replace

import pytest

from stockpile.adapters.log_memory.files import LogMemoryFile
from stockpile.domain import ledger, tlog
from stockpile.domain.errors import LogSplit, RegistryRewritten
from stockpile.domain.excerpts import excerpt_of
from stockpile.domain.requests import Request
from stockpile.domain.witnessing import CosignedHeads, InclusionProof
from stockpile.registry import cosigning
from stockpile.services.log_proofs import LogProofs
from tests.helpers.log_nodes import SECOND, WITNESS_KEY, Line, Node, twin_of, witness
from tests.helpers.registries import answering, open_registry


@pytest.fixture
def opened(tmp_path):
    """Open nodes, registries and servers for one test, and close them again."""
    with ExitStack() as stack:

        class Opened:
            def registry(self, name="registry"):
                made = open_registry(str(tmp_path / f"{name}.db"))
                stack.callback(made.database.close)
                return made

            def twin(self, registry):
                made = twin_of(registry, tmp_path / "twin.db")
                stack.callback(made.database.close)
                return made

            def served(self, registry):
                return stack.enter_context(answering(registry.books))

            def node(self, name="node", **more):
                made = Node(tmp_path / name, **more)
                stack.callback(made.site.close)
                return made

        yield Opened()


@pytest.fixture
def registry(opened):
    made = opened.registry()
    cosigning.name_witness(made.books, "Inspectorate", WITNESS_KEY)
    return made


def test_a_node_proves_without_a_line_that_a_witness_saw_its_record(opened, registry):
    node, url = opened.node(), opened.served(registry)
    node.enrol(registry, url)
    node.write(3)
    node.talk.sync()
    assert node.standing().words == ()
    witness(registry)
    node.write(2)
    node.talk.sync()
    stands = node.standing()
    (word,) = stands.words
    assert (word.witness.name, word.second) == ("Inspectorate", SECOND)
    assert stands.proved == 4
    witness(registry, SECOND + 60)
    node.talk.sync()
    stands = node.standing()
    assert (stands.words[0].second, stands.proved) == (SECOND + 60, node.site.books.tip().number)
    again = LogProofs(
        node.site.books, node.site.keys, LogMemoryFile(node.folder),
        node.site.clock, node.site.books.receipts,
    )  # fmt: skip
    assert again.standing(stands.registry) == stands


def test_what_is_kept_is_not_asked_again(opened, registry):
    asked = []

    class Counting(Line):
        def inclusion(self, position, size):
            asked.append((position, size))
            return self._real.inclusion(position, size)

    node, url = opened.node(wrap=Counting), opened.served(registry)
    node.enrol(registry, url)
    node.write()
    node.talk.sync()
    witness(registry)
    node.talk.sync()
    node.talk.sync()
    assert len(asked) == 1


def test_a_changed_file_proves_nothing_false(opened, registry):
    node, url = opened.node(), opened.served(registry)
    node.enrol(registry, url)
    node.write()
    node.talk.sync()
    witness(registry)
    node.talk.sync()
    memory = node.memory.read()
    (proof,) = memory.proofs
    for false, words, proved in (
        (replace(proof, note=proof.note.replace("\n", "1\n", 1)), 0, 0),
        (replace(proof, inclusion=proof.inclusion[:-1]), 1, 0),
        (replace(proof, receipt=replace(proof.receipt, hash="ab" * 32)), 1, 0),
        (replace(proof, receipt=replace(proof.receipt, log_size=1)), 1, 0),
        (replace(proof, note="noise"), 0, 0),
        (replace(proof, receipt=None), 1, 0),
    ):
        node.memory.keep(memory.with_proofs(proof.registry, [false]))
        stands = node.standing()
        assert (len(stands.words), stands.proved) == (words, proved)


def test_a_lying_cosigned_head_is_an_alarm(opened, registry):
    """The registry signs a head that witnesses are shown, and nodes another history."""
    twin = opened.twin(registry)
    key = registry.books.key
    false = tlog.signed_head(key.node, key.public_key, (2, "ab" * 32), key.sign)

    class Lying(Line):
        def cosigned(self):
            return CosignedHeads((false.to_bytes().decode(),))

    node, url = opened.node(wrap=Lying), opened.served(registry)
    node.enrol(registry, url)
    node.write(2)
    with pytest.raises(RegistryRewritten):
        node.talk.sync()
    assert registry.books.tip(node.site.keys.node).number == node.site.books.tip().number
    assert twin.books.key.node == key.node


def test_a_false_path_from_the_record_is_an_alarm(opened, registry):
    class Lying(Line):
        def inclusion(self, position, size):
            return InclusionProof(position, size, (bytes(32),))

    node, url = opened.node(wrap=Lying), opened.served(registry)
    node.enrol(registry, url)
    node.write()
    node.talk.sync()
    witness(registry)
    assert isinstance(node.talk.sync().trouble, LogSplit)
    stands = node.standing()
    assert (len(stands.words), stands.proved, len(stands.doubts)) == (1, 0, 1)


def test_a_feed_of_another_history_than_the_receipt_is_an_alarm(opened, registry):
    class TwoFaced(Line):
        def feed(self, *asked):
            return replace(self._real.feed(*asked), log_root="ab" * 32)

    node, url = opened.node(wrap=TwoFaced), opened.served(registry)
    node.enrol(registry, url)
    node.write()
    with pytest.raises(RegistryRewritten):
        node.talk.sync()


def test_two_histories_shown_to_two_nodes_meet_when_they_exchange_files(opened, registry):
    twin = opened.twin(registry)
    here, there = opened.node("here"), opened.node("there")
    for node, at in ((here, registry), (there, twin)):
        node.enrol(at, opened.served(at))
        node.write(2)
        node.talk.sync()
        node.write(2)
        assert node.talk.sync().trouble is None
    other = there.site
    here.site.books.trust(other.keys.node, other.keys.public_key)
    here.site.books.receive(other.books.entries(other.keys.node, 0, 99))
    done = here.talk.sync()
    assert isinstance(done.trouble, LogSplit)
    assert done.trouble.node == other.keys.node
    (doubt,) = here.standing().doubts
    assert (doubt.node, doubt.number) == (other.keys.node, other.books.tip().number)
    assert isinstance(here.talk.sync().trouble, LogSplit)
    assert len(here.standing().doubts) == 1


def test_they_meet_too_where_single_facts_of_the_other_are_all_that_is_told(opened, registry):
    twin = opened.twin(registry)
    here, there = opened.node("here"), opened.node("there")
    for node, at in ((here, registry), (there, twin)):
        node.enrol(at, opened.served(at))
        node.write(2)
        node.talk.sync()
        node.write(2)
        assert node.talk.sync().trouble is None
    other = there.site
    here.site.books.trust(other.keys.node, other.keys.public_key)
    last = other.books.entries(other.keys.node, 0, 99)[-1]
    here.site.books.receive_excerpts([excerpt_of(last, [0])])
    assert here.talk.sync().trouble.node == other.keys.node
    (doubt,) = here.standing().doubts
    assert (doubt.node, doubt.number) == (other.keys.node, other.books.tip().number)


def headers(node):
    return [ledger.read_header(one.header) for one in node.books.entries(node.keys.node, 0, 99)]


def test_two_histories_at_one_size_are_told_apart_without_any_line(opened, registry):
    twin = opened.twin(registry)
    here, there, beside = opened.node("here"), opened.node("there"), opened.node("beside")
    for node, at in ((here, registry), (there, twin), (beside, registry)):
        node.enrol(at, opened.served(at))
        for _again in range(3):
            node.write()
            node.talk.sync()
    assert here.proofs.split_in(headers(beside.site)) is None
    split = here.proofs.split_in(headers(there.site))
    assert split.node == there.site.keys.node
    (doubt,) = here.standing().doubts
    assert (doubt.node, doubt.size) == (split.node, split.size)
    assert here.proofs.split_in(headers(here.site)) is None


def test_a_node_of_the_same_history_raises_no_alarm_and_is_asked_about_once(opened, registry):
    asked = []

    class Counting(Line):
        def consistency(self, old, size):
            asked.append((old, size))
            return self._real.consistency(old, size)

    url = opened.served(registry)
    here, there = opened.node("here", wrap=Counting), opened.node("there")
    for node in (here, there):
        node.enrol(registry, url)
        node.write(2)
        node.talk.sync()
    there.write(2)
    there.talk.sync()
    assert here.talk.sync().trouble is None
    before = len(asked)
    assert here.talk.sync().trouble is None
    assert len(asked) == before
    assert here.standing().doubts == ()


def test_a_registry_without_witnesses_or_of_an_earlier_program_is_believed_as_before(
    opened, registry
):
    class Earlier(Line):
        def cosigned(self):
            return self._real._decoded(
                self._real._answer(Request("GET", "/v1/nothing-of-the-kind")), CosignedHeads
            )

    node, url = opened.node(wrap=Earlier), opened.served(registry)
    node.enrol(registry, url)
    node.write()
    assert node.talk.sync().trouble is None
    assert node.standing().words == ()
