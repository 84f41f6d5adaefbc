"""A certificate that nobody vouches for, made by hand: it says what it likes and signs itself."""

from __future__ import annotations

import base64
import ssl
from pathlib import Path

from nacl.signing import SigningKey

_ED25519 = bytes.fromhex("300506032b6570")


def self_signed(folder: Path) -> ssl.SSLContext:
    """Return what a server shows that calls itself 127.0.0.1 on its own word."""
    key = SigningKey.generate()
    file = folder / "own.pem"
    file.write_text(_pem("CERTIFICATE", _certificate(key)) + _pem("PRIVATE KEY", _private(key)))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file)
    return context


def _certificate(key: SigningKey) -> bytes:
    name = _der(0x30, _der(0x31, _der(0x30, bytes.fromhex("0603550403") + _der(0x0C, b"registry"))))
    when = _der(0x30, _der(0x17, b"200101000000Z") + _der(0x17, b"491231235959Z"))
    public = _der(0x30, _ED25519 + _der(0x03, b"\0" + bytes(key.verify_key)))
    address = _der(0x30, _der(0x87, bytes([127, 0, 0, 1])))
    named = _der(0x30, bytes.fromhex("0603551d11") + _der(0x04, address))
    body = _der(
        0x30,
        _der(0xA0, _der(0x02, b"\2")) + _der(0x02, b"\1") + _ED25519 + name + when + name + public
        + _der(0xA3, _der(0x30, named)),
    )  # fmt: skip
    return _der(0x30, body + _ED25519 + _der(0x03, b"\0" + key.sign(body).signature))


def _private(key: SigningKey) -> bytes:
    return _der(0x30, _der(0x02, b"\0") + _ED25519 + _der(0x04, _der(0x04, bytes(key))))


def _der(tag: int, body: bytes) -> bytes:
    if len(body) < 0x80:
        return bytes([tag, len(body)]) + body
    length = len(body).to_bytes((len(body).bit_length() + 7) // 8, "big")
    return bytes([tag, 0x80 | len(length)]) + length + body


def _pem(what: str, raw: bytes) -> str:
    return f"-----BEGIN {what}-----\n{base64.encodebytes(raw).decode()}-----END {what}-----\n"
