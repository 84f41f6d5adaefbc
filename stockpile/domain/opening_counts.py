"""How a count begins: what is counted, by whom, and what is known at that moment.

1. Two officers count, one of whom is not the custodian of the place (unit practice of two armies;
   no clause of an instrument that we could read asks for it).
2. Whatever is drawn by lot is drawn from a seed that stands on record.
3. A paper number is given by the site, and anew each year.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final, Literal

from stockpile.domain.errors import CounterNotIndependent, CountersTooFew, FieldUnreadable
from stockpile.domain.facts import Draft, Horizon, StocktakeClosed, StocktakeOpened
from stockpile.domain.numbers import paper_number
from stockpile.domain.references import Reference
from stockpile.domain.values import Instant, OfficerId, PlaceId

Basis = Literal["quantity", "type", "serial"]
BASES: Final[tuple[Basis, ...]] = ("quantity", "type", "serial")
"""From the least to the most that a count asks: each answers those before it too."""
LEAST_COUNTERS: Final = 2
_WHOLE: Final = 100
_PREFIX: Final = "ST"


@dataclass(frozen=True, slots=True)
class Request:
    """What is to be counted; no place means the whole site, no types all of them.

    ``counters`` are the officers who count, ``independent`` the one who is not the custodian: where
    not said, the last counter who is not. ``rule`` names the rule by which the count is due.
    """

    place: PlaceId | None = None
    basis: Basis = "serial"
    blind: bool = False
    types: tuple[str, ...] = ()
    percent: int = _WHOLE
    counters: tuple[OfficerId, ...] = ()
    independent: OfficerId | None = None
    seed: str = ""
    rule: str = ""
    answers: str = ""


@dataclass(frozen=True, slots=True)
class Stocktake:
    """A count on record: as it was opened, and as it was closed where it was."""

    id: str
    opened: StocktakeOpened
    closed: StocktakeClosed | None = None

    @property
    def number(self) -> str:
        """What people call it by."""
        return self.opened.number

    @property
    def is_whole(self) -> bool:
        """Whether all of its places is counted, not a sample or some types."""
        return self.opened.percent >= _WHOLE and not self.opened.types


def stocktake_of(reference: Reference) -> Stocktake | None:
    """Return the count that a reference stands for; None where it is none."""
    if not isinstance(reference.opened, StocktakeOpened):
        return None
    now = reference.now
    closed = now if isinstance(now, StocktakeClosed) else None
    return Stocktake(reference.subject, reference.opened, closed)


def opened(
    stocktake: str,
    said: Request,
    number_: str,
    known: tuple[Horizon, ...],
    custodian: OfficerId | None,
) -> Draft:
    """Open a count.

    Raises CountersTooFew, CounterNotIndependent, FieldUnreadable for no size of a sample.
    """
    if not 0 < said.percent <= _WHOLE:
        raise FieldUnreadable("percent", str(said.percent))
    counters = tuple(dict.fromkeys(said.counters))
    if len(counters) < LEAST_COUNTERS:
        raise CountersTooFew(LEAST_COUNTERS)
    return Draft(
        stocktake,
        StocktakeOpened(
            scope="place" if said.place else "all",
            basis=said.basis,
            place=said.place,
            blind=said.blind,
            number=number_,
            types=said.types,
            percent=said.percent,
            seed=said.seed if said.percent < _WHOLE else "",
            counters=counters,
            independent=_independent(said, counters, custodian),
            rule=said.rule,
            answers=said.answers,
            horizon=known,
        ),
    )


def number(site: str, at: Instant, taken: Iterable[str]) -> str:
    """Return the next number of a count at a site: ST-KLA-26-0001."""
    return paper_number(_PREFIX, site, datetime.fromtimestamp(at / 1000, UTC).year, taken)


def day(at: Instant, zone: int, later: int = 0) -> str:
    """Return the date at an instant and zone (minutes east of Greenwich), so many days later."""
    moment = datetime.fromtimestamp(at / 1000, UTC) + timedelta(minutes=zone, days=later)
    return moment.date().isoformat()


def _independent(
    said: Request, counters: tuple[OfficerId, ...], custodian: OfficerId | None
) -> OfficerId:
    able = [one for one in counters if one != custodian]
    chosen = said.independent or able[-1]
    if chosen not in able:
        raise CounterNotIndependent(chosen)
    return chosen
