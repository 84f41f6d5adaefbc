"""What stands in the rooms of a package that is cut by matter, and what a room promises."""

from __future__ import annotations

import dataclasses
import importlib
import inspect
import pkgutil
import re
from types import ModuleType
from typing import Any

from stockpile.domain import codec, errors
from stockpile.domain.errors import Cancelled, Damaged, Refused, StockpileError, Unavailable
from stockpile.language import plain, use_language

FAMILIES = (Refused, Unavailable, Damaged, Cancelled)
RAISED = re.compile(r"[Rr]aises\s+((?:[A-Z]\w+(?:,\s+|\s+and\s+|;\s+)?)+)")
KINDS = {shape: kind for kind, shape in codec.KINDS.items()}


def rooms_of(package: ModuleType) -> list[ModuleType]:
    """Every room behind a package's door."""
    return [
        importlib.import_module(f"{package.__name__}.{one.name}")
        for one in pkgutil.iter_modules(package.__path__)
    ]


def classes_of(room: ModuleType) -> list[type[Any]]:
    """The classes that are written in the room itself."""
    return [
        one
        for one in vars(room).values()
        if inspect.isclass(one) and one.__module__ == room.__name__
    ]


def at_the_door(package: ModuleType) -> list[str]:
    """Say which classes of the rooms a door does not show, or shows another one for."""
    return [
        f"{room.__name__}.{one.__name__}"
        for room in rooms_of(package)
        for one in classes_of(room)
        if getattr(package, one.__name__, None) is not one
    ]


def not_refused(room: ModuleType) -> dict[str, str]:
    """The errors of a room that the user cannot put right alone, with their families."""
    return {
        one.__name__: family.__name__
        for one in classes_of(room)
        for family in FAMILIES
        if issubclass(one, family) and family is not Refused
    }


def on_the_wire(room: ModuleType) -> dict[str, tuple[str, set[str]]]:
    """Each shape of a room of facts: its kind, nothing for a part of others, and its fields."""
    return {
        one.__name__: (KINDS.get(one, ""), {field.name for field in dataclasses.fields(one)})
        for one in classes_of(room)
    }


def says_still(room: ModuleType, said: dict[str, str]) -> None:
    """Hold that every shape is written down here, has its kind, and no field was taken away.

    Kinds and fields are what old ledgers say, for ever; a field may come beside them.
    """
    now = on_the_wire(room)
    assert now.keys() == said.keys()
    for name, words in said.items():
        kind, _colon, fields = words.rpartition(":")
        assert now[name][0] == kind, name
        assert now[name][1] >= set(fields.split()), name


def promises_hold(room: ModuleType) -> None:
    """Hold that a room of ports gives values that never change, and raises what there is."""
    for one in classes_of(room):
        assert inspect.getdoc(one), one
        if dataclasses.is_dataclass(one):
            assert one.__dataclass_params__.frozen, one  # type: ignore[attr-defined]
        for name, method in inspect.getmembers(one, inspect.isfunction):
            if getattr(one, "_is_protocol", False) and not name.startswith("_"):
                assert inspect.getdoc(method), (one, name)
                assert unknown_errors(inspect.getdoc(method) or "") == set(), (one, name)


def unknown_errors(said: str) -> set[str]:
    """The names after "raises" that are no errors of ours."""
    named = {name for group in RAISED.findall(said) for name in re.findall(r"[A-Z]\w+", group)}
    return {name for name in named if not issubclass(vars(errors).get(name, int), StockpileError)}


def worded_whole(words: ModuleType, failures: ModuleType) -> None:
    """Hold that a room of words has a sentence for each error of its room, and for no other."""
    assert set(words.SENTENCES) == set(classes_of(failures)), words.__name__
    every_code_has_words(words)


def every_code_has_words(words: ModuleType) -> None:
    """Hold that all tables of a room say something, in another language too."""
    tables = [one for name, one in vars(words).items() if name.isupper()]
    assert tables
    said: dict[str, set[str]] = {}
    for language in ("en", "x_pseudo"):
        use_language(language)
        try:
            said[language] = {plain(word()) for table in tables for word in table.values()}
        finally:
            use_language("en")
    assert "" not in said["en"]
    assert not said["en"] & said["x_pseudo"]
