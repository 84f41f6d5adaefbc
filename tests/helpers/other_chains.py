"""Chains of another node, sealed as a program of somebody's own does: with no rule in the way."""

from __future__ import annotations

from nacl.signing import SigningKey

from stockpile.domain import codec, ledger
from stockpile.domain.ledger import Act, node_id

OTHER = SigningKey(b"o" * 32)
OTHER_NODE = node_id(bytes(OTHER.verify_key))


def signed(seed):
    """Return what signs with a key."""
    return lambda message: seed.sign(message).signature


def sealed(tip, drafts, by=None, *signers, witnesses=()):
    """Seal drafts as the other node does, with no rule of ours in the way."""
    raws = [
        codec.encode(
            draft,
            codec.Stamp(OTHER_NODE, seq, seq, 1_790_000_000_000, 0, by, tuple(witnesses)),
        ).raw
        for seq, draft in enumerate(drafts, tip.seq + 1)
    ]
    act = Act(1_790_000_000_000 + tip.seq, "1", tip.seq + len(raws))
    entry, tip = ledger.seal(OTHER_NODE, tip, raws, act, signed(OTHER))
    for signer in signers:
        entry = ledger.countersigned(entry, signer.officer, signer.sign)
    return entry, tip


class OtherKeys:
    """The other node's key, to seal with."""

    public_key = bytes(OTHER.verify_key)

    @staticmethod
    def sign(message):
        return OTHER.sign(message).signature


def chain_of(*entries):
    """Return the records of an export that holds one chain, to be sealed."""
    hashes = [ledger.entry_hash(one.header) for one in entries]
    about = {
        "v": 1, "node": OTHER_NODE, "at": 0, "app": "1",
        "chains": [[OTHER_NODE, len(entries), hashes[-1]]],
    }  # fmt: skip
    key = {"key": OtherKeys.public_key.hex(), "n": OTHER_NODE}
    kept = [("M", codec.canonical(about)), ("C", codec.canonical(key))]
    for one in entries:
        said = {"s": one.signature.hex()}
        if one.officer_signatures:
            said["o"] = [[each.officer, each.signature.hex()] for each in one.officer_signatures]
        kept += [("E", one.header), ("S", codec.canonical(said))]
        kept += [("F", raw) for raw in one.facts]
    return [*kept, ("Z", b"{}")]
