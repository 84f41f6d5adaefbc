"""Backups made by hand to write where they should not, to fill the memory, to bring a stranger."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from nacl.signing import SigningKey

from stockpile.adapters.backups import container
from stockpile.adapters.backups.container import Manifest, Part
from stockpile.app import open_home, restore_backup
from stockpile.domain.errors import BackupDamaged, PhotoDamaged
from stockpile.domain.ledger import node_id
from stockpile.services.restoring import Approval
from tests.helpers.attacks import sentence, signed_in
from tests.helpers.files import a_picture
from tests.helpers.house import PASSPHRASE, PIN, TOLD, copied_house

KEY = SigningKey(b"k" * 32)
PUBLIC = bytes(KEY.verify_key)
APPROVAL = Approval(PASSPHRASE, (TOLD.officer, PIN))
TRICKS = (
    "../keys.json", "/etc/passwd", "..\\keys.json", "C:\\x", "\\\\host\\share", "CON", "nul.txt",
    "keys.json/../../x", "KEYS.JSON", "keys.json.", "keys.json ", "keys.json\0x", "profiles/",
    "profiles/list-../x.toml", "profiles/list-a\\..\\x.toml", "photos/ab/cd", "anchor.json",
    "lock", "stockpile.db-wal",
)  # fmt: skip


def forged(file: Path, *parts: Part, content: bytes = b"") -> Path:
    """Write a backup that somebody signed with a key of their own."""
    said = Manifest(
        node=node_id(PUBLIC), key=PUBLIC.hex(), at=1, number=1, seq=1, head="0" * 64, entries=1,
        facts=1, weapons=0, conflicts=0, photos=0, parts=parts,
    )  # fmt: skip
    out = io.BytesIO()
    container.write(out, said, [], lambda message: KEY.sign(message).signature)
    file.write_bytes(out.getvalue() + content)
    return file


def test_no_name_in_a_backup_leads_out_of_the_restored_home(tmp_path):
    for name in TRICKS:
        file = forged(tmp_path / "x.backup", Part(name, 4, "0" * 64), content=b"evil")
        with pytest.raises(BackupDamaged) as refused:
            restore_backup(file, tmp_path / "new", APPROVAL)
        assert "Nothing was taken from it." in sentence(refused.value), name
    assert sorted(one.name for one in tmp_path.iterdir()) == ["x.backup"]


@pytest.mark.parametrize("size", [-1, 10**15])
def test_a_backup_that_lies_about_its_sizes_is_refused(tmp_path, size):
    file = forged(tmp_path / "x.backup", Part("keys.json", size, "0" * 64), content=b"evil")
    with pytest.raises(BackupDamaged) as refused:
        restore_backup(file, tmp_path / "new", APPROVAL)
    assert "Use an older one" in sentence(refused.value)
    assert not (tmp_path / "new").exists()


def test_a_photo_beside_a_backup_that_leads_elsewhere_brings_nothing_readable(tmp_path):
    """A link in the place of a sealed photo: what it led to does not open as that photo."""
    built = copied_house(tmp_path / "home")
    weapon = built.register("KB 1")
    built.stockpile.photographs.add(weapon, a_picture(), "left", "", by=built.officer)
    made = built.stockpile.backups.write(tmp_path / "stick", by=built.officer)
    built.stockpile.close()
    (tmp_path / "secret").write_bytes(b"root:x:0:0")
    (photo,) = (one for one in (tmp_path / "stick" / "photos").rglob("*") if one.is_file())
    photo.unlink()
    photo.symlink_to(tmp_path / "secret")
    restore_backup(made.file, tmp_path / "new", APPROVAL)
    with open_home(tmp_path / "new", PASSPHRASE) as stockpile:
        with pytest.raises(PhotoDamaged) as refused:
            stockpile.checking.check()
        assert "is not what it was when it was taken in" in sentence(refused.value)
        assert stockpile.books.weapon(weapon).photos
        assert signed_in(stockpile)
