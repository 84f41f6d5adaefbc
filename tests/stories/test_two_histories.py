"""A registry that shows two depots two histories is found out by a stick between them."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import replace

from stockpile.domain.errors import LogSplit
from stockpile.registry.copies import copy_to
from stockpile.services.people import Founding
from tests.helpers.house import PIN
from tests.helpers.joined import joined, sync
from tests.helpers.log_nodes import twin_of
from tests.helpers.registries import answering, open_registry

HERE = Founding("UG", "KLA", "Kampala Central", "A. Mbuyi", PIN)
THERE = Founding("UG", "GUL", "Gulu Depot", "B. Okello", PIN)


def enrolled(stack, folder, registry, told):
    depot = joined(folder, registry, told)
    stack.callback(depot.stockpile.close)
    sync(depot)
    return depot


def copied(stack, registry, file):
    """Return the same registry from now on with a history of its own, and its address."""
    twin = twin_of(registry, copy_to(registry.database, None, file))
    stack.callback(twin.database.close)
    return stack.enter_context(answering(twin.books))


def work(depot, url):
    for serial in ("KB 1", "KB 2"):
        depot.register(serial)
        assert depot.stockpile.exchange.sync(url, by=depot.officer).trouble is None


def test_the_file_of_the_one_is_an_alarm_at_the_other_as_soon_as_it_is_loaded(tmp_path):
    with ExitStack() as stack:
        registry = open_registry(str(tmp_path / "registry.db"))
        stack.callback(registry.database.close)
        registry.address = stack.enter_context(answering(registry.books))
        here, there = (enrolled(stack, tmp_path, registry, told) for told in (HERE, THERE))
        sync(here)  # who Gulu is
        twin = copied(stack, registry, tmp_path / "twin.db")
        (peer,) = there.stockpile.books.peers()
        there.stockpile.books.keep_peer(replace(peer, url=twin))
        work(here, registry.address)
        work(there, twin)
        weapon = there.register("KB 3")  # its entry names the head that Gulu was shown
        file, couriers = tmp_path / "gulu.courier", here.stockpile.couriers
        there.stockpile.couriers.pack(file, here.stockpile.keys.node, by=there.officer)
        _recorded, taken = couriers.take(couriers.open(file), by=here.officer)
        assert isinstance(taken.split, LogSplit)
        assert taken.split.node == there.stockpile.keys.node
        assert here.stockpile.books.weapon(weapon) == there.stockpile.books.weapon(weapon)
        (doubt,) = here.stockpile.log_proofs.standing(registry.books.key.node).doubts
        assert (doubt.node, doubt.size) == (taken.split.node, taken.split.size)
