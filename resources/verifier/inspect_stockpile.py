#!/usr/bin/env python3
"""The inspector's half of a Stockpile dossier: prove it, draw a sample, sign what was found.

    inspect_stockpile.py prove DOSSIER [--head CODE]...
    inspect_stockpile.py sample DOSSIER --seed "dice or words of your own" --count 30
    inspect_stockpile.py sign DOSSIER --name NAME --authority OFFICE --key FILE [--remarks TEXT]

Needs verify_stockpile.py beside it; bring both yourself, not on the stick of the depot. The seed is
said only now, when the dossier cannot change any more: nobody chose the weapons. "sample" writes
findings.csv; fill in "finding" (found, missing, differs, not_seen) and "remark" and save it as CSV.
"sign" makes your key on first use, locked by a passphrase (or STOCKPILE_INSPECTOR_PASSPHRASE); keep
its file on a stick of your own. Files are written beside the dossier, or into --out FOLDER.
Exit codes are those of verify_stockpile.py.
"""

from __future__ import annotations

import argparse
import csv
import datetime
import getpass
import hashlib
import io
import json
import os
import secrets
import sys
import unicodedata
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
from verify_stockpile import (  # noqa: E402
    ENTRY, INSPECTION, MOST_FACTS, Broken, Chain, Export, canonical, demand, node_id, parsed, sha256,
    signed_by, told, unhexed, without,
)  # fmt: skip

try:
    from nacl.signing import SigningKey

    def public_key(seed):
        return bytes(SigningKey(seed).verify_key)

    def signature(seed, message):
        return SigningKey(seed).sign(message).signature

except ImportError:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    def public_key(seed):
        return Ed25519PrivateKey.from_private_bytes(seed).public_key().public_bytes_raw()

    def signature(seed, message):
        return Ed25519PrivateKey.from_private_bytes(seed).sign(message)


DOSSIER = b"stockpile-dossier-v1\0"
SAMPLE = b"stockpile-sample-v1"
FINDINGS = ("found", "missing", "differs", "not_seen")
SHOWN = ("id", "number", "serial", "mark", "make", "model", "place")


BROUGHT_IN = set(
    "weapon.registered weapon.received weapon.recovered dispatch.reversed custody.settled"
    " weapon.collected weapon.found weapon.seized weapon.relocated weapon.issued"
    " weapon.returned".split()
)
TAKEN_OUT = set(
    "weapon.dispatched weapon.lost weapon.destroyed weapon.withdrawn weapon.absorbed".split()
)
CREW = set("HMG GRL PAA PAT RCL ATL MAN MO1 MO2 MO3".split())  # types that a crew serves
ENDED = {"in_transit", "lost", "destroyed", "withdrawn", "merged"}


def rooted(raw, index, size, path):
    """The root that a fact at this place of an entry and its path add up to (RFC 9162, 2.1.3.2)."""
    found, last = hashlib.sha256(b"\0" + raw).digest(), size - 1
    if not 0 <= index < size <= MOST_FACTS:
        return ""
    for step in path:
        if last == 0 or len(step) != 32:
            return ""
        if index % 2 or index == last:
            found = hashlib.sha256(b"\1" + step + found).digest()
            while index and not index % 2:
                index, last = index >> 1, last >> 1
        else:
            found = hashlib.sha256(b"\1" + found + step).digest()
        index, last = index >> 1, last >> 1
    return found.hex() if last == 0 else ""


class Moves(Export):
    """An export that also learns of each weapon whether it was brought in last, and by whom.

    And which issues do not say that a crew serves the weapon: the chain knows no types, its facts do.
    """

    def __init__(self, file):
        super().__init__(file)
        self.moves, self.own, self.types, self.issues = {}, set(), {}, []

    def prove(self):
        super().prove()
        for piece in self.pieces:
            try:
                self._piece(piece)
            except Broken as why:
                self.broken.append(why.args)
            except (KeyError, TypeError, ValueError, AttributeError, IndexError):
                self.broken.append(("a piece", "lacks what belongs in it"))
        known = {}
        for _where, said, facts in self.kept:
            try:
                self._beside(said, facts, known)
            except Broken as why:
                self.broken.append(why.args)
            except (KeyError, TypeError, ValueError, AttributeError):
                self.broken.append(("beside a chain", "lacks what belongs in it"))

    def _beside(self, said, facts, known):
        """Evidence: an entry that a node signed beside its chain, or that follows such a one."""
        raw, one = said["h"].encode(), Chain(said["n"], unhexed(said["key"]))
        header = parsed(raw, "beside a chain")
        where = f"beside chain {header['n']}, entry {header['c']}"
        demand(node_id(one.key) == one.node, where, "its key is not the node's")
        one.number, one.seq, one.tip = header["c"] - 1, header["f"] - 1, header["p"]
        one.follow(raw, unhexed(said["s"]), facts)
        chain = self.chains.get(one.node)
        inside = chain and one.number <= chain.number and chain.hash_at(one.number) == one.tip
        demand(not inside and one.tip not in known, where, "stands in the chain, or comes twice")
        known[one.tip] = known.get(header["p"], (one.tip, one.number))
        begins = known[one.tip] == (said["b"], said["c"])
        demand(begins, where, "is of another history than it says")

    def _piece(self, said):
        """Single facts of a chain that is not here: proved by header, signature and path."""
        raw, key = said["h"].encode(), unhexed(said["key"])
        header = parsed(raw, "a piece")
        where = f"a piece of chain {header['n']}, entry {header['c']}"
        signed = signed_by(key, ENTRY + raw, unhexed(said["s"]))
        demand(signed and node_id(key) == header["n"], where, "the node's signature is wrong")
        whole = len(said["x"]) == len(said["p"]) == len(said["f"]) > 0
        demand(whole, where, "its facts are not as many as it says")
        facts = []
        for index, path, text in zip(said["x"], said["p"], said["f"]):
            root = rooted(text.encode(), index, header["k"], [unhexed(one) for one in path])
            demand(root == header["r"], where, "a fact is none of those that were sealed")
            fact = parsed(text.encode(), where)
            here = (fact["n"], fact["s"]) == (header["n"], header["f"] + index)
            demand(here, where, "a fact is not at its address")
            facts.append(fact)
        self.facts += len(facts)
        own = [one for one in facts if one["k"].startswith(("weapon.", "custody."))]
        self.effects(Chain(header["n"], key), own)

    def effects(self, chain, facts):
        super().effects(chain, facts)
        for fact in facts:
            kind, subject = fact["k"], fact["w"]
            if kind in BROUGHT_IN or kind in TAKEN_OUT:
                ended = kind == "custody.settled" and fact["b"].get("state") in ENDED
                move = (fact["lc"], fact["n"], fact["s"], kind in BROUGHT_IN and not ended)
                self.moves[subject] = max(self.moves.get(subject, move), move)
            if kind == "weapon.registered" or (kind == "weapon.corrected" and "type" in fact["b"]):
                self.types.setdefault(subject, set()).add(fact["b"].get("type", ""))
            elif kind == "weapon.issued" and not fact["b"].get("crew_served"):
                self.issues.append((subject, f"chain {fact['n']}, fact {fact['s']}"))
            elif kind == "node.succeeded" and chain.node == self.about["node"]:
                self.own.add(fact["b"]["node"])  # the node that this one goes on from


class Dossier:
    """A dossier that is as its node signed it: what it says, and the weapons on its list."""

    def __init__(self, folder):
        self.folder = Path(folder)
        raw = (self.folder / "dossier.json").read_bytes()
        self.says = says = parsed(raw.removesuffix(b"\n"), "dossier.json")
        demand(says.get("v") == 1, "dossier.json", "is of another version")
        key, bound = unhexed(says.get("key")), DOSSIER + canonical(without(says, "signature"))
        own = node_id(key) == says["node"] and signed_by(key, bound, unhexed(says["signature"]))
        demand(own, "dossier.json", "is not as its node signed it")
        for name, file in (("register", "register.csv"), ("chains", "ledger.chains.gz")):
            same = _digest(self.folder / file) == says[name]
            demand(same, file, "is not the one of the dossier")
        with open(self.folder / "register.csv", encoding="utf-8-sig", newline="") as lines:
            self.rows = {row["id"]: row for row in csv.DictReader(lines)}
        demand(len(self.rows) == says["weapons"], "register.csv", "lists another number of weapons")

    def draw(self, seed, count):
        """The weapons of the lowest ranks; FORMAT.md says how a rank is made."""
        plain = " ".join(unicodedata.normalize("NFKC", seed).casefold().split()).encode()
        demand(plain and count > 0, "the draw", "wants a seed and a count of at least one")
        head = self.says["head"].encode()
        ranks = {one: sha256(b"\0".join((SAMPLE, head, plain, one.encode()))) for one in self.rows}
        return sorted(ranks, key=ranks.get)[:count]


def prove(said):
    """Prove the export, its head code, and that the list leaves no weapon of the ledger out."""
    dossier = Dossier(said.dossier)
    export = Moves(dossier.folder / "ledger.chains.gz")
    export.prove()
    result = export.result([dossier.says["head"], *said.head])
    result["broken"] += [
        ["register.csv", f"weapon {one} is in no chain"] for one in dossier.rows
        if one not in export.registered
    ]  # fmt: skip
    own = {dossier.says["node"], *export.own}
    left_out = [
        one for one, (_lamport, by, _seq, is_in) in export.moves.items()
        if is_in and by in own and one not in dossier.rows
    ]  # fmt: skip
    result["asked"] += [["register.csv", f"leaves out weapon {one}; why?"] for one in left_out]
    result["asked"] += [
        [where, f"weapon {one} is one of a crew by all that was ever said, and was issued as none"]
        for one, where in export.issues if export.types.get(one, {""}) <= CREW
    ]  # fmt: skip
    result["holds"] = not result["broken"]
    print("\n".join(told(result)))
    print(f"Dossier of {dossier.says['site']}: {len(dossier.rows)} weapons on its list.")
    return 1 if result["broken"] else 3 if result["asked"] else 0


def sample(said):
    dossier = Dossier(said.dossier)
    drawn = dossier.draw(said.seed, said.count)
    out = Path(said.out or said.dossier)
    with open(out / "findings.csv", "x", encoding="utf-8-sig", newline="") as file:
        lines = csv.writer(file)
        lines.writerow([*SHOWN, "finding", "remark"])
        lines.writerows([*(dossier.rows[one].get(name, "") for name in SHOWN), "", ""] for one in drawn)
    about = {"seed": said.seed, "head": dossier.says["head"], "register": dossier.says["register"]}
    (out / "sample.json").write_bytes(canonical(about) + b"\n")
    print(f"{len(drawn)} of {len(dossier.rows)} weapons are in {out / 'findings.csv'}.")
    return 0


def sign(said):
    dossier, out = Dossier(said.dossier), Path(said.out or said.dossier)
    about = parsed((out / "sample.json").read_bytes().removesuffix(b"\n"), "sample.json")
    here = all(about.get(name) == dossier.says[name] for name in ("head", "register"))
    demand(here, "sample.json", "is of another dossier")
    found = _findings(out / "findings.csv")
    drawn = dossier.draw(about["seed"], len(found))
    demand(sorted(found) == sorted(drawn), "findings.csv", "is not the sample as drawn")
    named = said.name.strip() and said.authority.strip()
    demand(named, "the result", "wants a name and an authority")
    seed = _opened_key(Path(said.key))
    body = {
        "inspector": said.name.strip(), "authority": said.authority.strip(),
        "sample": [found[one] for one in drawn],
        "head": about["head"], "seed": about["seed"], "register": about["register"],
        "remarks": said.remarks.strip(), "signed_on": said.date,
        "public_key": public_key(seed).hex(),
    }  # fmt: skip
    body["signature"] = signature(seed, INSPECTION + canonical(body)).hex()
    (out / "result.json").write_bytes(canonical(body) + b"\n")
    print(f"Signed: {out / 'result.json'}. Your public key is {body['public_key']}.")
    return 0


def _findings(file):
    text = file.read_text("utf-8-sig")
    comma = ";" if text.partition("\n")[0].count(";") > text.partition("\n")[0].count(",") else ","
    found = {}
    for row in csv.DictReader(io.StringIO(text, newline=""), delimiter=comma):
        finding = (row.get("finding") or "").strip().lower().replace(" ", "_")
        where = f"findings.csv, {row.get('number') or row.get('id')}"
        demand(finding in FINDINGS, where, f"wants one of {', '.join(FINDINGS)}")
        remark = (row.get("remark") or "").strip()
        found[row["id"]] = {"weapon": row["id"], "finding": finding}
        if remark:
            found[row["id"]]["remark"] = remark
    return found


def _opened_key(file):
    """Open the inspector's key, or make it: 32 random bytes under a pad that scrypt makes."""
    words = os.environ.get("STOCKPILE_INSPECTOR_PASSPHRASE") or getpass.getpass("Passphrase: ")
    demand(len(words) >= 8, "the passphrase", "wants at least eight characters")
    if not file.exists():
        seed, salt = secrets.token_bytes(32), secrets.token_bytes(16)
        said = {"public": public_key(seed).hex(), "salt": salt.hex(), "v": 1}
        said["locked"] = _padded(seed, words, salt).hex()
        with open(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as out:
            json.dump(said, out)
        return seed
    said = json.loads(file.read_text())
    seed = _padded(unhexed(said["locked"]), words, unhexed(said["salt"]))
    demand(public_key(seed).hex() == said["public"], str(file), "does not open with this passphrase")
    return seed


def _padded(secret, words, salt):
    plain = unicodedata.normalize("NFKC", words).encode()
    pad = hashlib.scrypt(plain, salt=salt, n=1 << 15, r=8, p=1, maxmem=1 << 26, dklen=32)
    return bytes(one ^ other for one, other in zip(secret, pad))


def _digest(file):
    digest = hashlib.sha256()
    with open(file, "rb") as stream:
        for part in iter(lambda: stream.read(1 << 20), b""):
            digest.update(part)
    return digest.hexdigest()


def main(words=None):
    line = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    doing = line.add_subparsers(dest="what", required=True)
    ways = {"prove": prove, "sample": sample, "sign": sign}
    for name in ways:
        doing.add_parser(name).add_argument("dossier", help="the folder of the dossier")
    doing.choices["prove"].add_argument("--head", action="append", default=[])
    doing.choices["sample"].add_argument("--seed", required=True)
    doing.choices["sample"].add_argument("--count", type=int, required=True)
    for name in ("name", "authority", "key"):
        doing.choices["sign"].add_argument(f"--{name}", required=True)
    doing.choices["sign"].add_argument("--remarks", default="")
    doing.choices["sign"].add_argument("--date", default=datetime.date.today().isoformat())
    for name in ("sample", "sign"):
        doing.choices[name].add_argument("--out", default="")
    said = line.parse_args(words)
    try:
        return ways[said.what](said)
    except Broken as why:
        print(f"BROKEN  {why.args[0]}: {why.args[1]}", file=sys.stderr)
        return 1
    except (OSError, ValueError, KeyError, csv.Error) as error:
        print(f"{type(error).__name__}: {error}", file=sys.stderr)
        return 2


if __name__ == "__main__":
    sys.exit(main())
