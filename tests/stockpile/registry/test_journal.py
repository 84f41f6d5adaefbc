from __future__ import annotations

import json
import logging

from stockpile.registry.journal import JsonLines, Visit, note


def line(record):
    return json.loads(JsonLines().format(record))


def test_a_visit_is_a_line_of_its_values(caplog):
    with caplog.at_level(logging.INFO):
        note(Visit("ab12", "POST", "/v1/nodes/{node}/commits", 200, "n" * 16, 12, 900, 300))
    said = line(caplog.records[-1])
    assert said["from"] == "stockpile.registry.access"
    assert said["at"].endswith("Z")
    assert said | {
        "id": "ab12", "method": "POST", "route": "/v1/nodes/{node}/commits", "status": 200,
        "node": "n" * 16, "milliseconds": 12, "bytes_in": 900, "bytes_out": 300,
    } == said  # fmt: skip


def test_of_a_trouble_stand_its_kind_and_places_and_no_value():
    try:
        int("serial AB12345")
    except ValueError as error:
        told = (type(error), error, error.__traceback__)
    record = logging.LogRecord("x", logging.ERROR, "", 1, "Exception in application\n", (), told)
    shown = JsonLines().format(record)
    assert "AB12345" not in shown
    said = json.loads(shown)
    assert (said["said"], said["level"]) == ("Exception in application", "error")
    assert said["trouble"][0] == "builtins.ValueError"


def test_a_line_is_one_line():
    record = logging.LogRecord("x", logging.WARNING, "", 1, "two\nlines", (), None)
    assert "\n" not in JsonLines().format(record)
