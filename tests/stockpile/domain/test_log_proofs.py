from __future__ import annotations

from dataclasses import replace

import pytest
from nacl.signing import SigningKey

from stockpile.domain import log_proofs, tlog
from stockpile.domain.errors import NoteUnreadable
from stockpile.domain.exchange import Receipt
from stockpile.domain.log_proofs import Doubt, KeptProof, LogMemory, ProvedHead
from stockpile.domain.witnessing import Witness
from tests.helpers.logs import SignedLog

LOG = SignedLog()
WITNESS = SigningKey(bytes([9]) * 32)
NAMED = Witness("Inspectorate", bytes(WITNESS.verify_key), is_attested=True)
RECEIPT = Receipt(
    "n" * 16, 3, LOG.tree.entries[6].hex(), 7, 9, LOG.tree.root(9), 1_790_000_000_000, b""
)
PROOF = KeptProof(
    LOG.node, LOG.note(20).to_bytes().decode(), RECEIPT, LOG.tree.inclusion(6, 20),
    LOG.tree.consistency(9, 20),
)  # fmt: skip


def head(size=20):
    return tlog.read_checkpoint(LOG.note(size).text)


def test_an_entry_and_the_receipts_head_are_proved_in_a_cosigned_head():
    assert log_proofs.holds(PROOF, head())


def test_nothing_else_is_proved():
    for false in (
        replace(PROOF, receipt=None), replace(PROOF, inclusion=()), replace(PROOF, consistency=()),
        replace(PROOF, receipt=replace(RECEIPT, position=8)),
        replace(PROOF, receipt=replace(RECEIPT, log_size=8)),
        replace(PROOF, receipt=replace(RECEIPT, hash=LOG.tree.entries[7].hex())),
        replace(PROOF, receipt=replace(RECEIPT, log_root=LOG.tree.root(8))),
        replace(PROOF, receipt=replace(RECEIPT, position=2**60)),
    ):  # fmt: skip
        assert not log_proofs.holds(false, head())
    assert not log_proofs.holds(PROOF, head(21))


def test_a_head_counts_only_by_the_registrys_own_signature():
    note = LOG.note(20)
    assert log_proofs.head_in(note, LOG.node, LOG.public_key) == head()
    stranger = SignedLog(seed=2)
    with pytest.raises(NoteUnreadable):
        log_proofs.head_in(note, LOG.node, stranger.public_key)
    with pytest.raises(NoteUnreadable):
        log_proofs.head_in(stranger.note(20), LOG.node, stranger.public_key)


def test_a_witnesss_word_is_heard_and_a_forged_one_is_not():
    note, key = LOG.note(20), NAMED.keys[0]
    line = tlog.cosigned(note.text, key, 77, lambda said: WITNESS.sign(said).signature)
    (word,) = log_proofs.words_under(note.with_signatures([line]), 20, [NAMED])
    assert (word.witness, word.size, word.second) == (NAMED, 20, 77)
    forged = tlog.NoteSignature(key.name, key.id, bytes(72))
    assert log_proofs.words_under(note.with_signatures([line, forged]), 20, [NAMED]) == ()
    assert log_proofs.words_under(note, 20, [NAMED]) == ()


def test_two_heads_fit_whichever_is_the_longer_one():
    steps = LOG.tree.consistency(9, 20)
    one, other = (9, LOG.tree.root(9)), (20, LOG.tree.root(20))
    assert log_proofs.fits(one, other, steps)
    assert log_proofs.fits(other, one, steps)
    assert log_proofs.fits(one, one, ())
    assert not log_proofs.fits(one, (9, "ab" * 32), ())
    assert not log_proofs.fits((9, "ab" * 32), other, steps)


def test_what_is_kept_of_one_registry_gives_way_to_what_is_newer():
    other = replace(PROOF, registry="z" * 16)
    memory = LogMemory().with_proofs("z" * 16, [other]).with_proofs(LOG.node, [PROOF])
    assert set(memory.with_proofs(LOG.node, []).proofs) == {other}
    doubt = Doubt(LOG.node, "n" * 16, 4, 9, "ab" * 32, 5)
    doubted = memory.with_doubt(doubt)
    assert doubted.with_doubt(replace(doubt, node="m" * 16, at=9)) == doubted
    proved = doubted.with_proved(ProvedHead(LOG.node, "n" * 16, 4, "ab" * 32))
    newer = proved.with_proved(ProvedHead(LOG.node, "n" * 16, 9, "cd" * 32))
    assert [one.size for one in newer.proved] == [9]
    assert newer.proofs == memory.proofs
