"""A node as tests need it: it writes real facts, learns those of others, and never asks a clock."""

from __future__ import annotations

from collections.abc import Iterable

from stockpile.domain import codec, facts, weapons
from stockpile.domain.codec import Stamp
from stockpile.domain.facts import Body, Draft, Fact
from stockpile.domain.values import Digest, NodeId, OfficerId, WeaponId
from stockpile.domain.weapons import Weapon

SALT = bytes(range(32))
START = 1_790_000_000_000


class Depot:
    """A node that works offline: what it knows, a wrong clock, honest counters unless told."""

    def __init__(self, name: str, skew: int = 0) -> None:
        self.node = NodeId((name * 16)[:16])
        self.skew = skew
        self.seq = 0
        self.lamport = 0
        self.known: dict[str, dict[Digest, Fact]] = {}
        self.held: dict[str, Weapon] = {}
        self.short_cuts = 0

    def weapon(self, subject: str) -> Weapon:
        """The weapon as this node holds it, kept up fact by fact."""
        return self.held.get(subject, Weapon(WeaponId(subject)))

    def write(
        self,
        subject: str,
        body: Body,
        *,
        now: int = START,
        replaces: Iterable[Digest] | None = None,
        saw: Iterable[Digest] | None = None,
        lamport: int | None = None,
    ) -> Fact:
        """Record a fact; it replaces all heads of its aspects and a count saw the custody."""
        self.seq += 1
        self.lamport += 1
        weapon = self.weapon(subject)
        if replaces is None:
            named = (head for one in weapons.aspects_of(body) for head in weapon.heads.of(one))
            replaces = sorted(set(named))
        if saw is None:
            saw = weapon.heads.custody if isinstance(body, facts.WeaponCounted) else ()
        stamp = Stamp(
            self.node, self.seq, self.lamport if lamport is None else lamport, now + self.skew,
            60, OfficerId("officer"),
        )  # fmt: skip
        draft = Draft(subject, body, tuple(replaces), tuple(saw))
        fact = codec.encode(draft, stamp, SALT).fact
        self.learn([fact])
        return fact

    def learn(self, offered: Iterable[Fact]) -> None:
        """Take facts in, in any order and any number of times, the quick way where it is one."""
        for fact in offered:
            mine = self.known.setdefault(fact.subject, {})
            if fact.hash in mine:
                continue
            mine[fact.hash] = fact
            self.lamport = max(self.lamport, fact.lamport)
            before = self.weapon(fact.subject)
            if weapons.extends(before, fact):
                self.short_cuts += 1
                self.held[fact.subject] = weapons.after(before, fact)
            else:
                self.held[fact.subject] = weapons.folded(before.id, mine.values())

    def all_facts(self) -> list[Fact]:
        return [fact for mine in self.known.values() for fact in mine.values()]
