"""The registry's figures for monitoring programs, in the words of Prometheus.

Counters of what was asked are kept by every process, and added up by whoever is scraped; how much
is held is asked of the database at each scrape. With several processes the folder that the
environment names (``PROMETHEUS_MULTIPROC_DIR``) must be there before this module is loaded.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from typing import Any, Final, Literal

from prometheus_client import CollectorRegistry, Counter, Histogram, start_http_server
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from stockpile.domain.errors import FieldUnreadable, PortMissing, StockpileError
from stockpile.registry.standing import Standing

FOLDER: Final = "PROMETHEUS_MULTIPROC_DIR"
_SECONDS: Final = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60)
_FACTS: Final = (1, 10, 50, 100, 500, 1_000, 2_500, 5_000)
_BYTES: Final = (1_000, 10_000, 50_000, 100_000, 250_000, 500_000, 1_048_576)
_LARGEST_PORT: Final = 65_535

Asked = Callable[[], Standing]
"""Asks the database how much is held; raises a StockpileError where it does not answer."""
Behind = Callable[[], int | None]
"""Asks how many entries a standby lacks; None where it does not answer."""


class Figures:
    """What one process counts."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self._requests = Counter(
            "stockpile_registry_requests", "Requests answered.",
            ("method", "route", "status"), registry=self.registry,
        )  # fmt: skip
        self._seconds = Histogram(
            "stockpile_registry_request_seconds", "Seconds from first byte to last.",
            ("method", "route"), buckets=_SECONDS, registry=self.registry,
        )  # fmt: skip
        self._facts = Histogram(
            "stockpile_registry_batch_facts", "Facts of a batch that was taken in.",
            buckets=_FACTS, registry=self.registry,
        )  # fmt: skip
        self._bytes = Histogram(
            "stockpile_registry_batch_bytes", "Bytes of a batch as it travelled.",
            buckets=_BYTES, registry=self.registry,
        )  # fmt: skip
        self._couriers = Counter(
            "stockpile_registry_courier_files", "Courier files by what became of them.",
            ("outcome",), registry=self.registry,
        )  # fmt: skip
        self._courier_facts = Counter(
            "stockpile_registry_courier_facts", "Facts taken in from courier files.",
            registry=self.registry,
        )  # fmt: skip

    def courier(self, outcome: Literal["taken", "refused", "answered"]) -> None:
        """Count a courier file."""
        self._couriers.labels(outcome).inc()

    def by_courier(self, facts: int) -> None:
        """Count facts that a courier file brought."""
        self._courier_facts.inc(facts)

    def answered(self, method: str, route: str, status: int, seconds: float) -> None:
        """Count a request."""
        self._requests.labels(method, route, str(status)).inc()
        self._seconds.labels(method, route).observe(seconds)

    def taken_in(self, facts: int, size: int) -> None:
        """Count a batch that was taken in."""
        self._facts.observe(facts)
        self._bytes.observe(size)


class Holdings(Collector):
    """How much is held, asked of the database at each scrape."""

    def __init__(self, asked: Asked, behind: Behind | None = None) -> None:
        self._asked = asked
        self._behind = behind

    def collect(self) -> Iterator[Metric]:
        """Give the figures; where the database does not answer, that it does not."""
        try:
            held = self._asked()
        except StockpileError:
            yield _gauge("database_up", "Whether the database answers.", 0)
            return
        yield _gauge("database_up", "Whether the database answers.", 1)
        yield _gauge("log_size", "Entries in the log.", held.log_size)
        yield _gauge("facts", "Facts held of all chains.", held.facts)
        yield _gauge("conflicts_open", "Conflicts that nobody has settled.", held.conflicts)
        yield _gauge("unheeded", "Entries without right that nobody judged.", held.unheeded)
        yield _gauge("evidence", "Entries kept outside the log as evidence.", held.evidence)
        yield _gauge("split_views", "Heads seen that this log never had.", held.split_views)
        yield _gauge(
            "witness_alarms", "Witnesses that saw another log than this one.", held.witness_alarms
        )
        yield _gauge("hot_list", "Weapons on the list of lost ones.", held.hot)
        yield _gauge(
            "oldest_last_word_seconds",
            "When the enrolled node that was silent longest was last heard (Unix time; 0: none).",
            held.oldest_word / 1000,
        )
        nodes = GaugeMetricFamily(
            "stockpile_registry_nodes", "Nodes by their status.", labels=("status",)
        )
        for status, count in held.nodes:
            nodes.add_metric((status,), count)
        yield nodes
        if self._behind is not None:
            yield from _of_the_standby(self._behind())


def _of_the_standby(behind: int | None) -> Iterator[Metric]:
    yield _gauge("standby_up", "Whether the standby that is read from answers.", behind is not None)
    if behind is not None:
        yield _gauge("standby_behind", "Entries of the log that the standby lacks.", behind)


def scraped(
    figures: Figures | None, asked: Asked, behind: Behind | None = None
) -> CollectorRegistry:
    """Return what a scrape shows: the counters of this process, or of all, and what is held.

    With several processes ``figures`` is None, and their counters lie in the named folder.
    """
    shown = CollectorRegistry() if figures is None else figures.registry
    if figures is None:
        collector: Any = MultiProcessCollector  # it says nothing of its types
        collector(shown, path=os.environ[FOLDER])
    shown.register(Holdings(asked, behind))
    return shown


def listen(where: str, shown: CollectorRegistry) -> Callable[[], None]:
    """Answer scrapes on a port of its own; return what ends it. Raises PortMissing."""
    host, _, port = where.rpartition(":")
    if not host or not port.isdecimal() or int(port) > _LARGEST_PORT:
        raise FieldUnreadable("metrics", where)
    try:
        server, _thread = start_http_server(int(port), host.strip("[]"), shown)
    except OSError as error:
        raise PortMissing(where, str(error)) from error

    def end() -> None:
        server.shutdown()
        server.server_close()

    return end


def _gauge(name: str, meaning: str, value: float) -> GaugeMetricFamily:
    return GaugeMetricFamily(f"stockpile_registry_{name}", meaning, value=value)
