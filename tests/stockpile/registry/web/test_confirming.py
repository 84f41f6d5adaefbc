from __future__ import annotations

import re

import pytest

from stockpile.domain.facts import Draft, EntryJudged
from stockpile.registry import acts
from tests.helpers.visitors import Browser

REASON = "<b>true on paper</b>"


@pytest.fixture
def bernard(house, amina):
    known = {one.user.login for one in house.staff.all()}
    login = f"bernard{len(known)}"
    return house.add(login, "registrar", amina)


@pytest.fixture
def proposed(registry, amina):
    subject = f"{registry.clock.at:064x}"
    body = EntryJudged("b" * 16, 37, accepted=True, reason=REASON)
    acts.perform(registry.books, "judge_entry", [Draft(subject, body)], REASON, by=amina.signer())
    with registry.database.reading() as connection:
        return acts.waiting(connection, registry.books.key.node)[-1].id, subject


def test_a_second_officer_sees_every_value_and_confirms(url, registry, bernard, proposed):
    id_, subject = proposed
    with Browser(url) as visitor:
        visitor.sign_in(bernard)
        page = visitor.open("/confirm").text
        for value in ("b" * 16, "37", "&lt;b&gt;true on paper&lt;/b&gt;", "Col. Amina Otieno"):
            assert value in page
        assert "<b>true" not in page
        answer = visitor.submit(f"/confirm/{id_}")
        assert answer.status_code == 200
    (fact,) = registry.books.history(subject)
    assert fact.witnesses == (bernard.officer,)


def test_nobody_confirms_their_own(open_page, registry, amina, proposed):
    id_, subject = proposed
    open_page.sign_in(amina)
    page = open_page.open("/confirm").text
    assert f'action="/confirm/{id_}"' not in page
    assert open_page.submit(f"/confirm/{id_}").status_code in (400, 403)
    assert not registry.books.history(subject)
    open_page.open("/confirm")
    open_page.submit(f"/confirm/{id_}/withdraw")
    assert id_ not in open_page.open("/confirm").text


def test_it_is_refused_with_a_reason(url, registry, bernard, proposed):
    id_, subject = proposed
    with Browser(url) as visitor:
        visitor.sign_in(bernard)
        visitor.open("/confirm")
        assert visitor.submit(f"/confirm/{id_}/refuse", reason="").status_code == 400
        visitor.open("/confirm")
        visitor.submit(f"/confirm/{id_}/refuse", reason="not so")
        assert not re.search(id_, visitor.open("/confirm").text)
    assert not registry.books.history(subject)


def test_a_second_click_does_nothing_twice(url, registry, bernard, proposed):
    id_, subject = proposed
    with Browser(url) as visitor:
        visitor.sign_in(bernard)
        visitor.open("/confirm")
        visitor.submit(f"/confirm/{id_}")
        visitor.open("/confirm")
        assert visitor.submit(f"/confirm/{id_}").status_code == 404
    assert len(registry.books.history(subject)) == 1
