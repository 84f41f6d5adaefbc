"""National officials with offline keys, and what they sign together."""

from __future__ import annotations

from nacl.signing import SigningKey

from stockpile.domain import authority
from stockpile.domain.facts import KeyNamed, RootKey, RootsSet


class Official:
    """Somebody who keeps an offline key."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._key = SigningKey.generate()
        self.public_key = bytes(self._key.verify_key)

    def sign(self, message: bytes) -> bytes:
        return self._key.sign(message).signature

    @property
    def seed(self) -> bytes:
        return bytes(self._key)

    @property
    def hex(self) -> str:
        return self.public_key.hex()


def officials(*names: str) -> tuple[Official, ...]:
    """Return three officials, or as many as are named."""
    return tuple(Official(name) for name in names or ("Okello", "Achieng", "Nakato"))


def signed(statement, *keepers):
    """Return the statement, attested by each of these officials."""
    for one in keepers:
        statement = authority.attested(statement, one.public_key, one.sign)
    return statement


def roots_of(keepers, version=1, threshold=2):
    """Return a version of the roots that names these officials; nobody has signed it."""
    roots = tuple(RootKey(one.name, one.hex) for one in keepers)
    return RootsSet(version, threshold, roots)


def enrolment_key(official, *, withdrawn=False):
    """Return the statement that an official's key enrols nodes, or does so no more."""
    return KeyNamed("enrolment", official.name, official.hex, withdrawn)
