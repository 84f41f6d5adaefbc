"""Which disks are refused, by lists of mounts as Linux writes them."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from stockpile.adapters.sqlite.disks import demand_safe, linux_kind

MOUNTS = r"""
/dev/nvme0n1p2 / ext4 rw,relatime 0 0
proc /proc proc rw 0 0
/dev/sdb1 /media/clerk/STICK vfat rw 0 0
/dev/sdc1 /media/clerk/MY\040CARD exfat rw 0 0
/dev/sdd1 /media/clerk/backup ext4 rw 0 0
//server/share /mnt/share cifs rw 0 0
server:/home /home nfs4 rw 0 0
/dev/nvme0n1p3 /home/local xfs rw 0 0
short
""".replace("\nshort\n", "\n")


@pytest.fixture
def system(tmp_path):
    """A list of mounts, and the kernel's flags of two disks: one fixed, one removable."""
    (tmp_path / "mounts").write_text(MOUNTS.lstrip())
    for disk, flag in (("nvme0n1", "0"), ("sdd", "1")):
        (tmp_path / "real" / disk / f"{disk}{'1' if disk == 'sdd' else 'p2'}").mkdir(parents=True)
        (tmp_path / "real" / disk / "removable").write_text(flag + "\n")
    (tmp_path / "block").mkdir()
    (tmp_path / "block" / "sdd1").symlink_to(tmp_path / "real" / "sdd" / "sdd1")
    (tmp_path / "block" / "nvme0n1p2").symlink_to(tmp_path / "real" / "nvme0n1" / "nvme0n1p2")
    return tmp_path / "mounts", tmp_path / "block"


@pytest.mark.skipif(sys.platform == "win32", reason="paths of another system")
@pytest.mark.parametrize(
    ("folder", "kind"),
    [
        ("/var/lib/stockpile", ""),
        ("/media/clerk/STICK/home", "fat"),
        ("/media/clerk/MY CARD", "fat"),
        ("/media/clerk/backup/x", "removable"),
        ("/mnt/share/depot", "network"),
        ("/home/clerk", "network"),
        ("/home/local/clerk", ""),
        ("/media/clerk/STICKY", ""),
    ],
)
def test_a_folder_is_judged_by_its_nearest_mount(system, folder, kind):
    assert linux_kind(Path(folder), *system) == kind


def test_a_system_without_such_a_list_is_not_judged(tmp_path):
    assert linux_kind(Path("/x"), tmp_path / "none", tmp_path) == ""


def test_the_disk_of_the_tests_is_fit(tmp_path):
    demand_safe(tmp_path)
