"""One question to a witness, however strangely it is answered: the call ends, and says why."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import pytest

from stockpile.domain.errors import FieldUnreadable
from stockpile.domain.tlog import MOST_NOTE
from stockpile.registry import witness_calls
from stockpile.registry.witness_calls import Answer
from tests.helpers.every import every

SHORT = 1.0
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n"


@contextmanager
def saying(*pieces, endless=b""):
    """A server that hears a question out and says these pieces, and the last one for ever."""
    heard, done = [], threading.Event()
    with socket.create_server(("127.0.0.1", 0)) as server:

        def answer():
            with contextlib.suppress(OSError):
                line, _address = server.accept()
                with line:
                    heard.append(_question(line))
                    for one in pieces:
                        line.sendall(one)
                    while endless:
                        line.sendall(endless)
                    if not pieces:
                        done.wait()

        thread = threading.Thread(target=answer)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.getsockname()[1]}", heard
        finally:
            done.set()
            with contextlib.suppress(OSError):  # whoever never asked leaves nobody waiting for them
                socket.create_connection(server.getsockname(), 1).close()
            server.close()
            thread.join()


def _question(line):
    """Hear a question to its end: its head says how long its body is."""
    said = b""
    while b"\r\n\r\n" not in said:
        said += _more(line)
    head, _, body = said.partition(b"\r\n\r\n")
    length = int(head.lower().split(b"content-length: ")[1].split(b"\r\n")[0])
    while len(body) < length:
        body += _more(line)
    return head + b"\r\n\r\n" + body


def _more(line):
    more = line.recv(1 << 16)
    if not more:
        raise ConnectionError
    return more


def ask(url, patience=10.0):
    (one,) = witness_calls.ask([(url, b"old 0\n\n")], patience)
    return one


def test_what_is_asked_and_what_is_answered():
    with saying(HEAD + b"Content-Length: 5\r\n\r\nsaid\n") as (url, heard):
        assert ask(url) == Answer(200, b"said\n")
    assert heard[0].startswith(b"POST /add-checkpoint HTTP/1.1\r\n")
    assert heard[0].endswith(b"\r\n\r\nold 0\n\n")


def test_a_witness_behind_a_path_is_asked_there():
    with saying(HEAD + b"Content-Length: 0\r\n\r\n") as (url, heard):
        assert ask(witness_calls.read_url(f"{url}/w1/ ")).status == 200
    assert heard[0].startswith(b"POST /w1/add-checkpoint ")


def test_who_asks_may_stand_in_a_loop_of_coroutines():
    with saying(HEAD + b"Content-Length: 5\r\n\r\nsaid\n") as (url, _heard):

        async def asked():
            return ask(url)

        with ThreadPoolExecutor(1) as aside:  # a browser's loop may run on this test's own
            assert aside.submit(lambda: asyncio.run(asked())).result() == Answer(200, b"said\n")


def test_who_never_answers_and_who_never_ends_is_left_when_the_time_is_over():
    with saying() as (url, _heard):
        assert ask(url, SHORT).silence == "slow"
    with saying(endless=b"HTTP/1.1 103 Early Hints\r\n\r\n") as (url, _heard):
        assert ask(url, SHORT).silence == "slow"


def test_no_answer_is_longer_than_a_note_may_be():
    with saying(HEAD + b"\r\n", endless=b"x" * 4096) as (url, _heard):
        assert ask(url).silence == "long"
    whole = b"x" * MOST_NOTE
    with saying(HEAD + b"\r\n" + whole) as (url, _heard):
        assert ask(url) == Answer(200, whole)


def test_what_is_no_http_and_where_nobody_is():
    with saying(b"SSH-2.0-OpenSSH\r\n") as (url, _heard):
        assert ask(url).silence == "nonsense"
    with saying(HEAD + b"Content-Length: 50\r\n\r\ncut") as (url, _heard):
        assert ask(url).silence == "nonsense"
    assert ask(url).silence == "unreachable"


def test_nobody_is_sent_elsewhere():
    away = b"HTTP/1.1 307 Away\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n"
    with saying(away) as (url, _heard):
        assert ask(url).status == 307


def test_all_are_asked_at_the_same_time_and_answered_in_their_order():
    with saying() as (silent, _heard), saying(HEAD + b"Content-Length: 0\r\n\r\n") as (url, _there):
        told = witness_calls.ask([(silent, b""), (url, b"")], SHORT)
    assert [one.silence or one.status for one in told] == ["slow", 200]
    assert witness_calls.ask([]) == ()


@every([
    (b"0\n", 0), (b"20852014\n", 20852014), (b"7", 7), (b"", None), (b"-1\n", None),
    (b"007\n", None), (b"9" * 17, None), (b"7\n7\n", None), ("٣\n".encode(), None),
])  # fmt: skip
def test_the_size_that_a_witness_holds(pair):
    body, size = pair
    assert Answer(409, body).size == size
    assert Answer(200, body).size is None


@every([
    "ftp://x", "http://", "x", "", "http://a@b", "http://b?c", "http://b#c", "http://[",
    "http://b:99999", "file:///etc", "http://\u2066x", "javascript:alert(1)", "http://a b",
])  # fmt: skip
def test_what_is_no_address_of_a_witness(text):
    with pytest.raises(FieldUnreadable):
        witness_calls.read_url(text)


def test_an_address_is_kept_bare():
    assert witness_calls.read_url(" https://w.example/x/ ") == "https://w.example/x"
    assert witness_calls.read_url("http://[::1]:8080") == "http://[::1]:8080"
