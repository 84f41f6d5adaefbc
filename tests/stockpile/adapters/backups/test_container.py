from __future__ import annotations

import io

import msgspec
import pytest
from nacl.signing import SigningKey

from stockpile.adapters.backups import container
from stockpile.adapters.backups.container import Manifest, Part
from stockpile.domain.errors import BackupDamaged
from stockpile.domain.ledger import node_id

KEY = SigningKey(b"k" * 32)
PUBLIC = bytes(KEY.verify_key)


def manifest(*parts, **said):
    usual = {
        "node": node_id(PUBLIC), "key": PUBLIC.hex(), "at": 1, "number": 1, "seq": 1,
        "head": "0" * 64, "entries": 1, "facts": 1, "weapons": 0, "conflicts": 0, "photos": 0,
    }  # fmt: skip
    return Manifest(**{**usual, **said}, parts=parts)


def sign(message):
    return KEY.sign(message).signature


def written(said, *files):
    out = io.BytesIO()
    container.write(out, said, files, sign)
    return io.BytesIO(out.getvalue())


@pytest.mark.parametrize(
    "name",
    ["../keys.json", "/etc/passwd", "profiles/../x.toml", "profiles/list-a/b.toml", "C:x", ""],
)
def test_a_name_that_no_home_has_is_refused_even_when_signed(tmp_path, name):
    opened = written(manifest(Part(name, 0, "")))
    with pytest.raises(BackupDamaged, match="names"):
        container.read_manifest(opened, tmp_path)


def test_a_name_twice_is_refused(tmp_path):
    part = Part("keys.json", 0, "")
    with pytest.raises(BackupDamaged, match="names"):
        container.read_manifest(written(manifest(part, part)), tmp_path)


def test_a_key_that_is_not_the_nodes_is_refused(tmp_path):
    with pytest.raises(BackupDamaged, match="signature"):
        container.read_manifest(written(manifest(node="a" * 16)), tmp_path)


def test_a_manifest_of_another_shape_is_refused(tmp_path):
    raw = container.MAGIC + msgspec.json.encode({"node": "x"}) + b"\n" + b"0" * 128
    with pytest.raises(BackupDamaged, match="manifest"):
        container.read_manifest(io.BytesIO(raw), tmp_path)


def test_what_was_written_is_proved(tmp_path):
    file = tmp_path / "keys.json"
    file.write_bytes(b"content")
    said = manifest(container.part_of("keys.json", file))
    packed = tmp_path / "x.backup"
    packed.write_bytes(written(said, file).getvalue())
    assert container.prove(packed) == said
    assert said.part("keys.json").size == 7
    assert said.part("journal.db") is None
