from __future__ import annotations

import httpx
from sqlalchemy import text

from stockpile.registry import standing
from tests.helpers.registries import answering


def ready(url):
    answer = httpx.get(f"{url}/readyz", trust_env=False)
    return answer.status_code, answer.json()


def test_a_process_that_can_work_says_so(registry, monkeypatch):
    with answering(registry.books) as url:
        assert httpx.get(f"{url}/healthz", trust_env=False).text == "ok\n"
        assert ready(url) == (200, {"ready": True, "database": "ok", "disk": "ok"})
        monkeypatch.setattr(standing, "LEAST_FREE", 1 << 60)
        assert ready(url) == (503, {"ready": False, "database": "ok", "disk": "full"})


def test_tables_of_a_newer_version_are_not_worked_on(registry):
    with answering(registry.books) as url:
        with registry.database.writing() as connection:
            connection.execute(text("INSERT INTO version VALUES (9999)"))
        assert ready(url)[1]["database"] == "other version"
        assert httpx.get(f"{url}/healthz", trust_env=False).status_code == 200


def test_a_database_that_is_held_up_makes_the_process_unready(registry):
    with answering(registry.books) as url:
        with registry.database.writing() as connection:
            connection.execute(text("DROP TABLE version"))
            connection.execute(text("CREATE TABLE version (number INTEGER NOT NULL)"))
        assert ready(url) == (503, {"ready": False, "database": "silent", "disk": "ok"})
