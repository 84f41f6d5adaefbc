"""Small files and short lines that want to become gigabytes: the real limits, and what they cost.

What is counted is what the program holds at its worst, by Python's own account; the registry's
whole process is weighed in tests/contracts/test_registry_fuzzing.py.
"""

from __future__ import annotations

import dataclasses
import hashlib

from stockpile.domain import authority_files, courier, exchange, hot_list, ledger, wire
from stockpile.domain.errors import (
    BatchTooLarge,
    CourierForged,
    CourierTooLarge,
    FactUnreadable,
    HotListForged,
    MessageUnreadable,
    StatementDamaged,
)
from tests.attacks import test_mangled_files as mangled
from tests.helpers.mangling import peak_of
from tests.helpers.nightly import nightly
from tests.helpers.sites import Site

SOME = 8 << 20
"""Bytes beside what unfolds: none of what is refused is kept or made into values."""


def bombs(most):
    """What unfolds into as much as is read, and what into more."""
    page = b'{"items":1,"last":1,"log_root":"","log_size":1}\n{"position":1,"public_key":""}\n'
    yield "zeros", bytes(most + 1)
    yield "empty lines", b"\n" * most
    yield "brackets", b"[" * (most - 1) + b"\n"
    yield "a long text", b'{"a":"' + b"a" * (most - 9) + b'"}\n'
    yield "places", page + b'{"p":[[' + b'"AA==",' * (most // 8) + b'""]],"x":[0]}\n'
    yield "items", page * (most // len(page))


def test_a_page_or_a_batch_takes_no_more_than_it_may_unfold_into():
    most = wire.MOST_UNFOLDED
    refused = (MessageUnreadable, BatchTooLarge)
    for name, plain in bombs(most):
        squeezed = wire.squeeze(plain)
        for read in (exchange.unpack_feed, lambda raw: wire.unpack(raw, 5000)):
            peak = peak_of(lambda raw, read=read: read(wire.unfold(raw)), squeezed, *refused)
            assert peak < 2 * most + SOME, (name, peak)


def test_lines_of_an_entry_are_measured_before_they_are_read():
    """Each of these would take ten times its own size, or be kept with those read last."""
    site = Site()
    entry = site.found()
    pairs = b'{"o":[' + b'["",""],' * 1_000_000 + b'["",""]],"s":""}'
    line = entry.header + b"\n" + pairs + b"\n" + entry.facts[0] + b"\n"
    assert peak_of(lambda raw: wire.unpack(raw, 10), line, MessageUnreadable) < len(line) + SOME
    header = entry.header.replace(b'"app":"', b'"app":"' + b"a" * (16 << 20))
    assert peak_of(ledger.read_header, header, FactUnreadable) < SOME


def test_a_hot_list_of_the_registrys_own_takes_no_more_than_a_list_may():
    head, _, _body = mangled.HOT_LISTS[1].partition(b"\n")
    most = hot_list._MOST_UNFOLDED
    for plain in (bytes(most + 1), b"\xff" * most):
        body = wire.squeeze(plain)
        said = dataclasses.replace(
            wire.decode(head, hot_list.HotListHead),
            digest=hashlib.sha256(body).digest(), signature=b"",
        )  # fmt: skip
        signature = mangled.KEYS.sign(hot_list._signed_part(said))
        raw = wire.encode(dataclasses.replace(said, signature=signature)) + b"\n" + body
        peak = peak_of(lambda raw: hot_list.opened(raw, mangled.KEYS.public_key), raw,
                       HotListForged)  # fmt: skip
        assert peak < most + SOME


def test_a_certificate_takes_no_more_than_twice_what_it_may_unfold_into():
    most = authority_files.MOST_UNFOLDED
    for plain in (bytes(most + 1), b"\n" * most):
        squeezed = wire.squeeze(plain)
        peak = peak_of(lambda raw: authority_files.read_inside(raw, "f"), squeezed,
                       StatementDamaged)  # fmt: skip
        assert peak < 2 * most + SOME


@nightly
def test_a_courier_file_takes_no_more_than_twice_what_it_may_unfold_into():
    most = courier.MOST_UNFOLDED
    for plain in (bytes(most + 1), b"\n" * most):
        squeezed = wire.squeeze(plain)
        del plain
        peak = peak_of(lambda raw: courier.unpacked(raw, None, "f"), squeezed,
                       CourierForged, CourierTooLarge)  # fmt: skip
        assert peak < 2 * most + SOME
