"""Bring what Debian's own packages must bring: for the machine as root, else for us alone."""

from __future__ import annotations

import os
import re
import shutil
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from stockpile._bootstrap.tools import demand, run, say

# Drivers, compilers and scripts that the packages drag in: hundreds of megabytes that a window
# painted in software and a test server never load. And what no Debian is without.
NOT_UNPACKED = re.compile(
    r"libllvm|libz3|mesa-|lib(gl1|gl|glx|egl)-mesa|libglapi|libgbm|libdrm|libsensors|libpciaccess"
    r"|perl|libperl|lib.*-perl$|ssl-cert|libc6$|libc-bin|libgcc|libstdc|gcc-|debconf"
)


def as_root() -> list[str] | None:
    """Return what makes a command run as root without asking, or None where nothing does."""
    if sys.platform != "win32" and shutil.which("apt-get"):
        if os.geteuid() == 0:
            return []
        if shutil.which("sudo") and run(["sudo", "-n", "true"]).returncode == 0:
            return ["sudo", "-n"]
    return None


def apt_install(packages: Sequence[str]) -> bool:
    """Install Debian packages for the whole machine, where we may; say whether that was done."""
    root = as_root()
    if root is None:
        return False
    say("installing system packages: " + " ".join(packages))
    apt = [*root, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-q"]
    apt += ["-o", "DPkg::Lock::Timeout=300"]
    install = [*apt, "install", "-y", "--no-install-recommends", *packages]
    if run(install).returncode == 0:
        return True
    run([*apt, "update"])
    return run(install).returncode == 0


def unpack(packages: Sequence[str], into: Path) -> bool:
    """Unpack what the system lacks of these Debian packages into a folder of ours, without root.

    No package script runs. A folder that exists is complete. Says whether it does.
    """
    if into.is_dir():
        return True
    if not (shutil.which("apt-get") and shutil.which("dpkg-deb")):
        return False
    say("unpacking system packages for this program alone: " + " ".join(packages))
    into.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=into.parent) as folder:
        work = Path(folder)
        for name in ("lists/partial", "cache/archives/partial", "debs", "root"):
            (work / name).mkdir(parents=True)
        if not fetch(packages, work):
            return False
        for archive in sorted((work / "debs").glob("*.deb")):
            demand(run(["dpkg-deb", "-x", archive, work / "root"]))
        (work / "root").rename(into)
    return True


def fetch(packages: Sequence[str], work: Path) -> bool:
    """Download the packages and those they need, verified by apt, with apt's state in `work`."""
    apt = ["apt-get", "-q", "-o", f"Dir::State::lists={work / 'lists'}"]
    apt += ["-o", f"Dir::Cache={work / 'cache'}", "-o", "Debug::NoLocking=1"]
    apt += ["-o", "APT::Sandbox::User="]
    run([*apt, "update"])  # a dead foreign source fails it even though Debian's lists have come
    plan = run([*apt, "install", "-y", "--no-install-recommends", "--print-uris", *packages])
    names = to_unpack(plan.stdout)
    download = ["env", "-C", work / "debs", *apt, "download", *names]
    return bool(names) and run(download).returncode == 0


def to_unpack(plan: str) -> list[str]:
    """Read apt's plan: the packages that are missing and worth unpacking."""
    names = re.findall(r"(?m)^'[^']+' ([a-z0-9.+-]+)_", plan)
    return sorted(name for name in set(names) if not NOT_UNPACKED.match(name))


def libraries_in(folder: Path) -> str:
    """Return the library path of an unpacked folder."""
    found = [*folder.glob("usr/lib/*-linux-*"), *folder.glob("lib/*-linux-*")]
    return os.pathsep.join(sorted(map(str, found)))
