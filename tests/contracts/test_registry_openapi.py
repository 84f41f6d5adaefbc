"""The registry does what its OpenAPI promises, with values that nobody thought of (schemathesis).

Each operation is asked by a real server over a file, signed as a node signs, so that what is made
up comes past the gate; and unsigned too. The same examples in every run; by night there are more.
"""

from __future__ import annotations

import contextlib
from urllib.parse import unquote, urlsplit

import pytest
import requests
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from hypothesis.errors import Unsatisfiable
from requests.auth import AuthBase
from schemathesis import GenerationMode

from stockpile.domain import wire
from stockpile.domain.requests import Request, signing
from stockpile.registry.app import create_app
from stockpile.registry.describing import LINES
from stockpile.registry.limits import Limits
from tests.helpers.nightly import NIGHTLY
from tests.helpers.registries import answering, open_registry
from tests.helpers.sites import CountingChance, Site

UNBOUNDED = Limits(address_rate=1e9, address_burst=10**9, node_rate=1e9, node_burst=10**9)
EXAMPLES = 200 if NIGHTLY else 6
HELD_BACK = (
    schemathesis.checks.ignored_auth,  # signatures are no scheme that OpenAPI has a word for
    schemathesis.checks.missing_required_header,  # without them: 400, as it is said
    schemathesis.checks.positive_data_acceptance,  # well-formed noise is no chain, and is refused
    schemathesis.checks.negative_data_rejection,  # odd limits of a feed are brought into bounds
    schemathesis.checks.unsupported_method,  # asked in test_answers
)


schemathesis.serializer.alias(LINES, "application/octet-stream")
schemathesis.openapi.media_type(LINES, st.one_of(st.binary(), st.binary().map(wire.squeeze)))


class SignedBy(AuthBase):
    """Signs what is sent, as it is sent."""

    def __init__(self, site, clock):
        self._site, self._clock, self._chance = site, clock, CountingChance()

    def __call__(self, prepared):
        parts = urlsplit(prepared.url)
        body = prepared.body or b""
        body = body.encode() if isinstance(body, str) else bytes(body)
        request = Request(prepared.method, unquote(parts.path), parts.query, body)
        nonce, now = self._chance.bytes(16).hex(), self._clock.now()
        for name, value in signing(request, self._site.node, now, nonce, self._site.keys.sign):
            prepared.headers[name] = value
        return prepared


@pytest.fixture(scope="module")
def country(tmp_path_factory):
    """A registry with a site that wrote something, and its address."""
    registry = open_registry(str(tmp_path_factory.mktemp("openapi") / "registry.db"))
    site = Site()
    registry.enrol(site)
    site.found()
    site.fill(2)
    with answering(registry.books, UNBOUNDED) as url, requests.Session() as session:
        session.trust_env = False
        session.auth = SignedBy(site, registry.clock)
        push = wire.squeeze(wire.pack(site.entries))
        session.post(f"{url}/v1/nodes/{site.node}/commits", data=push).raise_for_status()
        yield registry, site, url, session
    registry.database.close()


def test_every_operation_keeps_its_promises(country):
    registry, site, url, session = country
    schema = schemathesis.openapi.from_dict(create_app(registry.books).openapi())
    asked = 0
    for found in schema.get_all_operations():
        operation = found.ok()
        for mode in GenerationMode:
            asked += _asked(operation, mode, site, url, session)
    assert asked >= EXAMPLES * 10


def _asked(operation, mode, site, url, session):
    """Ask one operation many times; return how often: not at all where nothing can be wrong."""
    count = 0

    @settings(
        max_examples=EXAMPLES, derandomize=True, database=None, deadline=None,
        phases=[Phase.generate], suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(case=operation.as_strategy(generation_mode=mode), signed=st.integers(0, 4))
    def asking(case, signed):
        nonlocal count
        count += 1
        if "node" in case.path_parameters and signed:
            case.path_parameters["node"] = site.node
        chosen = session if signed else plain
        case.call_and_validate(base_url=url, session=chosen, excluded_checks=list(HELD_BACK))

    with requests.Session() as plain, contextlib.suppress(Unsatisfiable):
        plain.trust_env = False
        asking()
    return count
