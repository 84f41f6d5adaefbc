"""Bytes as a torn line, a bad stick or an enemy leaves them, made from real samples.

What is only noise falls at the first check. A real sample that lost a piece, says a part twice, has
another's middle or counts wrongly comes further in. It is bent by plain chance: a thousand bent
samples are made while hypothesis draws twenty. Noise is left to hypothesis, which makes it small.
"""

from __future__ import annotations

import json
import random
import re
import tracemalloc
from collections.abc import Callable, Sequence

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from stockpile.domain.errors import StockpileError
from tests.helpers.nightly import NIGHTLY, examples

Bend = Callable[[random.Random, bytes, bytes], bytes]

_NUMBER = re.compile(rb"[0-9]+")
_ODD_NUMBERS = (b"0", b"-1", b"1e400", b"1.5", b"9007199254740992", b"9" * 30, b"9" * 5_000)
_ODD_VALUES = (
    None, True, -1, 2**70, 1.5, "", "\x00\u202e", "a" * 5_000, [], {}, [[]] * 50, {"a": {"b": []}},
)  # fmt: skip
_MOST_REPEATED, _LONGEST_REPEATED = 300, 40


def mangled(chance: random.Random, samples: Sequence[bytes]) -> bytes:
    """Return one of the samples, bent one to four times."""
    raw = chance.choice(samples)
    for _ in range(chance.randint(1, 4)):
        raw = chance.choice(_BENDS)(chance, raw, chance.choice(samples))
    return raw


def _flipped(chance: random.Random, raw: bytes, _other: bytes) -> bytes:
    at = chance.randint(0, len(raw))
    changed = bytes(one ^ 1 << chance.randint(0, 7) for one in raw[at : at + 1])
    return raw[:at] + changed + raw[at + 1 :]


def _cut(chance: random.Random, raw: bytes, _other: bytes) -> bytes:
    first, last = sorted(chance.randint(0, len(raw)) for _ in range(2))
    return raw[:first] + (raw[last:] if chance.random() < 0.5 else b"")


def _repeated(chance: random.Random, raw: bytes, _other: bytes) -> bytes:
    at = chance.randint(0, len(raw))
    piece = raw[at : at + chance.randint(1, _LONGEST_REPEATED)]
    return raw[:at] + piece * chance.randint(1, _MOST_REPEATED) + raw[at:]


def _spliced(chance: random.Random, raw: bytes, other: bytes) -> bytes:
    return raw[: chance.randint(0, len(raw))] + other[chance.randint(0, len(other)) :]


def _recounted(chance: random.Random, raw: bytes, _other: bytes) -> bytes:
    """Give one number another value: a length, a count, a version."""
    found = [one.span() for one in _NUMBER.finditer(raw)]
    if not found:
        return raw
    first, last = chance.choice(found)
    near = b"%d" % (int(raw[first:last][:9]) + chance.choice((-1, 1)))
    return raw[:first] + chance.choice((near, *_ODD_NUMBERS)) + raw[last:]


def _lines_swapped(chance: random.Random, raw: bytes, _other: bytes) -> bytes:
    lines = raw.split(b"\n")
    one, other = chance.randrange(len(lines)), chance.randrange(len(lines))
    lines[one], lines[other] = lines[other], lines[one]
    return b"\n".join(lines)


def _line_dropped_or_twice(chance: random.Random, raw: bytes, _other: bytes) -> bytes:
    lines = raw.split(b"\n")
    at = chance.randrange(len(lines))
    lines[at : at + 1] = lines[at : at + 1] * chance.choice((0, 2))
    return b"\n".join(lines)


def _of_another_kind(chance: random.Random, raw: bytes, _other: bytes) -> bytes:
    """Give one key of one line's JSON a value of another kind, in canonical form."""
    lines = raw.split(b"\n")
    at = chance.randrange(len(lines))
    try:
        said = json.loads(lines[at])
    except (ValueError, RecursionError):
        return raw
    if not isinstance(said, dict) or not said:
        return raw
    said[chance.choice(sorted(said))] = chance.choice(_ODD_VALUES)
    lines[at] = json.dumps(said, separators=(",", ":"), sort_keys=True).encode()
    return b"\n".join(lines)


def _inserted(chance: random.Random, raw: bytes, _other: bytes) -> bytes:
    at = chance.randint(0, len(raw))
    return raw[:at] + chance.randbytes(chance.randint(1, 8)) + raw[at:]


_BENDS: tuple[Bend, ...] = (
    _flipped, _cut, _repeated, _spliced, _recounted, _lines_swapped, _line_dropped_or_twice,
    _of_another_kind, _inserted,
)  # fmt: skip


def demand_named(
    read: Callable[[bytes], object], samples: Sequence[bytes], *named: type[StockpileError],
    also: tuple[type[StockpileError], ...] = (), times: int = 600,
) -> None:  # fmt: skip
    """Read samples, all of which are good, and then mangled ones: only named errors may come.

    Each kind that is named must come, so that the samples are seen to be bent at all; those of
    ``also`` may. The same bytes in every run; by night there are ten times as many.
    """
    for sample in samples:
        read(sample)
    seen: set[type[StockpileError]] = set()

    def reading(raw: bytes) -> None:
        try:
            read(raw)
        except (*named, *also) as error:
            seen.add(type(error))
        except Exception as error:
            error.add_note(f"with {raw[:2_000]!r}")
            raise

    chance = random.Random(len(samples))
    for _ in range(times * 10 if NIGHTLY else times):
        reading(mangled(chance, samples))
    _noise_into(reading)
    assert seen >= set(named), seen


def _noise_into(reading: Callable[[bytes], None]) -> None:
    @settings(
        max_examples=examples(100), deadline=None, database=None, derandomize=True,
        phases=[Phase.generate], suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(raw=st.binary(max_size=200))
    def noise(raw: bytes) -> None:
        reading(raw)

    noise()


def peak_of(read: Callable[[bytes], object], raw: bytes, *named: type[StockpileError]) -> int:
    """Return how many bytes of memory were taken at most while these were refused by name."""
    tracemalloc.start()
    try:
        with pytest.raises(named):
            read(raw)
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
