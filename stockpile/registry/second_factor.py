"""The second factor of who signs in: six digits by the clock (RFC 6238), each good once.

The verifier takes the step before, this one and the next (RFC 6238 section 5.2 and 6: one step of
delay, and a clock that is a little off), and never a step that was used or lies before a used one.
Ten recovery codes stand in for it, once each; only their digests are kept.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
import secrets
from typing import Final

import pyotp
import zxingcpp

from stockpile.domain.values import Instant

STEP: Final = 30_000
"""Milliseconds for which one code is shown."""
_DRIFT: Final = (-1, 0, 1)
_SECRET_BYTES: Final = 20
_CODES: Final = 10
_CODE_BYTES: Final = 10
_ISSUER: Final = "Stockpile"
_PATH: Final = re.compile(r'<path d="([MHVhvmzZ0-9.\- ]+)"')
_SIZE: Final = re.compile(r'<svg width="(\d+)"')


def new_secret() -> str:
    """Return a new shared secret, in the letters that authenticator programs take."""
    return secret_of(secrets.token_bytes(_SECRET_BYTES))


def secret_of(raw: bytes) -> str:
    """Return twenty secret bytes as a shared secret."""
    return base64.b32encode(raw).decode()


def secret_for(session: str, seed: bytes, purpose: bytes) -> str:
    """Return the secret that a session is shown for a purpose: the same as often as it looks.

    It is made of the key that the passphrase opened, and of this session alone: nothing is kept
    of it until a device has proved that it holds it.
    """
    made = hashlib.blake2b(session.encode(), key=seed, digest_size=_SECRET_BYTES, person=purpose)
    return secret_of(made.digest())


def step_of(secret: str, digits: str, at: Instant, last: int) -> int | None:
    """Return the step whose code was typed, if it is near now and later than the last used one."""
    typed = "".join(digits.split())
    if not (secret and typed.isascii() and typed.isdigit()):
        return None
    now = at // STEP
    shown = pyotp.TOTP(secret)
    found = None
    for step in (now + drift for drift in _DRIFT):
        # every step is compared, in constant time: nobody learns by the clock which was near
        if hmac.compare_digest(shown.generate_otp(step), typed) and step > last:
            found = step
    return found


def address_of(secret: str, login: str, registry: str) -> str:
    """Return what an authenticator program reads: an otpauth address."""
    named = f"{login} ({registry})" if registry else login
    return pyotp.TOTP(secret).provisioning_uri(name=named, issuer_name=_ISSUER)


def drawn(address: str) -> tuple[int, str]:
    """Return a QR code's side and its dark squares as an SVG path, quiet zone included."""
    said = zxingcpp.create_barcode(address, zxingcpp.BarcodeFormat.QRCode, ecLevel="M").to_svg()
    size, path = _SIZE.search(said), _PATH.search(said)
    assert size is not None
    assert path is not None
    return int(size[1]), path[1]


def new_codes() -> tuple[str, ...]:
    """Return ten recovery codes as they are shown, once."""
    return tuple(_shown(secrets.token_bytes(_CODE_BYTES)) for _ in range(_CODES))


def code_hash(code: str) -> str:
    """Return the digest of a recovery code, however it was typed.

    Eighty random bits need no slow hash: nobody tries them all.
    """
    bare = re.sub(r"[\s-]", "", code).upper().replace("0", "O").replace("1", "I")
    return hashlib.sha256(bare.encode(errors="replace")).hexdigest()


def _shown(code: bytes) -> str:
    text = base64.b32encode(code).decode()
    return "-".join(text[at : at + 4] for at in range(0, len(text), 4))
