"""The registry does what its OpenAPI promises, with values that nobody thought of (schemathesis).

Each operation is asked by a real server over a file, signed as a node signs, so that what is made
up comes past the gate; and unsigned too. The same examples in every run; by night there are more.
"""

from __future__ import annotations

import contextlib

import pytest
import requests
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from hypothesis.errors import Unsatisfiable
from schemathesis import GenerationMode

from stockpile.domain import wire
from stockpile.registry.app import create_app
from stockpile.registry.describing import LINES
from stockpile.registry.limits import Limits
from tests.helpers.nightly import NIGHTLY
from tests.helpers.registries import answering, open_registry
from tests.helpers.well_asked import NAME, Country, SignedBy

UNBOUNDED = Limits(address_rate=1e9, address_burst=10**9, node_rate=1e9, node_burst=10**9)
EXAMPLES = 200 if NIGHTLY else 6
HELD_BACK = (
    schemathesis.checks.ignored_auth,  # signatures are no scheme that OpenAPI has a word for
    schemathesis.checks.missing_required_header,  # without them: 400, as it is said
    schemathesis.checks.positive_data_acceptance,  # well-formed noise is no chain, and is refused
    schemathesis.checks.negative_data_rejection,  # odd limits of a feed are brought into bounds
    schemathesis.checks.unsupported_method,  # asked in test_answers
)
"""Checks that are off. All others of schemathesis are on: no 5xx, the status, the media type, the
headers and the shape of each answer are those that the description promises."""


schemathesis.serializer.alias(LINES, "application/octet-stream")
schemathesis.openapi.media_type(LINES, st.one_of(st.binary(), st.binary().map(wire.squeeze)))


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def country(request, tmp_path_factory):
    """A country whose registry answers, with what was asked well in it, and two ways to ask."""
    folder, drop = tmp_path_factory.mktemp("openapi"), None
    url = str(folder / "registry.db")
    if request.param == "postgresql":
        running = request.getfixturevalue("postgres")
        url = running.new_database()
        drop = url
    registry = open_registry(url)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("stockpile.registry.app.folder_of", lambda _books, _told: folder)
        with answering(registry.books, UNBOUNDED) as address, signed_and_not(registry) as ways:
            made, signed, plain = ways
            yield made, address, signed, plain
    registry.database.close()
    if drop:
        running.drop(drop)


@contextlib.contextmanager
def signed_and_not(registry):
    made = Country(registry)
    with requests.Session() as signed, requests.Session() as plain:
        signed.trust_env = plain.trust_env = False
        signed.auth = SignedBy(made.site, registry.clock)
        yield made, signed, plain


def operations_of(made):
    schema = schemathesis.openapi.from_dict(create_app(made.registry.books).openapi())
    return {one.ok().label: one.ok() for one in schema.get_all_operations()}


def test_every_operation_succeeds_with_what_is_known(country):
    """None is only ever seen to refuse: each gives the answer that its description promises."""
    made, address, signed, _plain = country
    operations, well = operations_of(made), set()
    for label, good in made.goods():
        operation = operations[label]
        more = {}
        if good.body is not None:
            (kind,) = operation.body
            more = {"body": good.body, "media_type": kind.media_type}
        case = operation.Case(path_parameters=good.path, query=good.query, **more)
        # the description wants the signature's headers of whoever asks: the session adds them
        answer = case.call_and_validate(
            base_url=address, session=signed, excluded_checks=list(HELD_BACK)
        )
        assert answer.status_code == 200, (label, answer.status_code, answer.text)
        well.add(label)
    assert well == set(operations)


def test_every_operation_keeps_its_promises(country):
    made, address, signed, plain = country
    if made.registry.database.is_postgres and not NIGHTLY:
        pytest.skip("on PostgreSQL by night")
    for label, operation in operations_of(made).items():
        asked = sum(
            _asked(operation, mode, made, address, signed, plain) for mode in GenerationMode
        )
        assert asked, label


def _asked(operation, mode, made, address, signed, plain):
    """Ask one operation many times; return how often: not at all where nothing can be wrong."""
    count = 0
    known = {"node": made.site.node, "digest": NAME}

    @settings(
        max_examples=EXAMPLES, derandomize=True, database=None, deadline=None,
        phases=[Phase.generate], suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(case=operation.as_strategy(generation_mode=mode), is_signed=st.integers(0, 4))
    def asking(case, is_signed):
        nonlocal count
        count += 1
        for name in set(known) & set(case.path_parameters) if is_signed else ():
            case.path_parameters[name] = known[name]
        chosen = signed if is_signed else plain
        case.call_and_validate(base_url=address, session=chosen, excluded_checks=list(HELD_BACK))

    with contextlib.suppress(Unsatisfiable):
        asking()
    return count
