from __future__ import annotations

import socket

import httpx
import pytest
from prometheus_client.parser import text_string_to_metric_families

from stockpile.domain.errors import FieldUnreadable, PortMissing, RegistryBusy
from stockpile.registry import metrics
from stockpile.registry.metrics import Figures, scraped
from stockpile.registry.standing import Standing, standing


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return taken.getsockname()[1]


def figures_at(port):
    text = httpx.get(f"http://127.0.0.1:{port}/metrics", trust_env=False).text
    return {
        (sample.name, *sorted(sample.labels.items())): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


def test_what_was_asked_and_what_is_held_are_shown_on_a_port_of_their_own(registry, site):
    counting, port = Figures(), free_port()
    counting.answered("GET", "/v1/feed", 200, 0.2)
    counting.taken_in(120, 4_000)
    shown = scraped(counting, lambda: standing(registry.database))
    end = metrics.listen(f"127.0.0.1:{port}", shown)
    try:
        found = figures_at(port)
    finally:
        end()
    route = (("method", "GET"), ("route", "/v1/feed"))
    assert found["stockpile_registry_requests_total", *route, ("status", "200")] == 1
    assert found["stockpile_registry_request_seconds_sum", *route] == pytest.approx(0.2)
    assert found["stockpile_registry_batch_facts_sum",] == 120
    assert found["stockpile_registry_batch_bytes_count",] == 1
    assert found["stockpile_registry_database_up",] == 1
    assert found["stockpile_registry_log_size",] == registry.books.head().size
    assert found["stockpile_registry_nodes", ("status", "enrolled")] == 2
    with pytest.raises(httpx.ConnectError):
        figures_at(port)


def test_a_silent_database_is_said_and_the_rest_still_shown():
    def silent():
        raise RegistryBusy("gone")

    families = {one.name: one for one in scraped(Figures(), silent).collect()}
    assert families["stockpile_registry_database_up"].samples[0].value == 0
    assert "stockpile_registry_log_size" not in families
    assert "stockpile_registry_requests" in families


def test_a_standby_is_shown_with_what_it_lacks_or_that_it_is_away():
    def silent():
        raise RegistryBusy("gone")

    def held():
        return Standing(0, 0, (), 0, 0, 0, 0, 0, 0, 0)

    for asked, behind, shown in ((held, 7, (1, 7)), (held, 0, (1, 0)), (held, None, (0, None))):
        found = {
            one.name.removeprefix("stockpile_registry_"): one.samples[0].value
            for one in scraped(Figures(), asked, lambda told=behind: told).collect()
            if one.samples
        }
        assert (found["standby_up"], found.get("standby_behind")) == shown
    for asked, behind in ((silent, lambda: 7), (held, None)):
        names = {one.name for one in scraped(Figures(), asked, behind).collect()}
        assert "stockpile_registry_standby_up" not in names


def test_a_port_that_is_none_or_taken():
    for where in ("", "9100", "127.0.0.1:x", "127.0.0.1:99999"):
        with pytest.raises(FieldUnreadable):
            metrics.listen(where, Figures().registry)
    with socket.create_server(("127.0.0.1", 0)) as taken, pytest.raises(PortMissing):
        metrics.listen(f"127.0.0.1:{taken.getsockname()[1]}", Figures().registry)
