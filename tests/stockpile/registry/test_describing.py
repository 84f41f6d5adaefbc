"""What the registry says about itself; the whole of it stands in tests/data/registry/openapi.json.

Who changes the protocol's shapes renews that file and looks at what changed for others:
STOCKPILE_RENEW=1 python -m pytest -n 0 tests/stockpile/registry/test_describing.py
"""

from __future__ import annotations

import json
import os
import re
from pathlib import Path

import pytest

from stockpile.registry.answers import ANSWERS
from stockpile.registry.app import create_app

KEPT = Path(__file__).resolve().parents[2] / "data" / "registry" / "openapi.json"


@pytest.fixture
def described(registry):
    return create_app(registry.books).openapi()


def test_it_is_what_it_was_or_somebody_renewed_it(described):
    shown = json.dumps(described, indent=1, sort_keys=True) + "\n"
    if os.environ.get("STOCKPILE_RENEW"):
        KEPT.parent.mkdir(exist_ok=True)
        KEPT.write_text(shown, "utf-8")
    assert KEPT.read_text("utf-8") == shown, __doc__


def test_every_shape_that_is_named_is_described(described):
    named = set(re.findall(r"#/components/schemas/(\w+)", json.dumps(described)))
    assert {"Hello", "Receipt", "Objection"} <= named <= set(described["components"]["schemas"])


def test_every_route_of_the_protocol_says_what_it_answers(described):
    statuses = {str(status) for status, _reason in ANSWERS.values()} | {"200"}
    for path, operations in described["paths"].items():
        for operation in operations.values():
            assert operation.get("summary"), path
            assert "200" in operation["responses"], path
            if path.startswith("/v1/"):
                assert {"400", "429", "503"} <= set(operation["responses"]) <= statuses, path
            for answer in operation["responses"].values():
                assert answer["content"], path


def test_a_no_is_an_objection_with_its_reasons(described):
    reasons = described["components"]["schemas"]["Objection"]["properties"]["reason"]["enum"]
    assert {reason for _status, reason in ANSWERS.values()} | {"not_found"} == set(reasons)


def test_a_signed_request_says_its_headers(described):
    told = described["paths"]["/v1/nodes/{node}/commits"]["post"]
    names = {one["name"] for one in told["parameters"]}
    assert names == {"node", "content-digest", "signature-input", "signature"}
    assert set(told["requestBody"]["content"]) == {"application/vnd.stockpile.lines+zstd"}
