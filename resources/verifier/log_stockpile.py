#!/usr/bin/env python3
"""Prove from a Stockpile export that a registry's log kept one history, and who watched it.

    log_stockpile.py EXPORT [--witness KEY]... [--checkpoint FILE]... [--registry KEY] [--json]

Needs verify_stockpile.py beside it. KEY is a public key as somebody outside the registry gave it to
you: 64 hexadecimal digits, or a verifier key "name+id+base64" (c2sp.org/signed-note). Without one,
the witnesses are those that the registry's own chain names, and its word alone is what that is
worth. FILE is a head that you were given elsewhere, by a witness for instance: it must belong to
the same history. FORMAT.md, 5, says how each thing is proved. Exit codes: as verify_stockpile.py.
"""

from __future__ import annotations

import argparse
import base64
import hashlib
import json
import re
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
from verify_stockpile import Broken, Export, demand, node_id, signed_by, unhexed  # noqa: E402

LOG, WITNESS = 1, 4
MOST_STEPS, MOST_NOTE, LARGEST = 64, 64 << 10, 2**53 - 1
NUMBER = re.compile(r"0|[1-9][0-9]{0,15}")
EMPTY = hashlib.sha256(b"").hexdigest()


def above(left, right):
    return hashlib.sha256(b"\1" + left + right).digest()


def includes(entry, index, size, proof, root):
    """RFC 9162, 2.1.3.2: the entry stands at this index of the tree of this size."""
    if not 0 <= index < size or not steps_hold(proof):
        return False
    place, last, found = index, size - 1, hashlib.sha256(b"\0" + entry).digest()
    for step in proof:
        if last == 0:
            return False
        if place & 1 or place == last:
            found = above(step, found)
            while place and not place & 1:
                place, last = place >> 1, last >> 1
        else:
            found = above(found, step)
        place, last = place >> 1, last >> 1
    return last == 0 and found.hex() == root


def begins(old, old_root, size, root, proof):
    """RFC 9162, 2.1.4.2: the tree of the old size begins the tree of the new one."""
    if not steps_hold(proof) or not 0 <= old <= size:
        return False
    if old in (0, size):
        return not proof and (old_root == root if old == size else old_root == EMPTY)
    path = list(proof)
    if old & (old - 1) == 0:
        path.insert(0, unhexed(old_root))
    if not path:
        return False
    place, last = old - 1, size - 1
    while place & 1:
        place, last = place >> 1, last >> 1
    first = second = path[0]
    for step in path[1:]:
        if last == 0:
            return False
        if place & 1 or place == last:
            first, second = above(step, first), above(step, second)
            while place and not place & 1:
                place, last = place >> 1, last >> 1
        else:
            second = above(second, step)
        place, last = place >> 1, last >> 1
    return last == 0 and (first.hex(), second.hex()) == (old_root, root)


def steps_hold(proof):
    return len(proof) <= MOST_STEPS and all(len(step) == 32 for step in proof)


class Note:
    """A checkpoint: the text that is signed, the head it states, and the lines under it."""

    def __init__(self, text, where):
        demand(len(text.encode()) <= MOST_NOTE, where, "is longer than a checkpoint may be")
        body, between, below = text.rpartition("\n\n")
        lines = body.split("\n")
        demand(between and len(lines) >= 3, where, "is no checkpoint")
        self.text, self.origin = body + "\n", lines[0]
        root = unbased(lines[2])
        number = NUMBER.fullmatch(lines[1]) and int(lines[1]) <= LARGEST
        demand(number and len(root) == 32, where, "is no checkpoint")
        self.size, self.root, self.lines = int(lines[1]), root.hex(), []
        for line in below.rstrip("\n").split("\n"):
            dash, _, rest = line.partition(" ")
            name, _, coded = rest.partition(" ")
            demand(dash == "\u2014" and name and coded, where, "bears a line that is no signature")
            self.lines.append((name, unbased(coded)))

    def by(self, name, kind, key):
        """The signatures that claim to be of this key, without their four bytes of id."""
        wanted = hashlib.sha256(name.encode() + b"\n" + bytes([kind]) + key).digest()[:4]
        return [raw[4:] for who, raw in self.lines if who == name and raw[:4] == wanted]

    def demand_signed(self, key, where):
        made = self.by(self.origin, LOG, key)
        own = self.origin == f"stockpile.registry/{node_id(key)}"
        good = made and all(signed_by(key, self.text.encode(), one) for one in made)
        demand(own and good, where, "is not signed by the registry")

    def cosigned(self, name, key, where):
        """The newest second at which a witness cosigned; 0 for never. A forged word is broken."""
        seconds = [0]
        for called in dict.fromkeys((f"stockpile.witness/{node_id(key)}", name)):
            for raw in self.by(called, WITNESS, key):
                second = int.from_bytes(raw[:8], "big")
                message = f"cosignature/v1\ntime {second}\n{self.text}".encode()
                good = second <= LARGEST and signed_by(key, message, raw[8:])
                demand(good, where, f"bears a word in the name of {name} that is not theirs")
                seconds.append(second)
        return max(seconds)


class Log(Export):
    """An export that also proves what it holds about registries' logs."""

    def __init__(self, file):
        super().__init__(file)
        self.named, self.shown, self.proved = {}, [], {}

    def effects(self, chain, facts):
        super().effects(chain, facts)
        for fact in facts:
            body = fact["b"]
            if fact["k"] == "key.named" and body.get("duty") == "witness":
                place, withdrawn = (chain.node, body["key"]), body.get("withdrawn", False)
                self.named.pop(place, None)
                if not withdrawn:
                    self.named[place] = body["name"]

    def prove_logs(self, brought, registry):
        """Prove every kept head; ``brought`` are witnesses' names and keys from elsewhere."""
        for said in self.logs:
            try:
                self._prove_log(said, brought, registry)
            except Broken as why:
                self.broken.append(why.args)
            except (KeyError, TypeError, ValueError, AttributeError):
                self.broken.append(("a proof about a log", "lacks what belongs in it"))

    def _prove_log(self, said, brought, registry):
        key = unhexed(said["key"])
        where = f"a head of registry {node_id(key)}"
        demand(registry in (None, key), where, "is by another key than the one you brought")
        note = Note(said["note"], where)
        note.demand_signed(key, where)
        self._tree(node_id(key), note.size, note.root, where)
        named = [(name, unhexed(one)) for (by, one), name in self.named.items() if by == node_id(key)]
        seen = {
            name: note.cosigned(name, one, where) for name, one in (brought or named) if len(one) == 32
        }
        self.shown.append((node_id(key), note, {who: at for who, at in seen.items() if at}))
        if "number" in said:
            self._prove_entry(said, note, where)

    def _prove_entry(self, said, note, where):
        """An own entry leads to the head, and so does the head that its receipt was signed with."""
        chain, number = self.chains.get(said["node"]), said["number"]
        here = chain is not None and 0 < number <= chain.number
        demand(here, where, f"speaks of entry {number}, which is not here: the chain was cut")
        entry, paths = unhexed(chain.hash_at(number)), {}
        for name in ("inclusion", "consistency"):
            paths[name] = [unhexed(step) for step in said[name]]
        inside = includes(entry, said["position"] - 1, note.size, paths["inclusion"], note.root)
        demand(inside, where, f"does not hold entry {number} of chain {chain.node}")
        old = said["log_size"], said["log_root"]
        grown = begins(*old, note.size, note.root, paths["consistency"])
        demand(grown, where, f"does not go on from the {old[0]} entries it signed for before")
        self._tree(node_id(unhexed(said["key"])), *old, where)
        self.proved[chain.node] = max(self.proved.get(chain.node, 0), number)
        self.anchor[chain.node] = max(self.anchor.get(chain.node, 0), number)

    def compare(self, file, registry):
        """A head that was brought along must be one of the same history, as far as can be seen."""
        note = Note(Path(file).read_text("utf-8"), str(file))
        keys = {unhexed(said["key"]) for said in self.logs} | {registry} - {None}
        own = [key for key in keys if note.origin == f"stockpile.registry/{node_id(key)}"]
        demand(own, str(file), "is of no registry that is known here; bring its key with --registry")
        note.demand_signed(own[0], str(file))
        known = self.trees.get((node_id(own[0]), note.size))
        self._tree(node_id(own[0]), note.size, note.root, str(file))
        return known is not None


def unbased(text):
    try:
        raw = base64.b64decode(text, validate=True)
    except ValueError:
        return b""
    return raw if base64.b64encode(raw).decode() == text else b""


def public_key(text):
    """A key as it is written down: bare, or with its name and id."""
    name, plus, rest = text.strip().partition("+")
    if not plus:
        key = unhexed(name)
        if len(key) != 32:
            raise ValueError(f"no public key: {text}")
        return f"stockpile.witness/{node_id(key)}", key
    claimed, _, coded = rest.partition("+")
    raw = unbased(coded)
    named = hashlib.sha256(name.encode() + b"\n" + raw).digest()[:4].hex()
    if len(raw) != 33 or raw[0] not in (LOG, WITNESS) or named != claimed:
        raise ValueError(f"no verifier key: {text}")
    return name, raw[1:]


def told(result):
    yield "THE LOG HOLDS." if result["holds"] else "IT DOES NOT HOLD."
    yield from (f"  BROKEN  {where}: {why}" for where, why in result["broken"])
    yield from (f"  ASK     {where}: {why}" for where, why in result["asked"])
    for registry, size, words in result["heads"]:
        yield f"Registry {registry}, {size} entries:"
        yield from (f"  witnessed by {who} on {day}" for who, day in words.items())
        if not words:
            yield "  witnessed by nobody whose key is known here"
    yield from (
        f"Entry {number} of chain {node} and all before it stand in a head that was signed."
        for node, number in result["proved"].items()
    )
    yield from (
        f"{file}: " + ("the same head is here." if same else "signed by the registry; no such head is here to compare.")
        for file, same in result["checkpoints"].items()
    )


def main(words=None):
    line = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    line.add_argument("export", help="the file that 'stockpile export chain' wrote")
    line.add_argument("--witness", action="append", default=[], help="a witness's key, from elsewhere")
    line.add_argument("--checkpoint", action="append", default=[], help="a head, from elsewhere")
    line.add_argument("--registry", help="the registry's key, from elsewhere")
    line.add_argument("--json", action="store_true", help="answer in JSON")
    said = line.parse_args(words)
    try:
        brought = [public_key(one) for one in said.witness]
        registry = public_key(said.registry)[1] if said.registry else None
        log = Log(said.export)
        log.prove()
        log.prove_logs(brought, registry)
        compared = {}
        for file in said.checkpoint:
            try:
                compared[file] = log.compare(file, registry)
            except Broken as why:
                log.broken.append(why.args)
    except (OSError, ValueError) as error:
        print(error, file=sys.stderr)
        return 2
    result = {
        "holds": not log.broken, "broken": [list(one) for one in log.broken],
        "asked": [list(one) for one in log.asked], "proved": log.proved, "checkpoints": compared,
        "heads": [
            [registry, note.size, {who: time.strftime("%Y-%m-%d", time.gmtime(at)) for who, at in words.items()}]
            for registry, note, words in log.shown
        ],
    }  # fmt: skip
    print(json.dumps(result, indent=1) if said.json else "\n".join(told(result)))
    return 1 if result["broken"] else 3 if result["asked"] else 0


if __name__ == "__main__":
    sys.exit(main())
