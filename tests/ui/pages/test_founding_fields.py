"""What a new stockpile is told, each thing where it belongs."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QLineEdit  # noqa: TID251 — a test looks at widgets

from stockpile.domain.errors import (
    FieldMissing,
    FieldUnreadable,
    PassphraseTooShort,
    PinTooShort,
)
from tests.helpers.readable import displayed, faults
from ui.pages.founding_fields import FoundingFields


@pytest.fixture
def fields(tongue, qtbot):
    made = FoundingFields()
    displayed(made, qtbot, 392, 560)
    return made


def filled(fields, **other):
    told = {
        "_country": "UG", "_site": "KLA", "_name": "Kampala", "_officer": "A. Mbuyi",
        "_pin": "2580", "_again": "2580", "passphrase": "one two three",
        "_repeated": "one two three",
    }  # fmt: skip
    for name, text in (told | other).items():
        getattr(fields, name).set_text(text)
    return fields


def test_it_is_read_whole_and_no_secret_is_shown(fields):
    assert faults(fields) == []
    hidden = [
        one for one in fields.findChildren(QLineEdit) if one.echoMode() != one.EchoMode.Normal
    ]
    assert len(hidden) == 4


def test_all_that_was_typed_is_told(fields):
    told = filled(fields).told()
    assert (told.country, told.site, told.name) == ("UG", "KLA", "Kampala")
    assert (told.officer, told.pin) == ("A. Mbuyi", "2580")


@pytest.mark.parametrize("wrong", ["_again", "_repeated"])
def test_what_is_typed_twice_is_typed_alike(fields, wrong):
    assert filled(fields, **{wrong: "other"}).told() is None
    assert getattr(fields, wrong).message


@pytest.mark.parametrize(
    ("error", "name"),
    [
        (PinTooShort(4), "_pin"), (FieldUnreadable("country", "Uganda"), "_country"),
        (FieldMissing("name"), "_name"), (PassphraseTooShort(12), "passphrase"),
    ],
)  # fmt: skip
def test_a_refusal_stands_at_the_field_it_concerns(fields, error, name):
    fields.show_error(error, "Not so.")
    assert getattr(fields, name).message == "Not so."
