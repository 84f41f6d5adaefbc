"""Which disks a live database must not stand on: they reorder, lose or share what we wrote.

FAT and exFAT have no journal, sticks and cards lie about what they have stored, and the locks of
network drives do not hold (SQLite, "How To Corrupt An SQLite Database File").
"""

from __future__ import annotations

import ctypes
import sys
from pathlib import Path
from typing import Final

from stockpile.domain.errors import UnsafeDisk

MOUNTS: Final = Path("/proc/self/mounts")
BLOCK_DEVICES: Final = Path("/sys/class/block")
_FAT: Final = frozenset({"vfat", "msdos", "exfat", "fuse.exfat", "fuseblk.exfat"})
_NETWORK: Final = frozenset(
    {
        "nfs", "nfs4", "cifs", "smb3", "smbfs", "afs", "ncpfs", "9p", "ceph", "fuse.sshfs",
        "fuse.rclone", "fuse.davfs", "davfs", "glusterfs", "fuse.glusterfs", "lustre",
    }
)  # fmt: skip
_DRIVE_KINDS: Final = {2: "removable", 4: "network"}


def demand_safe(folder: Path) -> None:
    """Raise UnsafeDisk where a live database would not be safe in this folder."""
    kind = _kind(folder)
    if kind:
        raise UnsafeDisk(str(folder), kind)


def linux_kind(folder: Path, mounts: Path = MOUNTS, devices: Path = BLOCK_DEVICES) -> str:
    """Return "fat", "network" or "removable" for a folder of an unsafe disk, else ""."""
    try:
        lines = mounts.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return ""  # no such list on this system: macOS, or a sealed container
    device, kind = _mount_of(folder, [line.split(" ") for line in lines])
    if kind in _FAT:
        return "fat"
    if kind in _NETWORK:
        return "network"
    return "removable" if _is_removable(device, devices) else ""


def _mount_of(folder: Path, mounts: list[list[str]]) -> tuple[str, str]:
    """Return device and file system of the folder: the last mount on its nearest ancestor."""
    best, found = -1, ("", "")
    for device, point, kind, *_ in mounts:
        place = Path(point.encode().decode("unicode_escape"))
        if len(place.parts) >= best and folder.is_relative_to(place):
            best, found = len(place.parts), (device, kind)
    return found


def _is_removable(device: str, devices: Path) -> bool:
    """Ask the kernel of the disk, which for a partition is the folder above its own."""
    name = Path(device).name
    if not device.startswith("/dev/") or not (devices / name).exists():
        return False
    own = (devices / name).resolve()
    flags = (folder / "removable" for folder in (own, own.parent))
    return any(flag.is_file() and flag.read_text().strip() == "1" for flag in flags)


if sys.platform == "win32":

    def _kind(folder: Path) -> str:
        """Ask Windows of the drive: its kind, and whether its file system is of the FAT family."""
        root = folder.resolve().anchor
        kind = _DRIVE_KINDS.get(ctypes.windll.kernel32.GetDriveTypeW(root), "")
        name = ctypes.create_unicode_buffer(32)
        asked = ctypes.windll.kernel32.GetVolumeInformationW(
            root, None, 0, None, None, None, name, len(name)
        )
        return kind or ("fat" if asked and "FAT" in name.value.upper() else "")

else:

    def _kind(folder: Path) -> str:
        """Ask the list of mounts."""
        return linux_kind(folder.resolve())
