"""The plan of a marking campaign on paper: what must be there before the lorry leaves."""

from __future__ import annotations

from dataclasses import dataclass

from stockpile.domain.campaigns import Means, Pace, Plan
from stockpile.language import _, figure, is_right_to_left
from stockpile.services.documents import (
    Block,
    Column,
    Heading,
    Pair,
    Paper,
    SignatureBox,
    Signatures,
    Table,
    Words,
    filled,
)
from stockpile.services.dossier_pages import foot_of
from stockpile.services.weapon_files import Printing


@dataclass(frozen=True, slots=True)
class Sheet:
    """What the paper is made of; dates are ISO, empty where no first day was named."""

    plan: Plan
    pace: Pace
    means: Means
    begins: str
    ends: str
    ends_slow: str


def campaign_sheet(told: Sheet, printing: Printing) -> Paper:
    """Return the paper: the means, the forecast at a usual and a slow pace, the numbers."""
    return Paper(
        title=_("Marking campaign"),
        subject=_("{count} weapons").format(count=figure(f"{told.plan.weapons:,}")),
        code=f"MC-{printing.number}",
        blocks=(
            Words(pace_sentence(told.pace)),
            _means(told),
            Heading(_("What it takes")),
            _forecast(told),
            Heading(_("Marking numbers")),
            Words(numbers_sentence(told.plan)),
            Signatures((SignatureBox(_("Planned by")), SignatureBox(_("Approved by")))),
        ),
        foot=foot_of(printing),
        rtl=is_right_to_left(),
    )


def pace_sentence(pace: Pace) -> str:
    """Return what the forecast stands on, in a sentence."""
    if not pace.weapons:
        return _(
            "Pace assumed: {usual} weapons an hour at one machine. Nothing was measured here yet;"
            " mark twenty weapons and plan again."
        ).format(usual=figure(f"{pace.usual:.0f}"))
    return _(
        "Pace measured: {usual} weapons an hour at one machine, {slow} in slow hours. Measured on"
        " {count} weapons in {hours} hours of work; {failed} % of the tries came to no mark."
    ).format(
        usual=figure(f"{pace.usual:.0f}"),
        slow=figure(f"{pace.slow:.0f}"),
        count=figure(f"{pace.weapons:,}"),
        hours=figure(f"{pace.hours:.1f}"),
        failed=figure(f"{100 * pace.failed:.1f}"),
    )


def numbers_sentence(plan: Plan) -> str:
    """Return how many marking numbers the campaign needs, and whether there are enough."""
    needed = _("{count} marking numbers are needed, burnt ones counted in.").format(
        count=figure(f"{plan.numbers:,}")
    )
    if not plan.short_of_numbers:
        return needed + " " + _("There are enough.")
    missing = _("{count} are missing: ask the registry for them before the campaign begins.")
    return needed + " " + missing.format(count=figure(f"{plan.short_of_numbers:,}"))


def forecast_rows(told: Sheet) -> tuple[tuple[str, str, str], ...]:
    """Return what it takes as rows: what, at the usual pace, at the slow pace."""
    usual, slow = told.plan.usual, told.plan.slow

    def row(name: str, what: str) -> tuple[str, str, str]:
        return name, figure(f"{getattr(usual, what):,}"), figure(f"{getattr(slow, what):,}")

    return (
        row(_("Weapons a day"), "a_day"),
        row(_("Days of work"), "working_days"),
        row(_("Days by the calendar"), "calendar_days"),
        *([(_("Last day"), told.ends, told.ends_slow)] if told.ends else []),
        row(_("Days of pay and allowances"), "person_days"),
        *_stores(told.means, row("", "litres"), row("", "pins")),
    )


def _stores(
    means: Means, litres: tuple[str, str, str], pins: tuple[str, str, str]
) -> tuple[tuple[str, str, str], ...]:
    fuel = ((_("Fuel, litres"), *litres[1:]),) if means.litres else ()
    points = ((_("Pins or styluses"), *pins[1:]),) if means.pin_life else ()
    return (*fuel, *points)


def _forecast(told: Sheet) -> Table:
    columns = (
        Column("", 2.0),
        Column(_("At the usual pace"), 1.0),
        Column(_("At the slow pace"), 1.0),
    )
    return Table(columns, forecast_rows(told))


def _means(told: Sheet) -> Block:
    means = told.means
    figures = (
        (_("First day"), told.begins),
        (_("Machines"), figure(means.machines)),
        (_("People at each"), figure(means.people)),
        (_("Hours of marking a day"), figure(f"{means.hours:g}")),
        (_("Days a week"), figure(means.days_a_week)),
        (_("Days lost to rain, roads and repairs, %"), figure(f"{100 * means.spare:g}")),
        (_("Days on the road"), figure(means.travel) if means.travel else ""),
        (_("Litres of fuel an hour"), figure(f"{means.litres:g}") if means.litres else ""),
        (_("Marks that a pin lasts"), figure(f"{means.pin_life:,}") if means.pin_life else ""),
    )
    return filled([Pair(name, value) for name, value in figures if value])
