"""What the ruler page measures is what is taken back; what no printer does is not believed."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stockpile.domain.errors import FieldUnreadable, PrintScaled
from stockpile.domain.printer_fit import (
    STRAIGHT,
    Measured,
    PrinterFit,
    before_print,
    fit_from_ruler,
    in_millimetres,
    keep_fits,
    kept_fits,
    micrometres_of,
)
from tests.helpers.nightly import examples

DUE = Measured(20_000, 20_000, 190_000, 277_000)
OFFSETS = st.integers(-5_000, 5_000)
STRETCHES = st.integers(-9_000, 9_000)
FITS = st.builds(PrinterFit, OFFSETS, OFFSETS, STRETCHES, STRETCHES)


def printed(at, offset, stretch):
    return offset + at * (1 + stretch / 1_000_000)


def measured_on(fit):
    across = [round(printed(at, fit.across, fit.stretch_across)) for at in (20_000, 190_000)]
    down = [round(printed(at, fit.down, fit.stretch_down)) for at in (20_000, 277_000)]
    return Measured(across[0], down[0], across[1], down[1])


def test_a_printer_that_prints_straight_needs_no_fit():
    assert fit_from_ruler(DUE, DUE) == STRAIGHT


def test_two_numbers_alone_tell_how_far_the_page_is_beside_its_place():
    found = Measured(21_200, 19_500)
    assert fit_from_ruler(DUE, found) == PrinterFit(1_200, -500, 0, 0)


@given(FITS)
@settings(max_examples=examples(30))
def test_what_is_drawn_by_the_fit_is_printed_where_it_belongs(fit):
    found = fit_from_ruler(DUE, measured_on(fit))
    for place in (0.0, 7.25, 100.0, 200.0):
        drawn = before_print(place, found.across, found.stretch_across)
        assert abs(printed(drawn * 1000, fit.across, fit.stretch_across) / 1000 - place) < 0.005


def test_a_page_that_was_made_to_fit_the_paper_is_printed_again_at_its_size():
    with pytest.raises(PrintScaled) as refused:
        fit_from_ruler(DUE, Measured(22_550, 25_000, 187_450, 273_000))
    assert refused.value.size == "97.0 %"


def test_a_number_that_no_printer_is_so_far_off_is_named():
    with pytest.raises(FieldUnreadable) as refused:
        fit_from_ruler(DUE, Measured(20_000, 20_000, 19_000, 277_000))
    assert (refused.value.field, refused.value.text) == ("far_across", "19")


@pytest.mark.parametrize(
    ("typed", "due"),
    [("20", 20_000), (" 20,4 mm", 20_400), ("19.75", 19_750), ("٢٠٫٥", 20_500), ("-1", -1_000)],
)
def test_a_length_is_understood_as_people_type_it(typed, due):
    assert micrometres_of(typed, "near_across") == due


@pytest.mark.parametrize("typed", ["", "two", "1e999", "nan"])
def test_what_is_no_length_is_said_with_its_field(typed):
    with pytest.raises(FieldUnreadable) as refused:
        micrometres_of(typed, "far_down")
    assert refused.value.field == "far_down"


def test_a_length_is_shown_with_the_decimals_that_it_needs():
    assert [in_millimetres(one) for one in (20_000, 20_400, 19_750)] == ["20", "20.4", "19.75"]


@given(st.dictionaries(st.text(max_size=12), FITS, max_size=4))
@settings(max_examples=examples(30))
def test_the_fits_of_a_computer_are_kept_by_the_printers_names(fits):
    expected = {name: fit for name, fit in fits.items() if fit != STRAIGHT}
    assert kept_fits(keep_fits(fits)) == expected


@pytest.mark.parametrize("kept", ["", "{", "[]", '{"a": 1}', '{"a": {"across": "x"}}'])
def test_what_cannot_be_read_of_the_settings_is_forgotten(kept):
    assert kept_fits(kept) == {}
