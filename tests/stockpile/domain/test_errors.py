from __future__ import annotations

import copy
import dataclasses
import inspect
import pickle
import traceback

import pytest

from stockpile.domain import errors
from stockpile.domain.errors import Cancelled, Damaged, Refused, StockpileError, Unavailable
from tests.helpers.every import every
from tests.helpers.rooms import at_the_door

FAMILIES = (Refused, Unavailable, Damaged, Cancelled)
CLASSES = [
    one
    for one in vars(errors).values()
    if inspect.isclass(one) and issubclass(one, StockpileError) and one is not StockpileError
]
VALUES = {"int": 7, "str": "a value", "tuple[str, ...]": ("W-1", "W-2")}


def filled(shape: type[StockpileError]) -> StockpileError:
    """An error of the class with a value in every field, given by name as the house does."""
    return shape(**{field.name: VALUES[field.type] for field in dataclasses.fields(shape)})


every_class = every(CLASSES)


def test_the_classes_are_found():
    assert {errors.ChainBroken, errors.WrongPin, errors.MachineSilent, Cancelled} <= set(CLASSES)


@every_class
def test_an_error_belongs_to_one_family(shape):
    assert len([family for family in FAMILIES if issubclass(shape, family)]) == 1


@every_class
def test_an_error_says_what_it_means(shape):
    said = inspect.getdoc(shape)
    assert said
    assert said.endswith(".")
    assert not said.startswith(f"{shape.__name__}("), "a dataclass made up this docstring"


@every_class
def test_an_error_carries_its_values_by_name(shape):
    error = filled(shape)
    names = [field.name for field in dataclasses.fields(shape)]
    assert error.details() == {name: getattr(error, name) for name in names}


@every_class
def test_an_error_reads_as_its_class_and_values(shape):
    text = str(filled(shape))
    assert text.startswith(f"{shape.__name__}(")
    assert all(f"{field.name}=" in text for field in dataclasses.fields(shape))


@every_class
def test_an_error_can_be_raised_from_another_and_keeps_where(shape):
    with pytest.raises(shape) as caught:
        fail(filled(shape))
    assert isinstance(caught.value.__cause__, KeyError)
    assert "fail" in [frame.name for frame in traceback.extract_tb(caught.value.__traceback__)]


def fail(error: StockpileError) -> None:
    try:
        {}["nothing"]
    except KeyError as cause:
        raise error.with_traceback(None) from cause


@every(CLASSES, [copy.copy, copy.deepcopy, lambda one: pickle.loads(pickle.dumps(one))])  # noqa: S301 - our own
def test_an_error_survives_being_copied_and_sent(shape, again):
    error = filled(shape)
    error.add_note("on the second disk")
    other = again(error)
    assert type(other) is shape
    assert other.details() == error.details()
    assert other.__notes__ == ["on the second disk"]


@every_class
def test_two_errors_of_equal_values_are_two_events(shape):
    one, other = filled(shape), filled(shape)
    assert one != other
    assert len({one, other}) == 2


def test_the_door_shows_what_stands_in_every_room():
    assert at_the_door(errors) == []
