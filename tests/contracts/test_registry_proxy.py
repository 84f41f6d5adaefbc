"""The registry behind a real nginx with the shipped configuration: TLS, two instances, one dies."""

from __future__ import annotations

import re
import socket
import ssl
from contextlib import ExitStack, closing, contextmanager

import httpx
import pytest

from stockpile.adapters.clock import SystemChance, SystemClock
from stockpile.adapters.http.registry_link import HttpRegistryLinks
from stockpile.domain.errors import BatchTooLarge, RegistryAsksToWait
from stockpile.domain.ledger import Entry
from stockpile.registry.second_factor import STEP
from stockpile.services.exchange import Exchanging
from tests.bench.exchange_history import a_depot
from tests.helpers.proxies import proxied
from tests.helpers.registries import open_registry, own_process
from tests.helpers.sites import CountingChance, SettableClock, SiteKeys
from tests.helpers.talks import Talk
from tests.helpers.visitors import Browser, House

FACTS = 5_000
CALLER = "127.0.0.9"
"""Another address of this machine, as a caller has one."""


@pytest.fixture
def country(postgres):
    """A registry on PostgreSQL that was just founded."""
    url = postgres.new_database()
    opened = open_registry(url)
    yield opened
    opened.database.close()
    postgres.drop(url)


@contextmanager
def behind_nginx(registry, instances=1, changed=()):
    """Run so many instances of a registry behind nginx; give the proxy and their processes."""
    with ExitStack() as stack:
        started = [
            stack.enter_context(
                own_process(registry.url, "127.0.0.1:0", "--forwarded-by", "127.0.0.1")
            )
            for _one in range(instances)
        ]
        places = [url.partition("//")[2] for _running, url in started]
        proxy = stack.enter_context(proxied(places, changed))
        yield proxy, [running for running, _url in started]


@pytest.fixture
def trusting(monkeypatch):
    """Let this computer believe a proxy's certificate; return what a caller's TLS then is."""

    def believe(proxy):
        monkeypatch.setenv("SSL_CERT_FILE", str(proxy.certificate))
        return ssl.create_default_context()

    return believe


def linked(proxy):
    links = HttpRegistryLinks(SiteKeys(), SettableClock(), CountingChance())
    return links.open(proxy.url, None)


def test_one_of_two_instances_dies_while_a_depot_sends_and_the_depot_notices_nothing(
    country, trusting, tmp_path
):
    node = a_depot(tmp_path / "depot", FACTS, 10)
    with behind_nginx(country, instances=2) as (proxy, running):
        trusting(proxy)
        code = country.enrolment.make_code("Gulu", "GUL")
        links = HttpRegistryLinks(node.keys, SystemClock(), SystemChance())
        talk = Talk(Exchanging(node.books, node.keys, links, node.clock))
        talk.enrol(proxy.url, code, "Gulu")

        def after_the_first_batch(*_how_far):
            running[0].kill()
            running[0].wait()

        done = talk.sync(proxy.url, after_the_first_batch)
        assert running[0].returncode is not None
        assert (done.trouble, done.sent >= FACTS) == (None, True)
        assert country.books.tip(node.keys.node).number == node.books.tip().number
        with closing(links.open(proxy.url, None)) as link:
            assert {link.hello().registry for _one in range(20)} == {country.books.key.node}
    node.close()


def test_when_none_is_left_the_desk_is_asked_to_come_again(country, trusting):
    with behind_nginx(country) as (proxy, running):
        trusting(proxy)
        running[0].kill()
        running[0].wait()
        with closing(linked(proxy)) as link, pytest.raises(RegistryAsksToWait) as asked:
            link.hello()
        assert asked.value.seconds == 5


def test_what_nginx_itself_refuses_is_said_in_the_protocols_words(country, trusting):
    narrower = (
        ("client_max_body_size          1m;", "client_max_body_size 1k;"),
        ("limit_conn registry_lines     64;", "limit_conn registry_lines 1;"),
    )
    with behind_nginx(country, changed=narrower) as (proxy, _running):
        believed = trusting(proxy)
        link = linked(proxy)
        noise = bytes(range(256)) * 8 + SystemChance().bytes(2_000)
        with pytest.raises(BatchTooLarge):
            link.push(SiteKeys().node, [Entry(b"{}", bytes(64), (noise,))])
        host, _, port = proxy.url.partition("//")[2].partition(":")
        with (
            socket.create_connection((host, int(port))) as plain,
            believed.wrap_socket(plain, server_hostname=host) as held,
        ):
            # a request whose body does not come holds the one line that this address may have:
            # from when nginx asks for the body
            held.sendall(
                b"POST /v1/enrol HTTP/1.1\r\nhost: r\r\ncontent-length: 9\r\n"
                b"expect: 100-continue\r\n\r\n"
            )
            assert held.recv(1024).startswith(b"HTTP/1.1 100 ")
            with pytest.raises(RegistryAsksToWait) as asked:
                link.hello()
            assert asked.value.seconds == 5
        link.close()


def test_a_visitor_signs_in_by_their_own_address_and_a_cookie_for_https_alone(country, trusting):
    house = House(country)
    country.clock.at = SystemClock().now() - 2 * STEP
    amina = house.first()
    with behind_nginx(country, instances=2) as (proxy, _running):
        by = httpx.HTTPTransport(verify=trusting(proxy), local_address=CALLER)
        claim = {"x-forwarded-for": "203.0.113.9", "forwarded": "for=203.0.113.9"}
        with Browser(proxy.url, transport=by, headers=claim, timeout=60) as visitor:
            first = visitor.get("/", follow_redirects=False)
            assert (first.status_code, first.headers["location"]) == (303, "/sign-in")
            door = visitor.open("/sign-in")
            country.clock.at = SystemClock().now() - STEP
            page = visitor.sign_in(amina)
            assert page.url.path == "/", page.text
            given = [one for seen in (door, *page.history) for one in cookies(seen)]
            assert {"door", "__Host-stockpile"} <= {one.partition("=")[0] for one in given}
            assert all({"HttpOnly", "Secure"} <= set(one.split("; ")) for one in given)
            for name in ("strict-transport-security", "x-frame-options"):
                assert len(page.headers.get_list(name)) == 1, name
            log = visitor.open("/audit").text
            told = {"csrf": visitor.token()}
            stick = {"courier": ("a.courier", bytes(2 << 20))}  # more than a batch may be
            refused = visitor.post("/couriers", data=told, files=stick)
            assert (refused.status_code, 'role="alert"' in refused.text) == (400, True)
        assert CALLER in log
        assert "203.0.113.9" not in log


def cookies(answer):
    return answer.headers.get_list("set-cookie")


def test_the_proxy_writes_down_no_address_no_path_and_no_word(country, trusting):
    with behind_nginx(country) as (proxy, running):
        believed = trusting(proxy)
        running[0].kill()
        running[0].wait()
        by = httpx.HTTPTransport(verify=believed, local_address=CALLER)
        with httpx.Client(base_url=proxy.url, transport=by) as visitor:
            away = visitor.get("/search?q=ZQ7719PLANTED")
        assert (away.status_code, "Try again in a minute" in away.text) == (503, True)
        assert away.headers["retry-after"] == "5"
        proxy.running.terminate()
        proxy.running.wait()
        written = {
            one.name: one.read_text("utf-8")
            for one in proxy.folder.iterdir()
            if one.is_file() and one.suffix in ("", ".log")
        }
        assert re.match(r"\S+ 503 GET \d+ ", written["registry.log"])
        assert not any(
            word in text
            for text in written.values()
            for word in (CALLER, "ZQ7719PLANTED", "/search")
        )
