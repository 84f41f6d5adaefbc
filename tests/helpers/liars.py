"""A registry that lies to a desk, over a line of its own: each lie in the registry's own words.

What it signs it signs with its own key: nothing but the lie itself gives it away.
"""

from __future__ import annotations

from dataclasses import replace
from random import Random

from stockpile.domain import exchange, ledger
from stockpile.domain.exchange import FeedItem, FeedPage, Receipt
from stockpile.domain.ledger import Entry


class Honest:
    """A line on which nothing is changed."""

    told = False

    def __call__(self, link):
        """Return the line that a desk talks over."""
        return link


class _Line:
    """A real line, but for what the liar says instead."""

    def __init__(self, real, liar) -> None:
        self._real = real
        self._liar = liar

    def __getattr__(self, name):
        return getattr(self._real, name)


class Hides:
    """Leaves one entry out of the feed, however often it is asked."""

    def __init__(self, chance: Random, knows) -> None:
        self._chance = chance
        self._knows = knows
        self._hidden: bytes | None = None
        self.told = False

    def __call__(self, link):
        """Return the line that a desk talks over."""
        return _HidingLine(link, self)

    def page(self, page: FeedPage) -> FeedPage:
        """Return a page without the entry; one that the desk knows anyhow is hidden from nobody."""
        new = [one.entry.header for one in page.items if not self._knows(one.entry)]
        if self._hidden is None and new:
            self._hidden = self._chance.choice(new)
        kept = tuple(one for one in page.items if one.entry.header != self._hidden)
        self.told = self.told or len(kept) < len(page.items)
        return replace(page, items=kept)


class _HidingLine(_Line):
    def feed(self, *said, **how):
        return self._liar.page(self._real.feed(*said, **how))


class Changes:
    """Changes one bit of a fact in the feed."""

    def __init__(self, chance: Random, knows) -> None:
        self._chance = chance
        self._knows = knows
        self.told = False

    def __call__(self, link):
        """Return the line that a desk talks over."""
        return _HidingLine(link, self)

    def page(self, page: FeedPage) -> FeedPage:
        """Return a page with one bit of an entry changed that the desk did not know."""
        at = [
            number for number, one in enumerate(page.items)
            if isinstance(one.entry, Entry) and not self._knows(one.entry)
        ]  # fmt: skip
        if not at:
            return page
        self.told = True
        number = self._chance.choice(at)
        items = list(page.items)
        items[number] = replace(items[number], entry=self._changed(items[number]))
        return replace(page, items=tuple(items))

    def _changed(self, item: FeedItem) -> Entry:
        entry = item.entry
        which = self._chance.randrange(len(entry.facts))
        raw = entry.facts[which]
        at, bit = self._chance.randrange(len(raw)), 1 << self._chance.randrange(8)
        changed = raw[:at] + bytes([raw[at] ^ bit]) + raw[at + 1 :]
        return replace(entry, facts=(*entry.facts[:which], changed, *entry.facts[which + 1 :]))


class SignsForAnother:
    """Signs a receipt for something else than what was sent."""

    def __init__(self, chance: Random, sign) -> None:
        self._chance = chance
        self._sign = sign
        self.told = False

    def __call__(self, link):
        """Return the line that a desk talks over."""
        return _SigningLine(link, self)

    def receipt(self, true: Receipt) -> Receipt:
        """Return a receipt that is well signed: for another entry, another chain, or none."""
        self.told = True
        said = self._chance.choice(
            [
                replace(true, number=true.number + 1),
                replace(true, hash=ledger.entry_hash(true.hash.encode())),
                replace(true, node="0" * 16),
            ]
        )
        return exchange.signed(said, self._sign)


class _SigningLine(_Line):
    def push(self, *said):
        return self._liar.receipt(self._real.push(*said))

    def begin_push(self, *said):
        answer = self._real.begin_push(*said)
        return lambda: self._liar.receipt(answer())
