from __future__ import annotations

import socket
import threading
from contextlib import contextmanager

import pytest

from stockpile.adapters.http.public_log import HttpPublicLogs
from stockpile.domain import tlog, witnessing
from stockpile.domain.errors import (
    FieldUnreadable,
    RegistryNonsense,
    RegistryRefused,
    RegistrySlow,
    RegistryUnreachable,
)
from tests.helpers.registries import answering, open_registry

HUGE = b"HTTP/1.1 200 OK\r\ncontent-length: 999999999\r\n\r\n" + bytes(witnessing.MOST_OFFER + 1)
ELSEWHERE = b"HTTP/1.1 302 Found\r\nlocation: http://127.0.0.1:9/\r\ncontent-length: 0\r\n\r\n"


@contextmanager
def liar(answer):
    """Say one thing to the first who calls."""
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def say():
            caller, _ = listening.accept()
            with caller:
                caller.recv(65_536)
                caller.sendall(answer)
                caller.settimeout(5)
                while answer and caller.recv(65_536):
                    pass

        thread = threading.Thread(target=say)
        thread.start()
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        thread.join()


@pytest.fixture(scope="module")
def registry(tmp_path_factory):
    opened = open_registry(str(tmp_path_factory.mktemp("registry") / "registry.db"))
    with answering(opened.books) as url:
        yield opened, url
    opened.database.close()


def test_a_real_registry_offers_its_head_to_whoever_asks(registry):
    opened, url = registry
    offer = witnessing.read_offer(HttpPublicLogs().offer(f"{url}/", 0))
    key = opened.books.key
    tlog.demand_signed(offer.note, tlog.log_key(tlog.origin_of(key.node), key.public_key))
    assert tlog.read_checkpoint(offer.note.text).size == opened.books.head().size


def test_what_it_does_not_take_is_said_by_its_reason(registry):
    _opened, url = registry
    logs = HttpPublicLogs()
    with pytest.raises(RegistryRefused) as refused:
        logs.hand_in(url, b"noise")
    assert refused.value.reason == "unreadable"
    with pytest.raises(RegistryRefused):
        logs.offer(url, 10**9)
    with pytest.raises(RegistryRefused):
        logs.hand_in(url, bytes(tlog.MOST_NOTE + 1))


def test_nobody_there_and_no_address_at_all():
    logs = HttpPublicLogs(patience=2)
    with pytest.raises(RegistryUnreachable):
        logs.offer("http://127.0.0.1:9", 0)
    for url in ("", "registry", "ftp://registry", "file:///etc/passwd"):
        with pytest.raises(FieldUnreadable):
            logs.offer(url, 0)


def test_an_endless_answer_is_cut_off_and_no_redirect_is_followed():
    with liar(HUGE) as url, pytest.raises(RegistryNonsense):
        HttpPublicLogs(patience=5).offer(url, 0)
    with liar(ELSEWHERE) as url, pytest.raises(RegistryRefused):
        HttpPublicLogs(patience=5).offer(url, 0)
    with liar(b"") as url, pytest.raises(RegistryUnreachable):
        HttpPublicLogs(patience=5).offer(url, 0)


def test_whoever_says_nothing_is_slow():
    with socket.create_server(("127.0.0.1", 0)) as silent, pytest.raises(RegistrySlow):
        HttpPublicLogs(patience=0.2).offer(f"http://127.0.0.1:{silent.getsockname()[1]}", 0)
