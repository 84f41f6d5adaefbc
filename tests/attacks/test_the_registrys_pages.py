"""A visitor of the registry's pages who means harm, and a node that does: what they come to."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import text

from stockpile.domain.errors import StockpileError
from stockpile.domain.facts import (
    ActProposed,
    Draft,
    EntryJudged,
    OfficerAppointed,
    OfficerSuspended,
)
from stockpile.domain.plans import plan_of
from stockpile.registry import acts
from stockpile.registry.enrolment import Enrolment
from stockpile.registry.holding_office import office
from stockpile.registry.intake import checked
from stockpile.registry.passphrases import LIGHT
from stockpile.registry.tries import WAIT
from stockpile.registry.users import Users
from stockpile.registry.web import ROUTERS
from tests.helpers import officers
from tests.helpers.postgres import cluster
from tests.helpers.registries import answering, open_registry
from tests.helpers.sites import Site
from tests.helpers.visitors import VISIT, Browser, House

INJECTIONS = (
    "x' UNION SELECT sealed FROM web_user; DROP TABLE audit; -- ${7*7}{{7*7}}",
    "%' AND 1=CAST((SELECT login FROM web_user) AS int) OR '1'='1\\ \ud83d", "\x00",
)  # fmt: skip
JUDGED = EntryJudged("a" * 16, 3, accepted=True, reason="seen on paper")
MARKUP = "\"><script>document.title='taken'</script><svg onload=alert(1)>"


@pytest.fixture(scope="module")
def house():
    """A registry on PostgreSQL, as a country runs it: stricter about texts than SQLite is."""
    with cluster() as running:
        registry = open_registry(running.new_database())
        yield House(registry)
        registry.database.close()


@pytest.fixture(scope="module")
def amina(house):
    return house.first()


@pytest.fixture(scope="module")
def visitor(house, amina):
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("stockpile.registry.web.Users", lambda books: Users(books, LIGHT))
        with answering(house.registry.books) as url, Browser(url) as signed_in:
            assert signed_in.sign_in(amina).url.path == "/"
            yield signed_in


def pages():
    """Give every page, and the names of what each takes in its address."""
    for router in ROUTERS:
        for route in router.routes:
            if "GET" in route.methods:
                names = [one.alias for one in route.dependant.query_params]
                yield re.sub(r"\{.*?\}", "{}", route.path), names


def test_no_word_in_an_address_breaks_a_page_or_comes_back_as_markup(visitor, house):
    asked = 0
    for path, names in pages():
        for hostile in (*INJECTIONS, MARKUP):
            told = hostile.encode("utf-8", "replace").decode()
            here = path.replace("{}", told.replace("/", ""))
            url = visitor.build_request("GET", here.replace("\x00", "%00")).url
            answer = visitor.get(url, params=dict.fromkeys(names, told))
            assert answer.status_code < 500, (path, hostile)
            assert "<script>document" not in answer.text, path
            assert "<svg onload" not in answer.text, path
            asked += 1
    assert asked > 60
    with house.registry.database.reading() as connection:
        assert connection.execute(text("SELECT count(*) FROM web_user")).scalar() == 1
        assert acts.first_broken(connection, house.registry.books) == 0


def test_no_word_in_a_form_breaks_a_page(visitor):
    visitor.open("/account")
    for router in ROUTERS:
        for route in router.routes:
            if "POST" not in route.methods or route.path in (
                "/sign-out",
                "/account/sessions/end-all",
            ):
                continue
            path = re.sub(r"\{.*?\}", "x'--", route.path)
            fields = {one for dependant in flat(route.dependant) for one in dependant} - {"csrf"}
            for hostile in (INJECTIONS[0], "\x00", MARKUP + "x" * 5_000):
                answer = visitor.submit(path, **dict.fromkeys(fields, hostile))
                assert answer.status_code < 500, (path, hostile)
                assert "<script>document" not in answer.text, path
                visitor.open("/account")


def flat(dependant):
    yield [one.alias for one in dependant.body_params]
    for inner in dependant.dependencies:
        yield from flat(inner)


@pytest.fixture
def calm(house):
    """Wait until what was tried before no longer counts."""
    house.registry.clock.at += WAIT


@pytest.fixture
def node(house, calm):
    site = Site()
    code = Enrolment(house.registry.books).make_code("Mallory's post")
    Enrolment(house.registry.books).enrol(site.keys.request(code))
    site.found_with_officers()
    return site


def send(house, site):
    batch = tuple(checked(site.entries, site.node, site.keys.public_key))
    house.registry.books.take(site.node, batch)


def test_no_node_makes_or_unmakes_an_officer_of_the_registry(house, amina, node):
    """Its own officers sign, so its own chain is in order: and means nothing here."""
    books = house.registry.books
    auditor = house.add("chantal", "auditor", amina)
    standing = books.history(auditor.officer)
    raised = OfficerAppointed("Chantal", ("commander",), standing[0].body.public_key, reason="so")
    heads = tuple(one.hash for one in standing)
    node.write(Draft(auditor.officer, raised, heads), signed=[officers.FIRST])
    node.write(Draft(amina.officer, OfficerSuspended("gone")), signed=[officers.FIRST])
    send(house, node)
    own = books.key.node
    with house.registry.database.reading() as connection:
        assert office(connection, auditor.officer, own).roles == ("auditor",)
        assert office(connection, amina.officer, own).roles == ("commander",)
    assert {one.user.login: one.office.state for one in house.staff.all()}["amina"] == "in_office"


def test_no_node_changes_what_a_second_officer_is_shown(house, amina, node):
    books, by = house.registry.books, amina.signer()
    body = OfficerSuspended("x")
    draft = Draft("ab" * 32, JUDGED)
    acts.perform(books, "judge_entry", [draft], "true on paper", by=by)
    with house.registry.database.reading() as connection:
        (before,) = acts.waiting(connection, books.key.node)
    other = ActProposed("judge_entry", plan_of([Draft("cd" * 32, body)]), "harmless")
    node.write(Draft(before.id, other), signed=[officers.FIRST])
    send(house, node)
    with house.registry.database.reading() as connection:
        (after,) = acts.waiting(connection, books.key.node)
    assert (after.drafts, after.reason, after.officer) == (before.drafts, before.reason, by.id)
    acts.withdraw(books, before.id, by=by)


def test_a_suspended_officers_key_signs_nothing(house, amina, calm):
    books = house.registry.books
    signer = house.add("felix", "registrar", amina).signer()
    house.staff.suspend("felix", "inquiry", by=amina.signer(), visit=VISIT)
    with pytest.raises(StockpileError):
        acts.perform(
            books, "suspend", [Draft(amina.officer, OfficerSuspended("x"))], "x", by=signer
        )
