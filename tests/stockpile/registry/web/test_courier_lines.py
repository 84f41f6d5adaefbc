"""What a file would bring is told in the words of the pages, of weapons known and unknown."""

from __future__ import annotations

from stockpile.domain.facts import Draft, PlaceOpened, WeaponLost, WeaponRecovered
from stockpile.domain.numbers import registry_number
from stockpile.domain.values import PlaceId
from stockpile.registry import couriers
from stockpile.registry.web import courier_lines
from tests.helpers.nations import registered, weapon_id
from tests.helpers.sites import Site
from tests.helpers.sticks import a_file, taken


def preview(registry, site):
    return couriers.look(registry.books, a_file(registry, site), "a").preview


def test_losses_name_the_weapon_where_it_is_on_record_and_else_its_number(registry):
    site, (known, fresh) = Site(), (weapon_id(901), weapon_id(902))
    registry.enrol(site)
    site.found_with_officers()
    site.write(registered(901, "KN-1"))
    taken(registry, site)
    head = site.facts[-1].hash
    site.by_two(Draft(known, WeaponLost("stolen", "At night.", "2026-09-20", "LR-1"), (head,)))
    back = WeaponRecovered(PlaceId("KLA-store"), "A market", "2026-09-22", "Handed in.")
    site.by_one(Draft(known, back, (site.facts[-1].hash,)))
    site.write(registered(902, "KN-2"))
    site.by_two(Draft(fresh, WeaponLost("lost", "", "2026-09-21"), (site.facts[-1].hash,)))
    with registry.books.reading() as connection:
        first, second, last = courier_lines.losses(connection, preview(registry, site))
    assert (first.row.serial, first.why, first.report, first.is_loss) == (
        "KN-1", "At night.", "LR-1", True,
    )  # fmt: skip
    assert (second.row, second.number) == (None, registry_number(fresh))
    assert (last.is_loss, last.why) == (False, "Handed in.")


def test_entries_say_what_they_are_about(registry):
    site = Site()
    registry.enrol(site)
    site.found_with_officers()
    site.write(registered(903, "KN-3"), registered(904, "KN-4"))
    site.by_two(Draft(weapon_id(903), WeaponLost("lost", "", ""), (site.facts[-2].hash,)))
    site.write(Draft("s-9", PlaceOpened("Store 9", code="S9")))
    with registry.books.reading() as connection:
        place, loss, arrival, _founding = courier_lines.told(connection, preview(registry, site))
    assert (place.about, place.more) == ("", 0)
    assert (loss.about, loss.number) == (registry_number(weapon_id(903)), 3)
    assert (arrival.about, arrival.more) == ("KN-3", 1)
    assert arrival.says
