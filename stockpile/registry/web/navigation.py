"""The places of the registry's pages, in the order in which they stand beside each page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from stockpile.domain.people import Act, Officer
from stockpile.language import _


@dataclass(frozen=True, slots=True)
class Place:
    """A page that the navigation leads to: its path, its sign, its name, who may see it."""

    path: str
    icon: str
    words: Callable[[], str]
    acts: tuple[Act, ...] = ()
    auditors: bool = True

    def is_for(self, officer: Officer) -> bool:
        """Say whether the officer may open the page."""
        if not self.acts or any(map(officer.may, self.acts)):
            return True
        return self.auditors and "auditor" in officer.roles


@dataclass(frozen=True, slots=True)
class Section:
    """Some places under one heading."""

    words: Callable[[], str]
    places: tuple[Place, ...]


SECTIONS: Final = (
    Section(lambda: _("The country"), (
        Place("/", "layout-dashboard", lambda: _("Overview")),
        Place("/weapons", "search", lambda: _("Weapons")),
        Place("/conflicts", "git-compare", lambda: _("Conflicts")),
        Place("/losses", "shield-alert", lambda: _("Losses")),
        Place("/hot-list", "flame", lambda: _("Hot list")),
        Place("/transfers", "truck", lambda: _("Transfers")),
        Place("/statistics", "gauge", lambda: _("Statistics")),
    )),
    Section(lambda: _("The exchange"), (
        Place("/nodes", "server", lambda: _("Nodes")),
        Place("/couriers", "usb", lambda: _("Courier files"), ("enrol",), auditors=False),
        Place("/codes", "key-round", lambda: _("One-time codes"), ("enrol",), auditors=False),
        Place("/numbers", "hash", lambda: _("Number blocks")),
    )),
    Section(lambda: _("This registry"), (
        Place("/confirm", "list-checks", lambda: _("To confirm")),
        Place("/users", "users", lambda: _("Users")),
        Place("/audit", "history", lambda: _("Audit"), ("set_guard",)),
    )),
)  # fmt: skip


def is_within(path: str, place: Place) -> bool:
    """Say whether a page belongs to a place: it is the place or lies below it."""
    return path == place.path or (place.path != "/" and path.startswith(place.path + "/"))
