"""A real safe of a system: a session bus of its own, and a Secret Service with an open keyring."""

from __future__ import annotations

import contextlib
import gc
import os
import shutil
import signal
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

import keyring
import pytest

SOCKETS = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
"""For tests that lock a real safe: `keyring` leaves its socket open where that refuses."""
PROGRAMS = ("dbus-daemon", "gnome-keyring-daemon")
_TRIES, _PAUSE = 200, 0.05
_BUS = """\
<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>{address}</listen>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
"""


@dataclass
class RealSafe:
    """The Secret Service of somebody who is signed in to the system."""

    service: subprocess.Popen[bytes]

    def lock(self) -> None:
        """Lock every keyring, as a screen lock or an administrator does."""
        secretstorage = pytest.importorskip("secretstorage")
        with contextlib.closing(secretstorage.dbus_init()) as bus:
            collection = secretstorage.get_default_collection(bus)
            collection.lock()
            assert collection.is_locked()

    @contextlib.contextmanager
    def silent(self):
        """Have it answer nothing for a while."""
        os.kill(self.service.pid, signal.SIGSTOP)
        try:
            yield
        finally:
            os.kill(self.service.pid, signal.SIGCONT)

    def kill(self) -> None:
        """Take it away, as a crash does; nothing starts another one."""
        self.service.kill()
        self.service.wait()


@pytest.fixture
def real_safe(tmp_path, monkeypatch):
    """A safe in a home of its own; skipped where this system cannot start one."""
    missing = [one for one in PROGRAMS if shutil.which(one) is None]
    if missing:
        pytest.skip(f"no real Secret Service can be started here: {', '.join(missing)} is missing")
    pytest.importorskip("secretstorage")
    home = tmp_path / "login"
    home.mkdir()
    for name in ("HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_RUNTIME_DIR"):
        monkeypatch.setenv(name, str(home))
    for name in ("DISPLAY", "WAYLAND_DISPLAY"):  # nobody is there whom it could ask
        monkeypatch.delenv(name, raising=False)
    before = keyring.get_keyring()
    with _bus(home) as address:
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", address)
        with _service() as service:
            from keyring.backends import SecretService  # noqa: PLC0415 - of this system alone

            keyring.set_keyring(SecretService.Keyring())
            _wait_until_open()
            yield RealSafe(service)
    keyring.set_keyring(before)
    gc.collect()  # the sockets of a safe that was locked are its own test's


@contextlib.contextmanager
def _bus(home: Path):
    """A bus that starts nothing by itself: two services would race for one name."""
    rules = home / "bus.conf"
    rules.write_text(_BUS.format(address=f"unix:path={home}/bus"), encoding="utf-8")
    command = ("dbus-daemon", f"--config-file={rules}", "--nofork", "--nopidfile",
               "--print-address=1")  # fmt: skip
    with _running(command, stdout=subprocess.PIPE) as bus:
        assert bus.stdout is not None
        yield bus.stdout.readline().decode().strip()


@contextlib.contextmanager
def _service():
    command = ("gnome-keyring-daemon", "--foreground", "--unlock", "--components=secrets")
    with _running(command, stdin=subprocess.PIPE) as service:
        assert service.stdin is not None
        service.stdin.write(b"the password of the computer")
        service.stdin.close()
        service.stdin = None
        yield service


@contextlib.contextmanager
def _running(command: tuple[str, ...], stdin: int | None = None, stdout: int = subprocess.DEVNULL):
    """Run a program, and end it however the test ends; it may be stopped, deaf or gone by then."""
    with subprocess.Popen(command, stdin=stdin, stdout=stdout, stderr=subprocess.DEVNULL) as one:
        try:
            yield one
        finally:
            one.kill()


def _wait_until_open() -> None:
    import secretstorage  # noqa: PLC0415 - of this system alone

    for _try in range(_TRIES):
        trouble = (secretstorage.exceptions.SecretStorageException, OSError)
        with contextlib.suppress(*trouble), contextlib.closing(secretstorage.dbus_init()) as bus:
            if not secretstorage.get_default_collection(bus).is_locked():
                return
        time.sleep(_PAUSE)
    pytest.skip("the Secret Service of this system does not open a keyring by a password given")
