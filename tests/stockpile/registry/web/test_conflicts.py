from __future__ import annotations

import html
import re

import markupsafe
import pytest

from stockpile.domain import wire
from stockpile.domain.errors import ChainForked
from stockpile.domain.facts import (
    BlockGranted,
    ClockObserved,
    Draft,
    InvestigationOpened,
    LotRegistered,
    MarkingBegun,
    RoundsIssued,
)
from stockpile.domain.numbers import registry_number
from stockpile.domain.values import PlaceId
from stockpile.domain.weapons import Weapon
from stockpile.registry import intake, settling
from tests.helpers import nations
from tests.helpers.nations import DAY, TAG, registered, weapon_id
from tests.helpers.sites import Site, a_move
from tests.helpers.visitors import Browser

_PROPOSAL = re.compile(r'action="(/confirm/[^"/]+)"')
_CARD = re.compile(r'href="(/conflicts/[0-9a-f]{64})"')
_FURTHER = re.compile(r'rel="next" href="([^"]+)"')
_VERSION = re.compile(r'name="version" value="([0-9a-f]+)"')


@pytest.fixture(scope="module")
def visitor(url, amina, nation):
    with Browser(url) as opened:
        opened.sign_in(amina)
        yield opened


def conflict(nation, kind):
    return next(one for one in nation.registry.books.conflicts() if one.kind == kind)


def settle(visitor, nation, kind, choice, reason="Looked at the weapon"):
    path = f"/conflicts/{conflict(nation, kind).id}"
    version = _VERSION.search(visitor.open(path).text)[1]
    return visitor.submit(path, choice=choice, reason=reason, version=version)


def escaped(text):
    return str(markupsafe.escape(text))


def stands(nation, number) -> Weapon:
    return nation.registry.books.weapon(weapon_id(number))


def test_each_conflict_is_a_card_with_all_its_sides(visitor, nation):
    told = visitor.open("/conflicts").text
    for words in ("In two places at once", "Perhaps one weapon, recorded twice",
                  "Written without the right to it", "Arua police", "Gulu barracks"):  # fmt: skip
        assert words in told, words
    fork = visitor.open(f"/conflicts/{conflict(nation, 'custody_fork').id}").text
    assert "Gulu barracks, store 1" in fork
    assert "Arua police, store 1" in fork


def test_cards_are_listed_by_kind_and_by_site(visitor):
    for query, seen, unseen in (
        (
            "kind=custody_fork",
            "In two places at once</a>",
            "Perhaps one weapon, recorded twice</a>",
        ),
        (
            "site=GUL",
            "Perhaps one weapon, recorded twice</a>",
            "Written without the right to it</a>",
        ),
    ):
        told = visitor.open(f"/conflicts?{query}").text
        assert seen in told, query
        assert unseen not in told, query


def test_a_line_and_a_card_say_which_weapon_and_who_wrote_each_side(visitor, nation):
    number = registry_number(weapon_id(2))
    fork = conflict(nation, "custody_fork").id
    told = visitor.open("/conflicts?kind=custody_fork").text
    for words in ("KL-48214", number, "Izhmash AKM"):
        assert words in told, words
    told = visitor.open(f"/conflicts/{fork}").text
    for words in ("KL-48214", number, "Izhmash AKM", f'href="/weapons/{weapon_id(2)}"'):
        assert words in told, words
    alone = visitor.open(f"/conflicts/{conflict(nation, 'authority').id}").text
    for words in (escaped(nations.HOSTILE), "What it lacks", "a second officer: one alone signed",
                  "report losses", "<bdi>o-first</bdi>"):  # fmt: skip
        assert words in alone, words
    both = visitor.open(f"/conflicts/{conflict(nation, 'possible_duplicate').id}").text
    assert both.count("KL-48213") > 2


def test_the_conflicts_of_a_weapon_are_found_by_what_it_is_known_by(visitor, nation):
    for said, seen, unseen in (
        ("KL-48214", "In two places at once</a>", "Perhaps one weapon, recorded twice</a>"),
        ("kl 48213", "Perhaps one weapon, recorded twice</a>", "In two places at once</a>"),
        (registry_number(weapon_id(2)), "In two places at once</a>", "recorded twice</a>"),
        (TAG, "Perhaps one weapon, recorded twice</a>", "In two places at once</a>"),
        ("KL-48214&kind=authority", "No open conflict of such a weapon", "</th>"),
        ("nothing like it", "No open conflict of such a weapon", "In two places at once</a>"),
        ("KL-4821", "No open conflict of such a weapon", "In two places at once</a>"),
        ("%27%20OR%201%3D1", "No open conflict of such a weapon", "In two places at once</a>"),
    ):
        told = visitor.open(f"/conflicts?weapon={said}").text
        assert seen in told, said
        assert unseen not in told, said


def test_where_many_are_open_a_page_leads_on_and_keeps_what_it_is_narrowed_to(
    visitor, nation, monkeypatch
):
    monkeypatch.setattr(settling, "MOST_SORTED", 1)
    monkeypatch.setattr(settling, "MOST_PORTIONS", 1)
    seen, path, pages = "", "/conflicts?site=ARU", 0
    while path and pages < 9:
        told = visitor.open(path).text
        seen, pages = seen + told, pages + 1
        further = _FURTHER.search(told)
        path = html.unescape(further[1]) if further else ""
        assert not path or "site=ARU" in path
    assert pages > 1
    assert "In two places at once</a>" in seen
    assert "None among those read so far" in seen


def test_nothing_is_settled_without_a_reason_the_right_card_or_the_form_s_word(visitor, nation):
    path = f"/conflicts/{conflict(nation, 'custody_fork').id}"
    version = _VERSION.search(visitor.open(path).text)[1]
    for told in (
        {"choice": 1, "reason": " ", "version": version},
        {"choice": 1, "reason": "seen", "version": "0" * 64},
        {"choice": 9, "reason": "seen", "version": version},
        {"choice": "one", "reason": "seen", "version": version},
        {"choice": 1, "reason": "seen", "version": version, "csrf": "0" * 64},
    ):
        visitor.open(path)
        assert visitor.submit(path, **told).status_code >= 400, told
    assert stands(nation, 2).status == "disputed"


def test_one_click_settles_by_a_fact_that_the_officer_signed(visitor, nation, amina):
    answer = settle(visitor, nation, "custody_fork", 1)
    assert "Settled and written into the registry" in answer.text
    weapon = stands(nation, 2)
    assert (weapon.status, len(weapon.custody)) == ("in_store", 1)
    books = nation.registry.books
    settled = books.history(weapon_id(2))[-1]
    assert (settled.node, settled.by) == (books.key.node, amina.officer)
    assert "custody_fork" not in [one.kind for one in books.conflicts()]


def test_what_wants_two_is_settled_when_the_second_has_confirmed(
    visitor, nation, house, amina, url
):
    answer = settle(visitor, nation, "authority", 1)
    assert "This wants a second officer" in answer.text
    assert conflict(nation, "authority")
    beno = house.add("beno", "commander", amina, "Maj. Beno Okello")
    with Browser(url) as second:
        second.sign_in(beno)
        waiting = _PROPOSAL.search(second.open("/confirm").text)[1]
        second.submit(waiting, digits=beno.digits())
    assert "authority" not in [one.kind for one in nation.registry.books.conflicts()]
    assert stands(nation, 5).status == "lost"


def test_what_is_settled_already_is_no_card_any_more(visitor):
    assert visitor.open("/conflicts/" + "0" * 64).status_code >= 400


def test_a_conflict_is_settled_by_keys_alone_and_enter_by_itself_chooses_nothing(
    window, url, nation
):
    id_ = conflict(nation, "possible_duplicate").id
    window.goto(f"{url}/conflicts/{id_}")
    window.keyboard.type("Two rifles, seen side by side")  # the reason has the focus
    window.keyboard.press("Enter")
    assert window.url.endswith(f"/conflicts/{id_}")
    assert conflict(nation, "possible_duplicate").id == id_
    choices = window.locator(".choices button")
    assert [one.get_attribute("accesskey") for one in choices.all()] == ["1", "2", "3"]
    for _step in range(3):
        window.keyboard.press("Tab")
    with window.expect_navigation():
        window.keyboard.press("Enter")
    assert window.locator("[role=status]").count() == 1
    assert "possible_duplicate" not in [one.kind for one in nation.registry.books.conflicts()]


def test_a_choice_is_one_key_while_the_reason_is_typed(window, url, nation):
    """Alt and the number, as Chromium gives it to a page: it settles by just that choice."""
    nation.gulu.write(registered(61, "ONE-KEY", store="GUL-store"))
    head = nation.gulu.facts[-1].hash
    nation.gulu.write(a_move(weapon_id(61), "GUL-store", head), lamport=300)
    nation.send()
    nation.arua.write(a_move(weapon_id(61), "ARU-store", head), lamport=300)
    nation.send()
    id_ = conflict(nation, "custody_fork").id
    window.goto(f"{url}/conflicts/{id_}")
    first = stands_at(window, 1)
    press_alt(window, 1)  # without a reason nothing is sent
    assert window.url.endswith(f"/conflicts/{id_}")
    assert conflict(nation, "custody_fork").id == id_
    window.keyboard.type("seen in the rack")
    press_alt(window, 9)  # no such choice
    assert window.url.endswith(f"/conflicts/{id_}")
    with window.expect_navigation():
        press_alt(window, 1)
    assert window.locator("[role=status]").count() == 1
    weapon = stands(nation, 61)
    assert (weapon.status, len(weapon.custody)) == ("in_store", 1)
    assert weapon.place == first
    settled = nation.registry.books.history(weapon_id(61))[-1]
    assert settled.body.reason == "seen in the rack"


def stands_at(window, side):
    """The id of the place that a side of the card names."""
    told = window.locator(".side-card").nth(side - 1).inner_text()
    return "GUL-store" if "Gulu barracks, store 1" in told else "ARU-store"


def press_alt(window, number):
    """Press Alt and a digit as a keyboard does.

    Playwright's own key press tells no character where Alt is held, and an access key is found by
    its character; so what a keyboard says is said to the browser itself.
    """
    talk = window.context.new_cdp_session(window)
    key = {
        "modifiers": 1, "key": str(number), "code": f"Digit{number}",
        "windowsVirtualKeyCode": 48 + number, "unmodifiedText": str(number),
    }  # fmt: skip
    for kind in ("keyDown", "keyUp"):
        talk.send("Input.dispatchKeyEvent", {"type": kind, **key})
    talk.detach()


def test_what_a_forked_node_sent_is_kept_and_shown(visitor, nation):
    clone = nation.arua.copy()
    nation.arua.write(registered(90, "ARU-90", store="ARU-store"))
    nation.send()
    clone.write(registered(91, "ARU-91", store="ARU-store"))
    packed = wire.squeeze(wire.pack(clone.entries[-1:]))
    with pytest.raises(ChainForked):
        intake.take(nation.registry.books, clone.node, packed)
    told = visitor.open("/conflicts").text
    assert "Two entries under one number" in told
    assert "Two histories of one computer" in told
    listed = visitor.open("/conflicts?kind=node_fork").text
    path = _CARD.search(listed)[1]
    told = visitor.open(path).text
    for words in ("Arua police (ARU)", "ARU-90", "ARU-91", "Settle by", 'accesskey="1"',
                  f'href="/nodes/{nation.arua.node}#histories"'):  # fmt: skip
        assert words in told, words
    assert 'name="choice"' not in told
    there = visitor.open(f"/nodes/{nation.arua.node}").text
    assert 'id="histories"' in there


def test_rounds_given_out_twice_are_a_card_that_one_click_puts_right(visitor, nation):
    lot = LotRegistered("ball", "7.62x39", "A-12", 100)
    nation.kampala.write(Draft("lot-1", lot))
    nation.kampala.by_one(Draft("out-1", RoundsIssued("lot-1", 80)))
    nation.gulu.by_one(Draft("out-2", RoundsIssued("lot-1", 40)))
    nation.send()
    told = visitor.open(f"/conflicts/{conflict(nation, 'lot_overdrawn').id}").text
    assert "Gulu barracks" in told
    assert "/weapons/lot-1" not in told
    assert "Settled and written" in settle(visitor, nation, "lot_overdrawn", 1).text
    assert "lot_overdrawn" not in [one.kind for one in nation.registry.books.conflicts()]


def test_a_number_of_another_ones_block_is_a_card_and_may_be_accepted(visitor, nation):
    nation.gulu.by_one(Draft("block-1", BlockGranted(nation.gulu.node, "scheme", 500, 599)))
    nation.kampala.write(registered(95, "KLA-95"))
    head = nation.kampala.facts[-1].hash
    said = MarkingBegun("job-95", "scheme", "UG 26 000512", 512, "bench", block="block-1")
    nation.kampala.write(Draft(weapon_id(95), said, (head,)))
    nation.send()
    told = visitor.open(f"/conflicts/{conflict(nation, 'mark_outside').id}").text
    for words in ("A number outside its block", "512", "500–599", "Kampala depot", "Gulu barracks",
                  "its number is accepted", "is void: mark it again"):  # fmt: skip
        assert words in told, words
    assert "/weapons/block-1" not in told
    asked = settle(visitor, nation, "mark_outside", 1, "Gulu lent it by telephone").text
    assert "Settled and written" in asked
    assert stands(nation, 95).applied[0].drawn.accepted


def test_a_mark_that_names_no_block_is_a_card_that_says_so(visitor, nation):
    nation.kampala.by_one(Draft("block-2", BlockGranted(nation.kampala.node, "scheme", 500, 599)))
    nation.kampala.write(registered(97, "KLA-97"))
    head = nation.kampala.facts[-1].hash
    said = MarkingBegun("job-97", "scheme", "UG 26 000712", 712, "bench")
    nation.kampala.write(Draft(weapon_id(97), said, (head,)))
    nation.send()
    told = visitor.open(f"/conflicts/{conflict(nation, 'mark_outside').id}").text
    for words in ("A number outside its block", "712", "Block of numbers", "none named"):
        assert words in told, words
    asked = settle(visitor, nation, "mark_outside", 2, "struck out on the metal").text
    assert "Settled and written" in asked
    assert stands(nation, 97).applied[0].state == "voided"


def test_what_a_count_missed_is_a_card_whose_investigation_one_click_closes(visitor, nation):
    nation.kampala.write(registered(96, "KLA-96"))
    registration = nation.kampala.facts[-1].hash
    said = InvestigationOpened("missing", "count-9", weapon_id(96), PlaceId("KLA-store"))
    nation.kampala.by_one(Draft("inquiry-9", said))
    nation.send()
    path = f"/conflicts/{conflict(nation, 'count_missing').id}"
    told = visitor.open(path).text
    for words in ("On record here, missing in a count", "not found", "Kampala depot, store 1"):
        assert words in told, words
    nation.kampala.write(a_move(weapon_id(96), "KLA-store", registration))
    nation.send()
    assert "answers it</button>" in visitor.open(path).text
    assert "Settled and written" in settle(visitor, nation, "count_missing", 1, "moved").text
    assert "count_missing" not in [one.kind for one in nation.registry.books.conflicts()]


def test_what_a_revoked_computer_wrote_of_its_clock_is_one_card_that_two_settle(
    visitor, nation, house, amina, url
):
    site = Site()
    nation.registry.enrol(site, "FLD", ["FLD"])
    site.found()
    good = site.tip
    for offset in (DAY, 0, -DAY):
        site.write(Draft(site.node, ClockObserved(offset, "registry")))
    intake.take(nation.registry.books, site.node, wire.squeeze(wire.pack(site.entries)))
    nation.registry.enrolment.revoke(site.node, "stolen", last_good=good)
    own = [one.id for one in nation.registry.books.conflicts() if site.node in one.about]
    listed = set(_CARD.findall(visitor.open("/conflicts?kind=authority").text))
    (path,) = listed & {f"/conflicts/{one}" for one in own}
    told = visitor.open(path).text
    assert (len(own), told.count("side-card")) == (3, 3)
    version = _VERSION.search(told)[1]
    answer = visitor.submit(path, choice=2, reason="The thief's own clock", version=version)
    assert "This wants a second officer" in answer.text
    dina = house.add("dina", "commander", amina, "Maj. Dina Akello")
    with Browser(url) as second:
        second.sign_in(dina)
        waiting = _PROPOSAL.search(second.open("/confirm").text)[1]
        assert second.seen.text.count("Counts for nothing") >= 3
        second.submit(waiting, digits=dina.digits())
    assert not [one for one in nation.registry.books.conflicts() if site.node in one.about]
