"""The system's safe: what it holds is read back, what is no secret is none."""

from __future__ import annotations

import keyring
import keyring.backends.fail
import keyring.backends.null
import pytest

from stockpile.adapters.keys.system_safe import SystemSafe
from stockpile.domain.errors import SystemSafeMissing
from tests.stockpile.services.test_keys import Safe

SECRET = b"s" * 32


@pytest.fixture(autouse=True)
def _usual_safe_afterwards():
    before = keyring.get_keyring()
    yield
    keyring.set_keyring(before)


def test_what_was_kept_is_read_and_forgotten():
    keyring.set_keyring(Safe())
    safe = SystemSafe()
    assert safe.is_there()
    assert safe.read("node") is None
    safe.keep("node", SECRET)
    assert (safe.read("node"), safe.read("other")) == (SECRET, None)
    safe.forget("node")
    assert safe.read("node") is None


def test_where_there_is_no_safe_nothing_is_kept():
    for backend in (keyring.backends.null.Keyring(), keyring.backends.fail.Keyring()):
        keyring.set_keyring(backend)
        safe = SystemSafe()
        assert not safe.is_there()
        assert safe.read("node") is None
        safe.forget("node")
        with pytest.raises(SystemSafeMissing):
            safe.keep("node", SECRET)


def test_what_another_program_put_there_is_no_secret():
    own = Safe()
    keyring.set_keyring(own)
    for strange in ("nonsense", "aa", "é"):
        own.set_password("stockpile second factor", "node", strange)
        assert SystemSafe().read("node") is None
