"""Practice, plugged in: it works with the bench and the exchange of its home."""

from __future__ import annotations

from stockpile.app.plugging.correspondence import correspondence_of
from stockpile.app.plugging.practice import practice_depot_of
from stockpile.app.practice_room import PRACTICE_PIN, LocalPracticeRoom


def test_it_works_with_the_bench_and_the_exchange_of_its_home(ground, keepers, weapons, bench):
    told, room = correspondence_of(ground, keepers, weapons, bench), LocalPracticeRoom(ground.home)
    depot = practice_depot_of(ground, keepers, weapons, bench, told, room)
    assert depot.practice.marking is bench.marking
    assert depot.practice.exchange is told.exchange
    assert depot.practice.room is room
    assert depot.practice_people.pin == PRACTICE_PIN
    room.close()
