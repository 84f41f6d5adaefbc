from __future__ import annotations

import re

import pytest

from stockpile.domain import wire
from stockpile.domain.errors import ChainForked
from stockpile.domain.facts import (
    BlockGranted,
    Draft,
    InvestigationOpened,
    LotRegistered,
    MarkingBegun,
    RoundsIssued,
)
from stockpile.domain.values import PlaceId
from stockpile.domain.weapons import Weapon
from stockpile.registry import intake
from tests.helpers.nations import registered, weapon_id
from tests.helpers.sites import a_move
from tests.helpers.visitors import Browser

_PROPOSAL = re.compile(r'action="(/confirm/[^"/]+)"')
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
    assert f"/nodes/{nation.arua.node}" in told


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
