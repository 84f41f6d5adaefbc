from __future__ import annotations

import socket
import threading
from contextlib import contextmanager

import httpx
import pytest
import uvicorn
from uvicorn.protocols.http.h11_impl import H11Protocol

from stockpile.registry.connections import MOST_HEAD, PatientConnection
from stockpile.registry.service import Service
from stockpile.registry.serving import config, listening
from tests.helpers.asking import until_closed, wire_to

ASKED = b"GET / HTTP/1.1\r\nhost: x\r\n\r\n"
LARGE = 32 << 20
"""Bytes: more than any line holds unread."""


async def plain(scope, receive, send):
    """Answers shortly, or at length where it is asked to."""
    assert scope["type"] == "http"
    await send({"type": "http.response.start", "status": 200, "headers": []})
    body = bytes(LARGE) if scope["path"] == "/large" else b"ok"
    await send({"type": "http.response.body", "body": body})


@contextmanager
def running():
    server = uvicorn.Server(config(plain, Service()))
    server.config.lifespan = "off"
    with listening("127.0.0.1:0") as opened:
        thread = threading.Thread(target=server.run, kwargs={"sockets": [opened]})
        thread.start()
        try:
            yield f"http://127.0.0.1:{opened.getsockname()[1]}", server
        finally:
            server.should_exit = True
            thread.join()


def test_an_answers_body_does_not_wait_until_its_head_is_acknowledged(monkeypatch):
    seen = []

    def noting(self, *given):
        opened = self.transport.get_extra_info("socket")
        seen.append(opened.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY))
        H11Protocol.on_response_complete(self, *given)

    monkeypatch.setattr(PatientConnection, "on_response_complete", noting)
    with running() as (url, _server):
        assert httpx.get(url).text == "ok"
    assert seen == [1]


@pytest.mark.parametrize("before", [b"", b"GET / HTTP/1.1\r\nhos", ASKED + b"GET / HT"])
def test_a_head_that_does_not_come_ends_the_line(before, monkeypatch):
    monkeypatch.setattr(PatientConnection, "head_seconds", 0.1)
    with running() as (url, _server), wire_to(url) as opened:
        opened.sendall(before)
        heard = until_closed(opened)
    assert heard.count(b"200 OK") == before.count(ASKED)


@pytest.mark.logs_warnings
def test_a_head_without_end_is_refused():
    with running() as (url, _server), wire_to(url) as opened:
        opened.sendall(b"GET / HTTP/1.1\r\nlong: " + b"x" * (MOST_HEAD * 5))
        assert until_closed(opened)[:12] in (b"HTTP/1.1 400", b"")


def test_an_answer_that_nobody_takes_ends_the_line(monkeypatch):
    monkeypatch.setattr(PatientConnection, "taking_seconds", 0.1)
    with running() as (url, server), wire_to(url) as opened:
        opened.sendall(ASKED.replace(b"/ ", b"/large ", 1))
        while not (begun := opened.recv(1)):
            pass
        assert begun
        while server.server_state.connections:
            threading.Event().wait(0.01)
        assert len(until_closed(opened)) < LARGE


def test_a_line_that_asks_again_and_again_stays_open(monkeypatch):
    monkeypatch.setattr(PatientConnection, "head_seconds", 30)
    with running() as (url, _server), wire_to(url) as opened:
        for _ in range(5):
            opened.sendall(ASKED)
            heard = b""
            while not heard.endswith(b"0\r\n\r\n") and not heard.endswith(b"ok"):
                heard += opened.recv(1 << 16)
