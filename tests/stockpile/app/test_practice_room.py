"""Machine and registry of a practice depot."""

from __future__ import annotations

from contextlib import contextmanager

import pytest

from stockpile.adapters.marking.markers import DRIVERS
from stockpile.adapters.serial.port import open_port
from stockpile.app.practice_room import LocalPracticeRoom
from stockpile.domain.errors import MachineSilent, MachineUnknown, RegistryUnreachable
from stockpile.domain.facts import MachineSet
from stockpile.services.ports import MachineState
from tests.helpers.benches import QUICK
from tests.helpers.nightly import nightly


@nightly
def test_both_start_once_and_end_with_the_room(tmp_path):
    room = LocalPracticeRoom(tmp_path)
    try:
        assert room.machine() == room.machine()
        url = room.registry()
        assert room.registry() == url
        assert url.startswith("http://127.0.0.1:")
        assert room.code() != room.code()
    finally:
        room.close()


def test_a_place_that_is_taken_is_said(tmp_path):
    first, second = LocalPracticeRoom(tmp_path / "a"), LocalPracticeRoom(tmp_path / "b")
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
    try:
        url = first.registry()
        with pytest.raises(RegistryUnreachable):
            second.registry(url)
    finally:
        first.close()
        second.close()


def test_another_machine_takes_the_place_of_the_first_and_can_be_made_to_fail(tmp_path):
    room = LocalPracticeRoom(tmp_path)
    try:
        assert {"tl07", "telesis", "grbl"} <= set(room.drivers())
        with driven_at(room.machine("telesis"), "telesis") as marker:
            assert marker.status() is MachineState.READY
        room.order("fault", "silent")
        with driven_at(room.machine("telesis"), "telesis") as marker, pytest.raises(MachineSilent):
            marker.status()
        assert room.picture().startswith(b"\x89PNG")
        with pytest.raises(MachineUnknown):
            room.machine("hammer")
        room.order("fault", "")  # the one before stands there still
        with driven_at(room.machine("telesis"), "telesis") as marker:
            assert marker.status() is MachineState.READY
    finally:
        room.close()


@contextmanager
def driven_at(url, driver):
    marker = DRIVERS[driver](MachineSet("desk", driver, url), open_port, QUICK)
    try:
        yield marker
    finally:
        marker.close()
