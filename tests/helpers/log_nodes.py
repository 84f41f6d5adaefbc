"""Nodes with their books and proofs, and witnesses, beside real registries."""

from __future__ import annotations

from nacl.signing import SigningKey

from stockpile.adapters.http.registry_link import HttpRegistryLinks
from stockpile.adapters.log_memory.files import LogMemoryFile
from stockpile.domain import witnessing
from stockpile.domain.witnessing import Witness
from stockpile.registry import cosigning
from stockpile.registry.books import RegistryBooks
from stockpile.registry.database import Database
from stockpile.registry.enrolment import Enrolment
from stockpile.registry.keys import RegistryKey
from stockpile.services.exchange import Exchanging
from stockpile.services.log_proofs import LogProofs
from tests.helpers.registries import Registry
from tests.helpers.sites import CountingChance, SettableClock, a_weapon, open_site
from tests.helpers.talks import Talk

WITNESS = SigningKey(bytes([7]) * 32)
WITNESS_KEY = bytes(WITNESS.verify_key)
SECOND = 1_790_000_000


class Node:
    """A node with its own books, its proofs, and a line that a test may tamper with."""

    def __init__(self, folder, wrap=lambda link: link):
        self.folder = folder
        self.site = open_site(folder)
        books, keys, clock = self.site.books, self.site.keys, self.site.clock
        self.memory = LogMemoryFile(folder)
        self.proofs = LogProofs(books, keys, self.memory, clock, books.receipts)
        self.wrap = wrap
        self._real = HttpRegistryLinks(keys, clock, CountingChance(), 10.0)
        self.talk = Talk(Exchanging(books, keys, self, clock, None, None, self.proofs))

    def open(self, url, registry_key):
        return self.wrap(self._real.open(url, registry_key))

    def enrol(self, registry, url):
        self.talk.enrol(url, registry.enrolment.make_code("Kampala"), "Kampala")

    def write(self, entries=1):
        for number in range(entries):
            name = f"{self.site.keys.node[:4]}-{self.site.books.tip().number}-{number}"
            self.site.books.record([a_weapon(name)], by=None)

    def standing(self):
        (peer,) = self.site.books.peers()
        return self.proofs.standing(peer.registry)


class Line:
    """A real line to a registry, but for what a test says instead."""

    def __init__(self, real):
        self._real = real

    def __getattr__(self, name):
        return getattr(self._real, name)


def witness(registry, second=SECOND):
    """Let a named witness cosign the newest head."""
    registry.clock.at += 2000
    key = Witness("Inspectorate", WITNESS_KEY, is_attested=False).keys[0]
    offer = cosigning.offer(registry.books, 0)
    note = witnessing.cosigned(offer, key, second, lambda said: WITNESS.sign(said).signature)
    cosigning.take(registry.books, note.to_bytes())


def twin_of(registry, file):
    """Return the same registry, of the same key, with another history."""
    clock, database = SettableClock(), Database(str(file))
    clock.at += 99_000
    books = RegistryBooks(database, RegistryKey(registry.books.key.seed), clock.now)
    return Registry("twin", database, books, Enrolment(books), clock)
