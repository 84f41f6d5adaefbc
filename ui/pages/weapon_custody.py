"""Where a weapon was, with whom and under which paper; and the parts that it had."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from PySide6.QtWidgets import QWidget

from stockpile import wording
from stockpile.domain.facts import Fact, KitItem
from stockpile.domain.lives import Fitting, Stay
from stockpile.domain.values import Digest
from stockpile.fact_words import kit_words
from stockpile.language import _, isolated
from stockpile.record_words import component_words, moment
from stockpile.wording import Names
from ui.pages.standing import joined, status_tone
from ui.theme import Ink, Space
from ui.widgets.arrange import column
from ui.widgets.card import Card
from ui.widgets.detail_table import Cell, DetailTable
from ui.widgets.text import card_title, secondary


class CustodyChain(Card):
    """Every link of the chain, the newest first."""

    def __init__(self, parent: QWidget | None = None) -> None:
        titles = (_("Since"), _("Status"), _("Place"), _("Under"), _("Written by"))
        self._table = DetailTable(titles, (3, 3, 4, 3, 3))
        super().__init__(column(card_title(_("Custody")), self._table, gap=Space.M), parent=parent)

    def show_chain(
        self, chain: Sequence[Stay], names: Names, doubted: Collection[Digest] = ()
    ) -> None:
        """Show a chain; of facts that are ``doubted`` the clock is in doubt."""
        self._table.show_rows([_stay(one, names, doubted) for one in reversed(chain)])
        self.setVisible(bool(chain))


class Fittings(Card):
    """The components: those on the weapon first, then those that were taken off."""

    def __init__(self, parent: QWidget | None = None) -> None:
        titles = (_("Component"), _("Fitted"), _("Removed"))
        self._table = DetailTable(titles, (4, 4, 4))
        self._kit = secondary("", wrap=True)
        self._none = secondary(_("No component is on record apart from the weapon."), wrap=True)
        super().__init__(
            column(card_title(_("Components")), self._none, self._table, self._kit, gap=Space.M),
            parent=parent,
        )

    def show_fittings(
        self, fittings: Sequence[Fitting], names: Names, kit: Sequence[KitItem] = (),
        doubted: Collection[Digest] = (),
    ) -> None:  # fmt: skip
        """Show the components, and what goes with the weapon; ``doubted`` as in the chain."""
        self._kit.setText(_("Goes with it: {kit}").format(kit=kit_words(kit)))
        self._kit.setVisible(bool(kit))
        ordered = sorted(fittings, key=lambda one: one.removed is not None)
        self._table.show_rows([_fitting(one, names, doubted) for one in ordered])
        self._none.setVisible(not fittings)


def _stay(stay: Stay, names: Names, doubted: Collection[Digest]) -> list[Cell]:
    custody = stay.custody
    ink = Ink.TEXT if stay.stands else Ink.SECONDARY
    place = joined(isolated(names.of(custody.place)), isolated(names.of(custody.holder)))
    under = joined(isolated(names.of(custody.paper)), stay.reason)
    return [
        _dated(stay.fact, isolated(moment(stay.fact)), doubted, ink),
        Cell(wording.status(custody.state), tone=status_tone(custody.state)),
        Cell(place, ink=ink),
        Cell(under, ink=ink),
        Cell(names.of(stay.fact.by), ink=ink),
    ]


def _fitting(fitting: Fitting, names: Names, doubted: Collection[Digest]) -> list[Cell]:
    removed = fitting.removed
    return [
        Cell(component_words(fitting.component), ink=Ink.SECONDARY if removed else Ink.TEXT),
        _who(fitting.fitted, names, doubted),
        _who(removed, names, doubted) if removed else Cell(""),
    ]


def _who(fact: Fact, names: Names, doubted: Collection[Digest]) -> Cell:
    reason = getattr(fact.body, "reason", "")
    said = joined(isolated(moment(fact)), names.of(fact.by), reason)
    return _dated(fact, said, doubted)


def _dated(fact: Fact, said: str, doubted: Collection[Digest], ink: Ink = Ink.TEXT) -> Cell:
    """Return what says when a fact was written, and that its clock is in doubt where it is."""
    return Cell(said, ink=ink, warning=_("clock in doubt") if fact.hash in doubted else "")
