"""The life of a weapon, newest first, with the lives of the records that were joined to it."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from PySide6.QtWidgets import QWidget

from stockpile import fact_words
from stockpile.domain import facts, weapons
from stockpile.domain.facts import Fact
from stockpile.domain.values import Digest
from stockpile.language import _, isolated, ngettext
from stockpile.record_words import corrected_fields, moment
from stockpile.services.weapon_files import WeaponFile
from stockpile.wording import Names
from ui.pages.standing import event_look, joined
from ui.theme import Space, Text
from ui.widgets.arrange import STRETCH, clear, column, row
from ui.widgets.button import Button, Kind
from ui.widgets.card import Card
from ui.widgets.segments import Segment, Segments
from ui.widgets.text import Label, card_title, secondary
from ui.widgets.timeline import Event, Timeline

_EVENTS = 40
_PAPERS = (
    facts.PhotoAdded, facts.PhotoRemoved, facts.TagBound, facts.LabelPrinted, facts.TraceAsked,
    facts.TraceAnswered,
)  # fmt: skip


class WeaponLife(Card):
    """The timeline with its filter."""

    def __init__(self, parent: QWidget | None = None) -> None:
        self._file: WeaponFile | None = None
        self._whole = False
        self._filter = Segments(
            [
                Segment("", _("All")),
                Segment("custody", _("Custody")),
                Segment("record", _("Record")),
                Segment("marks", _("Marks")),
            ]
        )
        self._filter.setAccessibleName(_("Kinds of events"))
        self._filter.chosen.connect(self._show_kind)
        self._lives = column(gap=Space.L)
        self._earlier = Button("", Kind.GHOST, "history")
        self._earlier.clicked.connect(self._show_whole)
        self._none = secondary(_("Nothing of this kind happened."), wrap=True)
        head = row(card_title(_("Life")), STRETCH)
        super().__init__(
            column(
                head, row(self._filter, STRETCH), self._none, self._lives, self._earlier,
                gap=Space.M,
            ),
            parent=parent,
        )  # fmt: skip

    def show_file(self, file: WeaponFile) -> None:
        """Show a life; the same weapon keeps what was asked of it."""
        if self._file is None or self._file.life.weapon.id != file.life.weapon.id:
            self._whole = False
        self._file = file
        self._refresh()

    def _show_kind(self, _kind: str) -> None:
        self._refresh()

    def _show_whole(self) -> None:
        self._whole = True
        self._refresh()

    def _refresh(self) -> None:
        if self._file is None:
            return
        clear(self._lives)
        names, room = self._file.names, None if self._whole else _EVENTS
        file = self._file
        own = self._kept(weapons.in_causal_order((*file.life.facts, *file.inspections)))
        shown = own[:room]
        if shown:
            self._lives.addWidget(Timeline([_event(one, names, file.doubted) for one in shown]))
        for life in self._file.joined:
            self._add_joined(life.row.number, self._kept(life.facts), file)
        rest = len(own) - len(shown)
        words = ngettext("Show {count} earlier act", "Show {count} earlier acts", rest)
        self._earlier.setText(words.format(count=rest))
        self._earlier.setVisible(rest > 0)
        self._none.setVisible(not own)

    def _add_joined(self, number: str, known: Sequence[Fact], file: WeaponFile) -> None:
        said = _("Joined record {number}").format(number=isolated(number))
        self._lives.addWidget(Label(said, Text.HEADING, wrap=True))
        events = [_event(one, file.names, file.doubted) for one in known]
        self._lives.addWidget(Timeline(events))

    def _kept(self, known: Sequence[Fact]) -> list[Fact]:
        wanted = self._filter.current
        return [one for one in reversed(known) if not wanted or wanted in kinds_of(one)]


def kinds_of(fact: Fact) -> frozenset[str]:
    """Return the kinds under which an event is looked for; a registration is of every kind."""
    aspects = weapons.aspects_of(fact.body)
    kinds = {
        "custody": "custody" in aspects or isinstance(fact.body, facts.WeaponCounted),
        "marks": "marking" in aspects or isinstance(fact.body, facts.MarkReadBack),
        "record": bool({"identity", "condition"}.intersection(aspects))
        or isinstance(fact.body, (*_PAPERS, *_JOINING)),
    }
    return frozenset(name for name, is_one in kinds.items() if is_one)


_JOINING = (facts.WeaponMerged, facts.WeaponsDistinct, facts.WeaponAbsorbed, facts.WeaponWithdrawn)


def _event(fact: Fact, names: Names, doubted: Collection[Digest]) -> Event:
    icon, tone = event_look(fact.body)
    what = fact_words.fact_sentence(fact.without_author(), names)
    who_when = joined(names.of(fact.by), isolated(moment(fact)))
    warning = _("Its clock is in doubt.") if fact.hash in doubted else ""
    return Event(icon, what, joined(corrected_fields(fact), who_when), tone, warning)
