"""The age format, version 1 (age-encryption.org/v1): what a courier file is locked with.

A file key is wrapped for each receiver (X25519) or under words (scrypt); the content goes in chunks
of 64 KiB under a key drawn from it. Any age program opens what this writes with the same keys, and
the other way round. age does not say who wrote a file: the courier's signature does.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from nacl.bindings import (
    crypto_aead_chacha20poly1305_ietf_decrypt,
    crypto_aead_chacha20poly1305_ietf_encrypt,
    crypto_scalarmult,
    crypto_scalarmult_base,
    crypto_sign_ed25519_pk_to_curve25519,
)
from nacl.exceptions import CryptoError

Agree = Callable[[bytes], bytes]
"""X25519: another side's share in, the shared secret out; the key never leaves its keeper."""
Random = Callable[[int], bytes]

_INTRO: Final = b"age-encryption.org/v1\n"
_INFO: Final = b"age-encryption.org/v1/X25519"
_SCRYPT: Final = b"age-encryption.org/v1/scrypt"
_KEY: Final = 16
_SHARE: Final = 32
_NONCE: Final = 16
_TAG: Final = 16
_CHUNK: Final = 64 << 10
_LINE: Final = 64
_WORK: Final = 15
"""Log 2 of the scrypt work for words that are random already: 32 MiB, a tenth of a second."""
_MOST_WORK: Final = 18
_MOST_STANZAS: Final = 20
_ZERO: Final = bytes(12)


class NotLocked(Exception):
    """The bytes are no age file, or are not whole."""


class NotForUs(Exception):
    """The file is locked for somebody else, or with other words."""


@dataclass(frozen=True, slots=True)
class _Stanza:
    args: tuple[str, ...]
    body: bytes


def recipient(public_key: bytes) -> bytes:
    """Return the X25519 key of a node, from its Ed25519 key; raises NotForUs for no key at all."""
    try:
        return crypto_sign_ed25519_pk_to_curve25519(public_key)
    except (CryptoError, TypeError, ValueError) as error:
        raise NotForUs from error


def lock_for(plain: bytes, recipients: Sequence[bytes], random: Random) -> bytes:
    """Return the content locked for the holders of these X25519 keys."""
    file_key = random(_KEY)
    stanzas = [_wrapped(file_key, one, random(_SHARE)) for one in recipients]
    return _locked(plain, file_key, stanzas, random)


def lock_with(plain: bytes, words: str, random: Random) -> bytes:
    """Return the content locked with words."""
    file_key, salt = random(_KEY), random(16)
    body = _seal(_stretched(words, salt, _WORK), _ZERO, file_key)
    return _locked(plain, file_key, [_Stanza(("scrypt", _text(salt), str(_WORK)), body)], random)


def unlock(locked: bytes, public: bytes, agree: Agree, words: str = "") -> bytes:
    """Return the content, opened by our X25519 key or by words; raises NotLocked, NotForUs."""
    stanzas, mac, header, payload = _read(locked)
    file_key = next(filter(None, _tries(stanzas, public, agree, words)), None)
    if file_key is None:
        raise NotForUs
    if not hmac.compare_digest(mac, _mac(file_key, header)):
        raise NotLocked
    return _opened(file_key, payload)


def is_for_words(locked: bytes) -> bool:
    """Say whether words open it; raises NotLocked."""
    return any(one.args[:1] == ("scrypt",) for one in _read(locked)[0])


def _tries(
    stanzas: Sequence[_Stanza], public: bytes, agree: Agree, words: str
) -> Iterator[bytes | None]:
    for one in stanzas:
        match one.args:
            case ("X25519", share):
                yield _unwrapped(one.body, _bytes(share), public, agree)
            case ("scrypt", salt, work) if words and len(stanzas) == 1:
                if not work.isascii() or not work.isdigit() or not 0 < int(work) <= _MOST_WORK:
                    raise NotLocked
                yield _unseal(_stretched(words, _bytes(salt), int(work)), _ZERO, one.body)
            case _:
                continue


def _wrapped(file_key: bytes, public: bytes, secret: bytes) -> _Stanza:
    share = crypto_scalarmult_base(secret)
    key = _derived(crypto_scalarmult(secret, public), share + public, _INFO)
    return _Stanza(("X25519", _text(share)), _seal(key, _ZERO, file_key))


def _unwrapped(body: bytes, share: bytes, public: bytes, agree: Agree) -> bytes | None:
    if len(share) != _SHARE or len(body) != _KEY + _TAG:
        raise NotLocked
    try:
        secret = agree(share)
    except (CryptoError, RuntimeError) as error:  # a share of low order agrees with everybody
        raise NotLocked from error
    return _unseal(_derived(secret, share + public, _INFO), _ZERO, body)


def _locked(plain: bytes, file_key: bytes, stanzas: Sequence[_Stanza], random: Random) -> bytes:
    header = _INTRO + b"".join(map(_lines, stanzas)) + b"---"
    nonce = random(_NONCE)
    key = _derived(file_key, nonce, b"payload")
    chunks = (
        _seal(key, _counted(number, is_last=is_last), part)
        for number, part, is_last in _parts(plain, _CHUNK)
    )
    mac = _text(_mac(file_key, header)).encode()
    return b"".join((header, b" ", mac, b"\n", nonce, *chunks))


def _opened(file_key: bytes, payload: bytes) -> bytes:
    key = _derived(file_key, payload[:_NONCE], b"payload")
    opened = []
    for number, part, is_last in _parts(payload[_NONCE:], _CHUNK + _TAG):
        plain = _unseal(key, _counted(number, is_last=is_last), part)
        if plain is None or (not plain and number):
            raise NotLocked
        opened.append(plain)
    return b"".join(opened)


def _parts(content: bytes, size: int) -> Iterator[tuple[int, bytes, bool]]:
    """Give number, part and whether it is the last one; nothing at all is one empty part."""
    count = max(1, -(-len(content) // size))
    for number in range(count):
        yield number, content[number * size : (number + 1) * size], number == count - 1


def _read(locked: bytes) -> tuple[list[_Stanza], bytes, bytes, bytes]:
    """Return the stanzas, the header's MAC, the header and the payload."""
    if not locked.startswith(_INTRO):
        raise NotLocked
    at, stanzas = len(_INTRO), list[_Stanza]()
    while not locked.startswith(b"--- ", at):
        stanza, at = _stanza(locked, at)
        stanzas.append(stanza)
        if len(stanzas) > _MOST_STANZAS:
            raise NotLocked
    end = locked.find(b"\n", at)
    if end < 0 or len(locked) < end + 1 + _NONCE + _TAG:
        raise NotLocked
    mac = _bytes(_ascii(locked[at + 4 : end]))
    return stanzas, mac, locked[: at + 3], locked[end + 1 :]


def _stanza(locked: bytes, at: int) -> tuple[_Stanza, int]:
    line, at = _line(locked, at)
    if not line.startswith("-> "):
        raise NotLocked
    text, full = "", True
    while full:
        part, at = _line(locked, at)
        text, full = text + part, len(part) == _LINE
        if len(part) > _LINE:
            raise NotLocked
    return _Stanza(tuple(line[3:].split(" ")), _bytes(text)), at


def _line(locked: bytes, at: int) -> tuple[str, int]:
    end = locked.find(b"\n", at, at + 1024)
    if end < 0:
        raise NotLocked
    return _ascii(locked[at:end]), end + 1


def _lines(stanza: _Stanza) -> bytes:
    text = _text(stanza.body)
    parts = [text[at : at + _LINE] for at in range(0, len(text), _LINE)]
    if not parts or len(parts[-1]) == _LINE:
        parts.append("")
    return "".join(f"{line}\n" for line in (" ".join(("->", *stanza.args)), *parts)).encode()


def _mac(file_key: bytes, header: bytes) -> bytes:
    return hmac.digest(_derived(file_key, b"", b"header"), header, hashlib.sha256)


def _derived(secret: bytes, salt: bytes, info: bytes) -> bytes:
    """Return 32 bytes by HKDF with SHA-256 (RFC 5869)."""
    drawn = hmac.digest(salt or bytes(32), secret, hashlib.sha256)
    return hmac.digest(drawn, info + b"\x01", hashlib.sha256)


def _stretched(words: str, salt: bytes, work: int) -> bytes:
    return hashlib.scrypt(
        words.encode(), salt=_SCRYPT + salt, n=1 << work, r=8, p=1, maxmem=1 << 29, dklen=32
    )


def _counted(number: int, *, is_last: bool) -> bytes:
    return number.to_bytes(11, "big") + bytes([is_last])


def _seal(key: bytes, nonce: bytes, plain: bytes) -> bytes:
    return crypto_aead_chacha20poly1305_ietf_encrypt(plain, None, nonce, key)


def _unseal(key: bytes, nonce: bytes, sealed: bytes) -> bytes | None:
    try:
        return crypto_aead_chacha20poly1305_ietf_decrypt(sealed, None, nonce, key)
    except (CryptoError, ValueError):
        return None


def _text(raw: bytes) -> str:
    return base64.b64encode(raw).decode().rstrip("=")


def _bytes(text: str) -> bytes:
    try:
        raw = base64.b64decode(text + "=" * (-len(text) % 4), validate=True)
    except (binascii.Error, ValueError) as error:
        raise NotLocked from error
    if _text(raw) != text:
        raise NotLocked
    return raw


def _ascii(raw: bytes) -> str:
    try:
        return raw.decode("ascii")
    except UnicodeDecodeError as error:
        raise NotLocked from error
