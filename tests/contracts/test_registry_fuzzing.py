"""Whatever comes over the line is taken in, or refused by a named error; and memory stays bounded.

Real batches are bent in every way: their lines cut, swapped, repeated, their JSON given other
values. The honest batch is taken in afterwards as if nothing had been.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import httpx
import pytest
import zstandard
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from stockpile.domain import exchange, wire
from stockpile.domain.errors import CodeUnknown, MessageUnreadable, NodeQuarantined
from stockpile.domain.exchange import MOST_BYTES, BlockRequest, EnrolRequest
from stockpile.registry import intake
from stockpile.registry.answers import ANSWERS
from stockpile.registry.blocks import Granting
from tests.helpers.asking import asker
from tests.helpers.nightly import examples
from tests.helpers.registries import open_registry, own_process
from tests.helpers.sites import Site, SiteKeys, a_weapon

NAMED = tuple(ANSWERS)
HOSTILE = ("\x00", "\u202e\uffff", "a" * 5_000, "'; DROP TABLE node; --", "", "\n")
GROWTH = 400 << 20
"""Bytes by which the worst request may make the process grow: what unfolds, a few times over."""
LOOSE = settings(
    max_examples=examples(400), suppress_health_check=list(HealthCheck), deadline=None
)  # fmt: skip

numbers = st.integers(-(2**70), 2**70)
values = st.recursive(
    st.none() | st.booleans() | numbers | st.text(max_size=8) | st.sampled_from(HOSTILE),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3)
    ),
    max_leaves=5,
)  # fmt: skip


@st.composite
def bent(draw, lines):
    """Lines of a real batch, bent."""
    found = list(lines)
    for _ in range(draw(st.integers(1, 3))):
        at = draw(st.integers(0, len(found) - 1))
        match draw(st.sampled_from(("value", "byte", "drop", "twice", "swap", "noise"))):
            case "value":
                found[at] = _other_value(draw, found[at])
            case "byte":
                spot = draw(st.integers(0, max(len(found[at]) - 1, 0)))
                one = bytes([draw(st.integers(0, 255))])
                found[at] = found[at][:spot] + one + found[at][spot + 1 :]
            case "drop" if len(found) > 1:
                del found[at]
            case "twice":
                found.insert(at, found[at])
            case "swap":
                found[at], found[-1] = found[-1], found[at]
            case _:
                found[at] = draw(st.binary(max_size=30))
    return b"".join(line + b"\n" for line in found)


def _other_value(draw, line):
    """Give one key of a line's JSON another value; what is no JSON any more stays as it is."""
    try:
        said = json.loads(line)
    except ValueError:
        return line
    if not isinstance(said, dict) or not said:
        return line
    said[draw(st.sampled_from(sorted(said)))] = draw(values)
    return json.dumps(said, separators=(",", ":"), sort_keys=True).encode()


def test_bent_batches_are_refused_by_name_and_the_honest_one_is_taken(registry):
    site = Site()
    registry.enrol(site)
    site.found_with_officers()
    site.write(a_weapon("w1"), a_weapon("w2"))
    honest = wire.pack(site.entries)
    refused = set()

    @LOOSE
    @given(raw=bent(honest.splitlines()), take=st.sampled_from((intake.take, intake.take_ahead)))
    def pushing(raw, take):
        try:
            take(registry.books, site.node, wire.squeeze(raw))
        except NodeQuarantined:
            raise AssertionError("nobody but the node itself can make it distrusted") from None
        except NAMED as error:
            refused.add(type(error))

    pushing()
    assert MessageUnreadable in refused
    receipt = intake.take(registry.books, site.node, wire.squeeze(honest))
    assert receipt.number == len(site.entries)
    assert not registry.books.evidence()


def test_noise_in_place_of_messages_is_refused_by_name(registry):
    site = Site()
    registry.enrol(site)
    granting = Granting(registry.books)

    @LOOSE
    @given(said=values)
    def asking(said):
        body = json.dumps(said).encode()
        for shape in (EnrolRequest, BlockRequest):
            with pytest.raises(MessageUnreadable):
                wire.decode(body, shape)

    @LOOSE
    @given(scheme=st.sampled_from(HOSTILE) | st.text(), count=numbers, nth=numbers)
    def granted(scheme, count, nth):
        with pytest.raises(NAMED):
            granting.answer(site.node, BlockRequest(scheme, count, nth))

    asking()
    granted()


def test_no_name_and_no_code_makes_more_of_an_enrolment_than_a_no(registry):
    for word in HOSTILE:
        keys = SiteKeys()
        said = EnrolRequest(keys.node, keys.public_key, word, word, word, b"")
        with pytest.raises((CodeUnknown, MessageUnreadable)):
            registry.enrolment.enrol(exchange.signed(said, keys.sign))
        coded = EnrolRequest(
            keys.node, keys.public_key, word, word, registry.enrolment.make_code(""), b""
        )
        try:
            registry.enrolment.enrol(exchange.signed(coded, keys.sign))
        except MessageUnreadable:
            continue
        assert registry.books.node(keys.node).status == "enrolled"


def bombs():
    """Bodies of at most a megabyte that want to become very much more."""
    most = wire.MOST_UNFOLDED
    yield "zeros", wire.squeeze(bytes(most + 1))
    yield "empty lines", wire.squeeze(b"\n" * most)
    yield "short lines", wire.squeeze(b"ab\n" * (most // 3))
    yield "brackets", wire.squeeze(b"[" * (most - 1) + b"\n")
    yield "one long text", wire.squeeze(b'{"a":"' + b"a" * (most - 9) + b'"}\n')
    window = zstandard.ZstdCompressionParameters(window_log=27, compression_level=1)
    yield (
        "a wide window",
        zstandard.ZstdCompressor(compression_params=window).compress(bytes(1 << 28)),
    )
    yield "deep", b"[" * MOST_BYTES
    yield "wide", b'{"a":1,' * (MOST_BYTES // 7)


@pytest.mark.skipif(sys.platform != "linux", reason="memory is read from /proc")
def test_nothing_that_fits_through_the_door_becomes_gigabytes(tmp_path):
    registry = open_registry(str(tmp_path / "registry.db"))
    site = Site()
    registry.enrol(site)
    registry.database.close()
    with own_process(registry.url) as (running, url):
        registry.clock.at = httpx.get(f"{url}/v1/hello", trust_env=False).json()["now"]
        before = most_used(running.pid)
        with asker(url, site.keys, registry.clock) as ask:
            for name, body in bombs():
                assert len(body) <= MOST_BYTES, name
                for path in ("commits", "urgent", "shares", "finds"):
                    answer = ask("POST", f"/v1/nodes/{site.node}/{path}", body=body)
                    assert answer.status_code in (400, 413), (name, path)
                for path in ("/v1/enrol", "/v1/blocks"):
                    assert ask("POST", path, body=body).status_code == 400, (name, path)
                assert most_used(running.pid) - before < GROWTH, name


def most_used(pid):
    """Bytes of memory that a process had at its largest."""
    status = Path(f"/proc/{pid}/status").read_text()
    return int(status.partition("VmHWM:")[2].split()[0]) << 10
