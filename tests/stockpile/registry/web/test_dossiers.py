from __future__ import annotations

from dataclasses import replace

import pytest

from stockpile.domain.facts import (
    ClockObserved,
    Component,
    Draft,
    Mark,
    MarkingBegun,
    WeaponCounted,
)
from stockpile.domain.numbers import registry_number
from stockpile.domain.values import PlaceId
from tests.helpers.nations import DAY, registered, weapon_id
from tests.helpers.visitors import Browser

IN_DOUBT = '<span class="chip warn">clock in doubt</span>'


@pytest.fixture(scope="module")
def visitor(url, amina, nation):
    with Browser(url) as opened:
        opened.sign_in(amina)
        yield opened


def test_a_file_tells_the_whole_life_with_who_where_and_where_in_the_log(visitor, nation):
    told = visitor.open(f"/weapons/{weapon_id(1)}").text
    for words in (
        "KL-48213", "UG 26 000001", "Put on record", "Seen in a count", "Kampala depot",
        "Position", registry_number(weapon_id(1)),
    ):  # fmt: skip
        assert words in told, words


def test_what_contends_and_what_counts_for_nothing_says_so(visitor):
    disputed = visitor.open(f"/weapons/{weapon_id(2)}").text
    assert disputed.count("Another entry contradicts it") == 2
    assert "In two places at once" in disputed
    alone = visitor.open(f"/weapons/{weapon_id(5)}").text
    assert "Written without the right to it: not counted" in alone


def test_a_date_whose_clock_is_in_doubt_says_so(visitor, nation):
    nation.arua.write(registered(77, "AR-77", store="ARU-store"))
    nation.send()
    assert "clock in doubt" not in visitor.open(f"/weapons/{weapon_id(77)}").text
    nation.arua.write(Draft(nation.arua.node, ClockObserved(90 * DAY, "registry")))
    nation.send()
    told = visitor.open(f"/weapons/{weapon_id(77)}").text
    # where it is since when, in the chain too, and that it was put on record
    assert told.count(IN_DOUBT) == 3


def test_a_count_a_mark_and_a_part_say_that_their_clock_is_in_doubt(visitor, nation):
    id_ = weapon_id(78)
    barrel = Component("barrel", (Mark("part", "77"),))
    draft = registered(78, "AR-78", store="ARU-store")
    nation.arua.write(replace(draft, body=replace(draft.body, components=(barrel,))))
    head = nation.arua.facts[-1].hash
    nation.arua.write(
        Draft(id_, WeaponCounted("count-2", PlaceId("ARU-store")), saw=(head,)),
        Draft(id_, MarkingBegun("job-78", "scheme", "UG 26 000078", 78, "bench"), (head,)),
    )
    nation.arua.write(Draft(nation.arua.node, ClockObserved(90 * DAY, "registry")))
    nation.send()
    told = visitor.open(f"/weapons/{id_}").text
    for place in ("Last counted", ">UG 26 000078<", ">Barrel: "):
        _before, _found, after = told.partition(place)
        assert IN_DOUBT in after.partition("</tr>")[0].partition("<dt>")[0], place


def test_who_looked_at_a_file_is_written_down(visitor):
    visitor.open(f"/weapons/{weapon_id(3)}")
    assert registry_number(weapon_id(3)) in visitor.open("/audit").text


def test_no_record_is_a_page_that_says_so(visitor):
    for path in ("/weapons/nothing", "/weapons/..%2F..%2Fetc"):
        assert visitor.open(path).status_code == 404, path


def test_on_paper_stands_the_file_alone(window, url):
    window.goto(f"{url}/weapons/{weapon_id(1)}")
    window.emulate_media(media="print")
    try:
        assert not window.locator("aside.side").is_visible()
        assert not window.locator("footer.foot").is_visible()
        assert window.locator("table.history").is_visible()
    finally:
        window.emulate_media(media="screen")
