"""The system's safe: what it holds is read back, what is no secret is none."""

from __future__ import annotations

import keyring
import keyring.backends.fail
import keyring.backends.null
import pytest

from stockpile.adapters.keys.system_safe import SystemSafe
from stockpile.app import open_home
from stockpile.domain.errors import (
    SystemSafeLocked,
    SystemSafeMissing,
    SystemSafeSilent,
    SystemSecretMissing,
    SystemSecretOther,
    WrongPassphrase,
)
from tests.helpers.house import PASSPHRASE
from tests.helpers.safes import SOCKETS, real_safe
from tests.stockpile.services.test_keys import Safe, house

__all__ = ["house", "real_safe"]

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


class Strange(Safe):
    """A safe that raises what no library of keyrings names."""

    priority = 0  # nobody else's: the library finds every class that is a safe

    def get_password(self, service, username):
        raise ConnectionResetError(service, username)

    set_password = delete_password = get_password


def test_whatever_a_safe_raises_it_gave_nothing():
    keyring.set_keyring(Strange())
    assert SystemSafe().read("node") is None
    SystemSafe().forget("node")
    with pytest.raises(SystemSafeMissing):
        SystemSafe().keep("node", SECRET)


# --- against a real one -------------------------------------------------------------------------


def test_a_real_safe_keeps_reads_and_forgets(real_safe):
    safe = SystemSafe()
    assert safe.is_there()
    assert safe.read("node") is None
    safe.forget("node")
    safe.keep("node", SECRET)
    safe.keep("other", b"o" * 32)
    assert (safe.read("node"), safe.read("other")) == (SECRET, b"o" * 32)
    safe.keep("node", b"n" * 32)
    assert safe.read("node") == b"n" * 32
    safe.forget("node")
    assert (safe.read("node"), safe.read("other")) == (None, b"o" * 32)


@SOCKETS
def test_a_real_safe_that_is_locked_silent_or_gone_is_told_apart(real_safe):
    safe = SystemSafe(patience=1)
    safe.keep("node", SECRET)
    with real_safe.silent(), pytest.raises(SystemSafeSilent):
        safe.read("node")
    assert SystemSafe().read("node") == SECRET  # and goes on when it answers again
    real_safe.lock()
    for act in (lambda: safe.read("node"), lambda: safe.keep("node", SECRET)):
        with pytest.raises(SystemSafeLocked):
            act()
    safe.forget("node")
    real_safe.kill()
    with pytest.raises((SystemSafeLocked, SystemSafeMissing, SystemSafeSilent)):
        safe.keep("node", SECRET)


@SOCKETS
def test_a_home_with_a_real_second_factor_opens_and_says_what_is_wrong_with_the_safe(
    real_safe, house
):
    desk, second, safe = house.stockpile.key_desk, house.second, SystemSafe()
    desk.make_sheet(by=house.officer, witness=second)
    desk.use_keyring(PASSPHRASE, on=True, by=house.officer, witness=second)
    node = house.stockpile.keys.node
    house.stockpile.close()
    open_home(house.home, PASSPHRASE).close()
    with pytest.raises(WrongPassphrase):
        open_home(house.home, "another passphrase altogether")
    secret = safe.read(node)
    safe.keep(node, b"x" * 32)
    with pytest.raises(SystemSecretOther):
        open_home(house.home, PASSPHRASE)
    safe.forget(node)
    with pytest.raises(SystemSecretMissing):
        open_home(house.home, PASSPHRASE)
    safe.keep(node, secret)
    real_safe.lock()
    with pytest.raises(SystemSafeLocked):
        open_home(house.home, PASSPHRASE)
