"""Whoever answers in the registry's place: other certificate, other road, other history."""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from stockpile.adapters.http.registry_link import HttpRegistryLinks
from stockpile.domain.errors import RegistryNonsense, RegistryUntrusted
from tests.helpers.attacks import sentence
from tests.helpers.certificates import self_signed
from tests.helpers.sites import CountingChance, SettableClock, SiteKeys


@contextmanager
def answering(answer: bytes, context: ssl.SSLContext | None = None) -> Iterator[tuple[int, list]]:
    """Answer every caller alike; what they said is heard, where they came to saying it."""
    heard: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def answer_all() -> None:
            while True:
                try:
                    caller, _ = listening.accept()
                except OSError:
                    return
                with caller:
                    try:
                        line = context.wrap_socket(caller, server_side=True) if context else caller
                        heard.append(line.recv(65_536))
                        line.sendall(answer)
                    except OSError:
                        continue

        thread = threading.Thread(target=answer_all)
        thread.start()
        try:
            yield listening.getsockname()[1], heard
        finally:
            listening.shutdown(socket.SHUT_RDWR)
            thread.join()


def linked(url):
    return HttpRegistryLinks(SiteKeys(), SettableClock(), CountingChance(), 5.0).open(url, None)


def test_a_certificate_that_nobody_vouches_for_is_told_nothing(tmp_path):
    with answering(b"", self_signed(tmp_path)) as (port, heard):
        link = linked(f"https://127.0.0.1:{port}")
        with pytest.raises(RegistryUntrusted) as refused:
            link.hello()
        link.close()
    assert heard == []
    assert "CERTIFICATE_VERIFY_FAILED" in sentence(refused.value)
    assert "is not trusted by this computer" in sentence(refused.value)
    assert "install the certificate of the authority" in sentence(refused.value)


def test_no_redirect_leads_to_another_server():
    with answering(b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}") as (other, heard):
        moved = f"HTTP/1.1 307 Moved\r\nlocation: http://127.0.0.1:{other}/\r\n\r\n".encode()
        with answering(moved) as (port, _heard):
            link = linked(f"http://127.0.0.1:{port}")
            with pytest.raises(RegistryNonsense) as refused:
                link.tip(SiteKeys().node)
            link.close()
    assert heard == []
    assert "Nothing was changed." in sentence(refused.value)
