"""Pictures made to crash a decoder or to fill the memory: refused, or read in bounded memory.

Each file is read in a process of its own whose memory the system bounds; what it took is measured.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from stockpile.domain.errors import PhotoUnreadable
from tests.helpers import hostile_pictures
from tests.helpers.attacks import sentence

ROOT = Path(__file__).parents[2]
MOST_TAKEN = 600 * 2**20
"""Bytes of memory that one picture of forty million pixels may take for a moment."""
READING = """
import json, resource, sys
from pathlib import Path
from stockpile.adapters.photos.pictures import prepared
from stockpile.domain.errors import PhotoUnreadable

def peak():
    said = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) * 1024 for line in said if line.startswith("VmHWM"))

resource.setrlimit(resource.RLIMIT_CPU, (60, 60))
before, told = peak(), {}
for file in sorted(Path(sys.argv[1]).iterdir()):
    try:
        ready = prepared(file)
        told[file.stem] = f"{ready.width}x{ready.height}"
    except PhotoUnreadable as error:
        told[file.stem] = error.why
print(json.dumps([peak() - before, told]))
"""
EXPECTED = {
    "large_and_clear": "1600x1000",
    "large_progressive": "1600x1000",
    "huge_png": "too_many_pixels",
    "huge_webp": {"too_many_pixels", "broken"},
    "huge_jpeg": "too_many_pixels",
    "huge_bmp": "too_many_pixels",
    "huge_tiff": "too_many_pixels",
    "large_with_nothing_behind": "broken",
    "remarks_that_unfold": "broken",
    "profile_that_unfolds": {"broken", "8x8"},
    "endless_scans": "broken",
    "tiff_in_a_ring": "8x8",
    "animated": "8x8",
    "exif_that_points_at_itself": "8x8",
}


@pytest.mark.skipif(sys.platform != "linux", reason="asks the system how much memory was taken")
def test_no_picture_fills_the_memory_or_keeps_the_processor(tmp_path):
    made = hostile_pictures.all_of_them()
    assert made.keys() == EXPECTED.keys()
    for name, content in made.items():
        assert len(content) < 2**22, name
        (tmp_path / f"{name}.jpg").write_bytes(content)
    run = subprocess.run(
        [sys.executable, "-c", READING, str(tmp_path)],
        capture_output=True, text=True, check=False, cwd=ROOT,
    )  # fmt: skip
    assert run.returncode == 0, run.stderr
    taken, told = json.loads(run.stdout)
    for name, expected in EXPECTED.items():
        allowed = expected if isinstance(expected, set) else {expected}
        assert told[name] in allowed, name
    assert taken < MOST_TAKEN


def test_a_clerk_reads_what_to_do(house, tmp_path):
    weapon = house.register("KB 1")
    file = tmp_path / "left.jpg"
    file.write_bytes(hostile_pictures.endless_scans())
    with pytest.raises(PhotoUnreadable) as refused:
        house.stockpile.photographs.add(weapon, file, "left", "", by=house.officer)
    said = sentence(refused.value)
    assert "left.jpg is no photo that can be read" in said
    assert said.endswith("Nothing was kept. Take a JPEG or PNG file.")
    assert house.stockpile.books.weapon(weapon).photos == ()
