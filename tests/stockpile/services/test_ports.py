"""The sockets in the wall, and what is plugged into them."""

from __future__ import annotations

import inspect

import pytest

from stockpile.services import ports
from stockpile.services.ports import silent
from tests.helpers.rooms import at_the_door, unknown_errors

PLUGGED = {
    "Clock": "marking.clock", "Chance": "marking.chance", "Keys": "keys", "Books": "books",
    "Register": "register", "MarkJournal": "marking.journal", "Markers": "marking.markers",
    "LabelSheets": "papers.sheets", "Listings": "importing.listings",
    "RegistryLinks": "exchange.links", "PracticeRoom": "practice.room",
    "Photos": "photographs.photos", "Profiles": "importing.profiles",
    "ExtractWriter": "extracts.writer", "BackupFiles": "backups.files",
    "BackupMemory": "backups.memory",
    "MatrixMaker": "mark_layouts.matrices", "PictureReader": "reading_back.reader",
    "Scanners": "scanners",
    "LabelPictures": "label_layouts.pictures", "LabelPrinters": "label_printing.printers",
    "CourierFiles": "couriers.files", "HotListFiles": "hot_lists.files",
    "Notes": "notes", "LogMemories": "log_proofs.files",
}  # fmt: skip


@pytest.mark.parametrize(("port", "where"), PLUGGED.items())
def test_the_front_door_plugs_in_everything_a_port_asks_for(house, port, where):
    plugged = house.stockpile
    for name in where.split("."):
        plugged = getattr(plugged, name)
    wanted = {one for one in vars(getattr(ports, port)) if not one.startswith("_")}
    assert wanted
    assert wanted <= set(dir(plugged))


def test_every_port_is_plugged_in_or_opened_by_one_that_is():
    opened = {"Marker", "RegistryLink", "Ear", "OpenLabelPrinter"}
    without_a_home = {"AuthorityKeys", "WitnessFiles", "PublicLogs"}  # officials and witnesses
    found = {
        name
        for name, one in inspect.getmembers(ports, inspect.isclass)
        if getattr(one, "_is_protocol", False) and one.__module__.startswith(ports.__name__)
    }
    assert found == set(PLUGGED) | opened | without_a_home


def test_silence_is_allowed():
    assert silent(1, 2) is None


def test_the_door_shows_what_stands_in_every_room():
    assert at_the_door(ports) == []


def test_a_name_after_raises_that_is_no_error_is_seen():
    said = "Write it; raises DiskFull, DiskTrouble and\n    NoSuchError."
    assert unknown_errors(said) == {"NoSuchError"}
