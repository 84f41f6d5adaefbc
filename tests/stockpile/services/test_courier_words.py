"""What is said of photos in courier files, in plain words."""

from __future__ import annotations

from pathlib import Path

from stockpile.domain.errors import CourierForged
from stockpile.domain.facts import Photo
from stockpile.domain.values import Digest, WeaponId
from stockpile.language import plain
from stockpile.services import courier_words
from stockpile.services.courier_meetings import Refused
from stockpile.services.courier_photos import PhotosTaken
from stockpile.services.photo_errands import Carried, PhotosSeen
from stockpile.services.photo_packing import PhotoLoad, PhotosPacked
from tests.helpers.every import every_row

FILE = Path("/stick/a.courier.photos")
SPOILT = Refused(FILE, CourierForged(str(FILE), "end"))


@every_row([
    (0, "0 kB"), (1, "1 kB"), (999_000, "999 kB"), (1_000_000, "1.0 MB"), (9_940_000, "9.9 MB"),
    (256_000_000, "256 MB"),
])  # fmt: skip
def test_sizes_are_said_as_they_are_read(size, said):
    assert plain(courier_words.data_size(size)) == said


def test_what_would_go_along_is_said_with_what_stays():
    photos = tuple((WeaponId("w"), Photo(Digest(str(at)), size=400_000)) for at in range(3))
    load = PhotoLoad(None, photos)
    assert plain(courier_words.load_sentence(load, 10_000_000)) == "3 photos, 1.2 MB"
    said = plain(courier_words.load_sentence(load, 900_000))
    assert said == "2 photos, 800 kB. 1 photo stays for the next file."


def test_what_would_come_is_said():
    class Found:
        fresh, size, stayed = frozenset("ab"), 2_000, 4

    said = [plain(one) for one in courier_words.seen_sentences(PhotosSeen((Found,), (SPOILT,)))]
    assert said[0] == "Photos, after the record: 2 photos, 2 kB."
    assert said[1].startswith("4 photos stayed behind there")
    assert "is not what its sender signed" in said[2]
    Found.fresh, Found.stayed = frozenset(), 0
    (known,) = courier_words.seen_sentences(PhotosSeen((Found,)))
    assert known == "All photos in it are here already."
    assert courier_words.seen_sentences(PhotosSeen()) == []


def test_what_came_of_it_is_said():
    taken = PhotosTaken(FILE, "Gulu", kept=2, unshown=1)
    packed = PhotosPacked(FILE, 3, 5_000_000, left=7)
    done = Carried((taken,), (packed,), (SPOILT,))
    said = [plain(one) for one in courier_words.carried_sentences(done)]
    assert said[0] == "2 photos came."
    assert said[1].startswith("1 photo was left in the file: no record here shows it.")
    assert said[2:4] == ["Photos beside it: 3 photos, 5.0 MB.", "7 photos stay for the next file."]
    assert "a.courier.photos" in said[4]
    assert courier_words.carried_sentences(Carried()) == []
