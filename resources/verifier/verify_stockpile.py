#!/usr/bin/env python3
"""Prove what Stockpile wrote, on any computer, without Stockpile.

    verify_stockpile.py EXPORT [--head CODE]... [--code NUMBER]... [--json]

One file; it needs Python 3.9 or later and one library for Ed25519: PyNaCl or cryptography. What it
proves and how is written in FORMAT.md, from which anybody can write another such program.
Exit code: 0 all of it holds; 1 something does not; 2 it cannot be read, or the words are wrong;
3 all of it holds, and somebody has to answer for something: acts without the right to them, ...
"""

from __future__ import annotations

import argparse
import base64
import gzip
import hashlib
import json
import re
import sys
import zlib

try:
    from nacl.exceptions import CryptoError
    from nacl.signing import VerifyKey
except ImportError:
    from cryptography.exceptions import InvalidSignature as CryptoError
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    class VerifyKey:
        def __init__(self, key):
            self._key = Ed25519PublicKey.from_public_bytes(key)

        def verify(self, message, signature):
            self._key.verify(signature, message)


MAGIC = b"STOCKPILE-CHAINS-1\n"
LONGEST = 64 << 20  # bytes of one line
MOST_FACTS, DEEPEST, GENESIS = 1000, 32, "0" * 64
STEP_BACK = 120_000  # milliseconds by which a clock may go back before it is listed
ENTRY, OFFICER = b"stockpile-entry-v1\0", b"stockpile-officer-v1\0"
RECEIPT, EXPORT, INSPECTION = b"stockpile-receipt-v1\0", b"stockpile-export-v1\0", b"stockpile-inspection-v1\0"
HEADER = {"v", "n", "c", "f", "k", "r", "p", "t", "app", "lc"}

# Which kind of fact is which act; which acts always want two officers; which want their signature.
ACTS = {
    "weapon.dispatched": "dispatch", "stocktake.closed": "close_count", "custody.handedover": "hand_over",
    "weapon.lost": "report_loss", "mark.voided": "void_mark", "weapon.destroyed": "destroy",
    "destruction.certified": "destroy", "weapon.corrected": "correct", "marking.resolved": "resolve_mark",
    "marks.settled": "resolve_mark", "weapon.merged": "merge", "custody.settled destroyed": "destroy",
    "scheme.set": "set_scheme", "officer.appointed": "appoint", "officer.suspended": "suspend",
    "officer.retired": "suspend", "guard.set": "set_guard", "entry.judged": "judge_entry", "weapon.absorbed": "merge",
    "weapons.distinct": "merge", "person.disclosed": "disclose_person", "custody.settled lost": "report_loss",
    "weapon.issued True": "issue_crew_served",
}  # fmt: skip
_TWO = "dispatch close_count hand_over report_loss void_mark destroy judge_entry disclose_person rotate_keys restore"
NEEDS_TWO = set(_TWO.split())
SIGNED = {"appoint", "suspend", "set_guard"}
_ENTER = "register correct import label sync photograph read_back withdraw "
_MARK = "mark verify_mark order_marking "
_KEEP = "move issue hold dispatch receive count close_count hand_over report_loss recover close_day back_up "
_KEEP += "destroy pass_gate collect confirm restore issue_crew_served "
MAY = {  # a commander may do everything
    "clerk": _ENTER + "move verify_mark count hold report_loss", "auditor": "sync",
    "armourer": _ENTER + _MARK + _KEEP + "merge catalogue set_machine inspect repair override"
    " open_place set_mark_layout deactivate set_label_layout",
    "storekeeper": _ENTER + _KEEP + "open_place verify_mark",
    "marking_operator": _MARK + "label sync photograph report_loss",
    "inspector": "verify_mark resolve_mark sync inspect read_back photograph count close_count"
    " investigate report_loss destroy request_trace confirm sign_inspection",
    "registrar": _ENTER + "merge catalogue open_place appoint enrol resolve_mark set_machine"
    " set_scheme set_mark_layout order_marking grant_numbers void_mark order_destruction deactivate"
    " request_trace set_label_layout suspend set_guard confirm judge_entry disclose_person"
    " rotate_keys restore sign_inspection set_rule erase_person investigate report_loss recover close_count",
    "field_team": _ENTER + _MARK + _KEEP,
}
MAY = {role: frozenset(acts.split()) for role, acts in MAY.items()}


_COUNTS = ["", 0, "", "", "accepted"]  # what an entry that falls short of nothing is taken as


class Broken(Exception):
    """Something does not hold: where, and what."""


def demand(holds, where, why):
    if not holds:
        raise Broken(where, why)


def signed_by(key, message, signature):
    try:
        VerifyKey(key).verify(message, signature)
    except (CryptoError, ValueError, TypeError):
        return False
    return True


# --- bytes ---------------------------------------------------------------------------------------


def canonical(value):
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    return text.encode("utf-8")


def plain(value, levels):
    """Demand strings, whole numbers below 2^53, and keys of ASCII letters; nothing nests deeper."""
    if not levels or isinstance(value, float) or (isinstance(value, int) and abs(value) >= 2**53):
        raise ValueError
    if isinstance(value, dict):
        if not all(key.isascii() for key in value):
            raise ValueError
        value = list(value.values())
    if isinstance(value, list):
        for one in value:
            plain(one, levels - 1)


def parsed(raw, where):
    """Return the object that canonical bytes hold; anything else, and every other form, is broken."""
    try:
        value = json.loads(raw.decode("utf-8"))
        plain(value, DEEPEST)
        same = isinstance(value, dict) and canonical(value) == raw
    except (ValueError, RecursionError):
        same = False
    demand(same, where, "not in canonical form")
    return value


def sha256(raw):
    return hashlib.sha256(raw).hexdigest()


def merkle_root(raws):
    """RFC 9162, 2.1.1: leaves are hashed after 00, nodes after 01; an odd one rises as it is."""
    level = [hashlib.sha256(b"\0" + raw).digest() for raw in raws]
    while len(level) > 1:
        pairs = zip(level[::2], level[1::2])
        odd = level[-1:] if len(level) % 2 else []
        level = [hashlib.sha256(b"\1" + left + right).digest() for left, right in pairs] + odd
    return level[0].hex()


def node_id(key):
    return base64.b32encode(hashlib.sha256(key).digest()[:10]).decode().lower()[:16]


def head_code(number, digest):
    text = base64.b32encode(bytes.fromhex(digest)).decode().lower()[:20]
    return "-".join([str(number), *(text[at : at + 5] for at in range(0, 20, 5))])


def unhexed(text):
    try:
        return bytes.fromhex(text)
    except (ValueError, TypeError):
        return b""


def without(value, name):
    return {key: one for key, one in value.items() if key != name}


def lines(file):
    """Give the records of an export, each its letter and its bytes, up to its seal and no further."""
    try:
        with open(file, "rb") as first:
            squeezed = first.read(2) == b"\x1f\x8b"
        with gzip.open(file, "rb") if squeezed else open(file, "rb") as stream:
            digest = hashlib.sha256(MAGIC)
            begins = stream.readline(len(MAGIC)) == MAGIC
            demand(begins, "the file", "does not begin as an export does")
            while True:
                line = stream.readline(LONGEST)
                whole = line.endswith(b"\n") and line[1:2] == b" "
                demand(whole, "the file", "ends before its seal, or holds a line that is none")
                yield line[:1].decode("ascii", "replace"), line[2:-1], digest.digest()
                if line[:1] == b"Z":
                    demand(not stream.read(1), "the file", "goes on after its seal")
                    return
                digest.update(line)
    except (EOFError, zlib.error, gzip.BadGzipFile):
        raise Broken("the file", "is damaged: it does not unfold") from None


# --- who had the right to it ----------------------------------------------------------------------


class Roll:
    """Officers in office at one point of a chain, by what that chain said; rules; open proposals."""

    def __init__(self):
        self.officers, self.by_rule, self.proposals, self.begun = {}, set(), {}, False

    def follow(self, facts):
        for fact in facts:
            kind, who, body = fact["k"], fact["w"], fact["b"]
            if kind == "officer.appointed":
                self.officers[who], self.begun = (set(body["roles"]), unhexed(body["public_key"])), True
            elif kind in ("officer.suspended", "officer.retired"):
                self.officers.pop(who, None)
            elif kind == "guard.set":
                self.by_rule = set(body.get("two_officers", ()))
            elif kind == "act.proposed" and fact.get("by") is not None:
                self.proposals[who] = (fact["by"], body["plan"])
            elif kind == "act.settled":
                self.proposals.pop(who, None)

    def may(self, officer, act):
        roles = self.officers[officer][0]
        return "commander" in roles or any(act in MAY.get(one, ()) for one in roles)

    def shortfall(self, header, facts, signatures):
        """Return the act that wants more than the entry has, and what it lacks; None for neither."""
        # the number of a mark that is settled as spoiled is burnt with it
        settled = [one for one in facts if one["k"] == "marking.resolved"]
        spoiled = {(f["w"], f["b"]["job"]) for f in settled if f["b"]["outcome"] == "partial"}
        own = [f for f in facts if f["k"] != "mark.voided" or (f["w"], f["b"]["job"]) not in spoiled]
        asked = [one for one in map(self._wanted, own) if one]
        if not asked or facts[0]["s"] == 1:
            return None
        held = [(who, self.officers[who][1], one) for who, one in signatures if who in self.officers]
        signed = {who for who, key, one in held if signed_by(key, OFFICER + header, one)} | self._proposers(facts)
        for act, fact, two in sorted(asked, key=lambda one: one[0]):
            lack = self._lack(act, fact, two, signed)
            if lack:
                return act, lack
        return None

    def _wanted(self, fact):
        if fact["k"] == "act.proposed":
            act = fact["b"]["act"]
            known = act in NEEDS_TWO or any(act in acts for acts in MAY.values())
            return (act if known else "confirm"), fact, False
        act = ACTS.get(fact["k"]) or ACTS.get(f"{fact['k']} {fact['b'].get('state', fact['b'].get('crew_served'))}")
        if act is None or (act == "appoint" and not self.begun):
            return None
        two = act in NEEDS_TWO or act in self.by_rule
        return (act, fact, two) if two or act in SIGNED else None

    def _lack(self, act, fact, two, signed):
        first = fact.get("by")
        if first not in signed:  # all of whom are in office
            return "unsigned" if first in self.officers else "no_office"
        if not self.may(first, act):
            return "no_right"
        if not two:
            return ""
        seconds = [one for one in fact.get("co", ()) if one in signed and one != first]
        if not seconds:
            return "one_officer"
        if act == "hand_over" and fact["b"]["incoming"] not in signed:
            return "untaken"
        return "" if any(self.may(one, "confirm") for one in seconds) else "no_right"

    def _proposers(self, facts):
        """Return who signed the proposal that the entry settles, if it holds just those drafts."""
        settled = [one for one in facts if one["k"] == "act.settled"]
        if len(settled) != 1 or settled[0]["b"]["outcome"] != "confirmed":
            return set()
        who, plan = self.proposals.get(settled[0]["w"], (None, None))
        last, drafts = {}, []
        for fact in facts:
            if fact is settled[0]:
                continue
            draft = {key: fact[key] for key in ("w", "k", "b", "see", "att") if fact.get(key)}
            draft["b"] = fact["b"]
            replaced = list(fact.get("pa", ()))
            if last.get(fact["w"]) in replaced:
                replaced.remove(last[fact["w"]])
                draft["fo"] = True
            if replaced:
                draft["pa"] = replaced
            drafts.append(draft)
            last[fact["w"]] = sha256(b"\0" + canonical(fact))
        same = who in self.officers and canonical(drafts) == plan.encode()
        return {who} if same else set()


# --- the export -----------------------------------------------------------------------------------


class Chain:
    """One node's chain, as far as it was followed."""

    def __init__(self, node, key):
        self.node, self.key, self.roll = node, key, Roll()
        self.number = self.seq = self.at = 0
        self.tip, self.hashes, self.broken = GENESIS, bytearray(), False

    def hash_at(self, number):
        return self.hashes[32 * number - 32 : 32 * number].hex() if number else GENESIS

    def follow(self, raw, signature, raws):
        """Check that the entry continues the chain and return its header and facts."""
        where = f"chain {self.node}, entry {self.number + 1}"
        header = parsed(raw, where)
        demand(HEADER <= set(header) <= HEADER | {"sth", "lo"}, where, "its header is none")
        named = (header["n"], header["v"]) == (self.node, 1)
        own = named and signed_by(self.key, ENTRY + raw, signature)
        demand(own, where, "the node's signature is wrong")
        demand(header["c"] <= self.number + 1, where, f"is missing: entry {header['c']} follows")
        follows = header["c"] == self.number + 1 and header["p"] == self.tip
        demand(follows, where, "does not continue the entry before: a fork")
        counted = header["f"] == self.seq + 1 and 0 < header["k"] == len(raws) <= MOST_FACTS
        demand(counted, where, "its facts are not as many as it says, or not the next ones")
        demand(merkle_root(raws) == header["r"], where, "its facts are not those that were sealed")
        facts = [parsed(one, where) for one in raws]
        address = [(fact.get("n"), fact.get("s")) for fact in facts]
        wanted = [(self.node, header["f"] + at) for at in range(len(facts))]
        demand(address == wanted, where, "its facts are not at their addresses")
        self.number, self.seq = header["c"], header["f"] + len(facts) - 1
        self.tip = sha256(b"\2" + raw)
        self.hashes += bytes.fromhex(self.tip)
        return header, facts


class Export:
    """All that an export says, and whether it holds."""

    def __init__(self, file):
        self.file, self.about, self.chains = file, {}, {}
        self.broken, self.asked, self.steps, self.receipts, self.closes = [], [], [], [], []
        self.sizes, self.given, self.anchor, self.facts, self.bodies, self.withheld = {}, [], {}, 0, 0, set()
        self.registered, self.destroyed, self.logs = set(), set(), []  # for log_stockpile.py
        self.keys, self.short, self.judged, self.late, self.trees = {}, {}, {}, [], {}
        self.pieces, self.kept = [], []  # facts of other chains, entries beside them: for inspect_stockpile.py

    def prove(self):
        try:
            self._learn_keys()
            self._walk()
        except Broken as why:
            self.broken.append(why.args)
        self._settle()

    def _learn_keys(self):
        """Read first, chain by chain, which keys officers were ever appointed with."""
        for letter, raw, _digest in lines(self.file):
            if letter == "F" and b'"k":"officer.appointed"' in raw:
                try:
                    fact = json.loads(raw)
                    keys = self.keys.setdefault((fact["n"], fact["w"]), set())
                    keys.add(unhexed(fact["b"]["public_key"]))
                except (ValueError, KeyError, TypeError, AttributeError):
                    raise Broken("the file", "an appointment cannot be read") from None

    def _walk(self):
        records, chain = lines(self.file), None
        for letter, raw, digest in records:
            try:
                if letter == "M" and not self.about:
                    self.about = parsed(raw, "the first line")
                elif letter == "C":
                    chain = self._chain(parsed(raw, "the file"))
                elif letter == "E" and chain is not None:
                    self._entry(chain, raw, records)
                elif letter == "B":
                    self._body(raw)
                elif letter == "R":
                    self._receipt(parsed(raw, "a receipt"))
                elif letter == "P":
                    self.pieces.append(parsed(raw, "a piece"))
                elif letter == "K":
                    said = parsed(raw, "evidence")
                    self.kept.append(((f"chain {said['n']}, entry {said['c']}", str(said["b"])), said, []))
                elif letter == "G" and self.kept:
                    self.kept[-1][2].append(raw)
                elif letter == "T":
                    self.logs.append(parsed(raw, "a proof about a log"))
                elif letter == "Z":
                    self._seal(parsed(raw, "the seal"), digest)
                else:
                    raise Broken("the file", f"a line {letter!r} where none belongs")
            except (KeyError, TypeError, ValueError, AttributeError):
                raise Broken("the file", f"a line {letter} lacks what belongs in it") from None

    def _chain(self, said):
        key = unhexed(said["key"])
        new = node_id(key) == said["n"] and said["n"] not in self.chains
        demand(new, f"chain {said['n']}", "its key is not the node's, or it comes twice")
        self.chains[said["n"]] = Chain(said["n"], key)
        return self.chains[said["n"]]

    def _entry(self, chain, raw, records):
        where, count = f"chain {chain.node}, entry {chain.number + 1}", json.loads(raw)["k"]
        demand(type(count) is int and 0 < count <= MOST_FACTS, where, "its header is none")
        rest = [next(records, ("", b"", b"")) for _one in range(count + 1)]
        letters = "".join(letter for letter, _raw, _digest in rest)
        demand(letters == "S" + "F" * count, where, "lines of it are missing")
        if chain.broken:
            return
        try:
            said = parsed(rest[0][1], where)
            officers = [(who, unhexed(one)) for who, one in said.get("o", ())]
            header, facts = chain.follow(raw, unhexed(said["s"]), [one[1] for one in rest[1:]])
            lack = chain.roll.shortfall(raw, facts, officers)
            if not lack or chain.node == self.about["node"]:
                self._officers(chain, raw, officers)
        except Broken as why:
            chain.broken = True
            self.broken.append(why.args)
            return
        self.facts += len(facts)
        self._notice(chain, header)
        if lack:
            self.short[chain.tip] = [chain.node, chain.number, *lack, "", facts]
        else:
            chain.roll.follow(facts)
            self.effects(chain, facts)
        self._judgements(chain, facts)

    def _officers(self, chain, raw, officers):
        """An officer's signature must be by a key with which the same chain ever appointed them."""
        for who, signature in officers:
            keys = self.keys.get((chain.node, who), ())
            good = any(signed_by(key, OFFICER + raw, signature) for key in keys)
            where = f"chain {chain.node}, entry {chain.number}"
            demand(good, where, "an officer's signature is wrong")

    def _notice(self, chain, header):
        """List a clock that went back, and a registry whose log shrank or changed."""
        where = f"chain {chain.node}, entry {chain.number}"
        if header["t"] < chain.at - STEP_BACK:
            self.steps.append((where, f"{(chain.at - header['t']) // 1000} s back"))
        chain.at = header["t"]
        if header.get("sth"):
            log = header.get("lo") or f"of chain {chain.node}"
            self._tree(log, *header["sth"], where, "showed")
            self._grows((log, chain.node), header["sth"][0], where)

    def effects(self, chain, facts):
        for fact in facts:
            kind, subject = fact["k"], fact["w"]
            if kind == "weapon.registered":
                self.registered.add(subject)
            elif kind == "weapon.destroyed":
                self.destroyed.add(subject)
            elif kind == "person.recorded":
                self.withheld.add(fact["b"].get("#", ""))
            elif kind == "day.closed":
                self._day(chain, fact["b"])
            elif kind in ("node.revoked", "node.succeeded"):
                self.late.append(fact["b"])
            elif kind == "inspection.signed":
                self._inspection(chain, fact["b"])

    def _judgements(self, chain, facts):
        for fact in facts:
            if fact["k"] == "entry.judged":
                said = (chain.tip, bool(fact["b"]["accepted"]))
                self.judged.setdefault(fact["w"], []).append(said)

    def _day(self, chain, body):
        """A closing sheet's code stands in the ledger too: it must be that of its entry."""
        number, code = body["number"], head_code(body["number"], body["head"])
        same = 0 < number <= chain.number and chain.hash_at(number) == body["head"]
        demand(same, f"chain {chain.node}, entry {number}", "its closing sheet says otherwise")
        self.closes.append((chain.node, body["on"], code))
        self.anchor[chain.node] = max(self.anchor.get(chain.node, 0), number)

    def _inspection(self, chain, body):
        message = INSPECTION + canonical(without(body, "signature"))
        if not signed_by(unhexed(body["public_key"]), message, unhexed(body["signature"])):
            why = "an inspector's signature does not cover what is recorded"
            self.asked.append((f"chain {chain.node}, entry {chain.number}", why))

    def _body(self, raw):
        demand(sha256(raw) in self.withheld, "a body", "belongs to no fact, or was changed")
        self.withheld.discard(sha256(raw))
        self.bodies += 1

    def _receipt(self, said):
        """A registry's receipt names an entry: a chain without just that entry was cut or changed."""
        key, receipt = unhexed(said.pop("key")), without(said, "signature")
        node, number = said["node"], said["number"]
        where, chain = f"receipt for chain {node}, entry {number}", self.chains.get(node)
        signature = base64.b64decode(said["signature"], validate=True)
        demand(signed_by(key, RECEIPT + canonical(receipt), signature), where, "the registry's signature is wrong")
        demand(chain and 0 < number <= chain.number, where, "the entry is not here: the chain was cut")
        demand(chain.hash_at(number) == said["hash"], where, "another entry stands in its place")
        self.receipts.append((node_id(key), node, number))
        self.anchor[node] = max(self.anchor.get(node, 0), number)
        self._tree(node_id(key), said["log_size"], said["log_root"], where)
        self.given.append((node_id(key), node, number, said["log_size"], where))

    def _tree(self, registry, size, root, where, how="signed"):
        """One size of a registry's log has one root; another one shows two histories."""
        if self.trees.setdefault((registry, size), root) != root:
            self.asked.append((where, f"registry {registry} {how} two logs of {size} entries"))

    def _grows(self, seen, size, where):
        """A registry's log never has fewer entries than a node was shown before."""
        last, self.sizes[seen] = self.sizes.get(seen, 0), size
        if size < last:
            self.asked.append((where, f"registry {seen[0]}: its log had {last} entries before, {size} here"))

    def _seal(self, said, digest):
        key, node = unhexed(said["key"]), self.about["node"]
        good = signed_by(key, EXPORT + digest, unhexed(said["signature"]))
        demand(good and node_id(key) == node, "the seal", "the export is not as its node sealed it")
        demand(node in self.chains, "the file", "the chain of the node that made it is missing")
        ends = [[one.node, one.number, one.tip] for one in self.chains.values()]
        torn = any(one.broken for one in self.chains.values())
        demand(torn or ends == self.about["chains"], "the file", "the chains do not end where the first line says")

    def _verdict(self, digest):
        """Return what was decided about an entry, or a history's first, by entries that count themselves."""
        good = [yes for by, yes in self.judged.get(digest, ()) if self.short.get(by, _COUNTS)[4] == "accepted"]
        return "accepted" if any(good) else "rejected" if good else ""

    def _settle(self):
        """Heed what two officers accepted; look at what other facts say of chains' ends."""
        again = True
        while again:
            again = False
            for digest, one in self.short.items():
                verdict = self._verdict(digest)
                if verdict == "accepted" != one[4]:
                    self.effects(self.chains[one[0]], one[5])
                again, one[4] = again or verdict != one[4], verdict
        for node, number, act, lack, verdict, _facts in self.short.values():
            if not verdict:
                said = f"{act}: {lack.replace('_', ' ')}; nobody decided about it"
                # the node that wrote the export refuses such an act: on its own chain it is forged
                where = self.broken if node == self.about.get("node") else self.asked
                where.append((f"chain {node}, entry {number}", said))
        for where, first in sorted({one[0] for one in self.kept}):
            if self._verdict(first) != "rejected":
                self.asked.append((where, "its node signed another history from here on; nobody decided about it"))
        for body in self.late:
            chain = self.chains.get(body["node"])
            if chain and (chain.number, chain.tip) != (body["number"], body["digest"]):
                self.asked.append((f"chain {chain.node}", f"its last good entry is {body['number']}, by another chain's word"))
        for registry, node, _number, size, where in sorted(self.given):
            self._grows((registry, node, ""), size, where)

    def look_up(self, text):
        """Say which entry a code from paper names; what names none that is here is broken."""
        number, _dash, rest = text.strip().casefold().partition("-")
        letters = re.sub(r"[\s-]", "", rest).translate(str.maketrans("018", "olb"))
        if not re.fullmatch("[0-9]{1,15}", number) or not re.fullmatch("[a-z2-7]{20}", letters):
            raise ValueError(f"no head code: {text}")
        for node, chain in self.chains.items():
            if 0 < int(number) <= chain.number:
                code = head_code(int(number), chain.hash_at(int(number)))
                if code.partition("-")[2].replace("-", "") == letters:
                    self.anchor[node] = max(self.anchor.get(node, 0), int(number))
                    return {"code": code, "chain": node}
        self.broken.append((f"head code {text}", "no chain here has this entry"))
        return {"code": text, "chain": ""}

    def result(self, codes=(), numbers=()):
        """Return all that was found, as plain values."""
        found = [self.look_up(one) for one in codes]
        own = self.chains.get(self.about.get("node"))
        asked = [head_code(one, own.hash_at(one)) for one in numbers if own and 0 < one <= own.number]
        if len(asked) < len(numbers):
            self.broken.append(("an entry that was asked for", "is not in the node's own chain"))
        return {
            "holds": not self.broken, "node": self.about.get("node", ""), "facts": self.facts,
            "entries": sum(one.number for one in self.chains.values()),
            "weapons": len(self.registered), "destroyed": len(self.destroyed & self.registered),
            "chains": [
                {"node": node, "entries": one.number, "whole": not one.broken,
                 "head": head_code(one.number, one.tip),
                 "unanchored": one.number - self.anchor.get(node, 0)}
                for node, one in self.chains.items()
            ],
            "broken": [list(one) for one in self.broken], "asked": [list(one) for one in self.asked],
            "decided": [one[:5] for one in self.short.values() if one[4]], "beside": len(self.kept),
            "clock_steps": [list(one) for one in self.steps], "receipts": len(self.receipts),
            "closing_sheets": [list(one) for one in self.closes], "bodies": self.bodies,
            "withheld": len(self.withheld), "codes": found, "codes_asked": asked,
        }  # fmt: skip


def told(result):
    """Give the report, line by line."""
    yield "IT HOLDS." if result["holds"] else "IT DOES NOT HOLD."
    yield from (f"  BROKEN  {where}: {why}" for where, why in result["broken"])
    yield from (f"  ASK     {where}: {why}" for where, why in result["asked"])
    yield "{entries} entries, {facts} facts; {weapons} weapons, {destroyed} destroyed.".format(**result)
    for one in result["chains"]:
        whose = "own chain  " if one["node"] == result["node"] else "other chain"
        yield f"  {whose} {one['node']}: {one['entries']} entries, head code {one['head']}"
        yield f"    entries after the last that others hold: {one['unanchored']}"
    yield f"Receipts of registries: {result['receipts']}, each signed, each for an entry that is here."
    yield f"Entries that nodes signed beside their chains, which count for nothing: {result['beside']}."
    for node, number, act, lack, verdict in result["decided"]:
        yield f"  {verdict} by two: chain {node}, entry {number} ({act}: {lack})"
    yield from (f"  closing sheet {on}: {code} ({node})" for node, on, code in result["closing_sheets"])
    yield from (f"  clock  {where}: {why}" for where, why in result["clock_steps"])
    yield f"Personal details: {result['bodies']} shown and as sealed, {result['withheld']} withheld."
    for one in result["codes"]:
        yield f"Head code {one['code']}: " + (f"an entry of chain {one['chain']}" if one["chain"] else "NO")
    yield from (f"Code asked for: {one}" for one in result["codes_asked"])


def main(words=None):
    line = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    line.add_argument("export", help="the file that 'stockpile export chain' wrote")
    line.add_argument("--head", action="append", default=[], help="a head code from paper")
    line.add_argument("--code", type=int, action="append", default=[], help="print an entry's code")
    line.add_argument("--json", action="store_true", help="answer in JSON")
    said = line.parse_args(words)
    export = Export(said.export)
    try:
        export.prove()
        result = export.result(said.head, said.code)
    except (OSError, ValueError) as error:
        print(error, file=sys.stderr)
        return 2
    print(json.dumps(result, indent=1) if said.json else "\n".join(told(result)))
    return 1 if result["broken"] else 3 if result["asked"] else 0


if __name__ == "__main__":
    sys.exit(main())
