"""The rules of the guard at this site: what they are, what they were, and setting them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QObject, Signal

from stockpile.domain.errors import FieldUnreadable, StockpileError
from stockpile.domain.facts import Fact, GuardSet
from stockpile.plan_words import Change, rule_changes
from stockpile.record_words import moment
from stockpile.services.ports import Recorded
from stockpile.services.signing import Second
from stockpile.services.stockpile import Stockpile
from ui.desk import Desk
from ui.notices import Notices
from ui.session import Session
from ui.view_models.latest import Latest


@dataclass(frozen=True, slots=True)
class RulesSet:
    """Once that the rules were set: by whom, when, and what became otherwise."""

    by: str
    at: str
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class RulesShown:
    """The rules that hold, and every time they were set, the newest first."""

    rules: GuardSet
    history: tuple[RulesSet, ...]


class GuardRulesModel(QObject):
    """The rules, as they stand and as they are typed.

    Signals:
        came: the rules that hold and their history (RulesShown).
        kept: new rules are on record, or wait for a second officer (False).
        refused: the rules were refused: the error.
    """

    came = Signal(object)
    kept = Signal(bool)
    refused = Signal(object)

    def __init__(self, desk: Desk, session: Session, notices: Notices) -> None:
        super().__init__()
        self._desk, self._session = desk, session
        self._rules = Latest[RulesShown](desk, self, self.came.emit, notices.trouble)
        desk.recorded.connect(self._heard)

    @property
    def may_set(self) -> bool:
        """Say whether the officer's role includes setting the rules."""
        return self._session.may("set_guard")

    def start(self) -> None:
        """Ask which rules hold."""
        if self._session.is_open:
            self._rules.ask(partial(_shown, self._session.stockpile))

    def keep(
        self, acts: Sequence[str], lock: str, retain: str, recovery: str, *, tracing: bool = True
    ) -> None:
        """Put the rules on record as typed; a second officer is asked where the rules say so."""
        guard, by = self._session.stockpile.guard, self._session.officer
        try:
            minutes, months = _number("lock_after", lock), _number("retain_persons", retain)
            rules = GuardSet(tuple(acts), minutes, months, recovery, tracing)
        except StockpileError as error:
            self.refused.emit(error)
            return

        def act(second: Second | None) -> tuple[Recorded, None]:
            return guard.set(rules, by=by, witness=second), None

        self._desk.record_by_two(
            self, act, lambda _none: self.kept.emit(True), self.refused.emit,
            lambda: self.kept.emit(False),
        )  # fmt: skip

    def _heard(self, recorded: Recorded) -> None:
        if any(isinstance(fact.body, GuardSet) for fact in recorded.facts):
            self.start()


def _number(name: str, text: str) -> int:
    """Return the whole number written in the text; raises FieldUnreadable."""
    try:
        return int(text.strip() or "0")
    except ValueError as error:
        raise FieldUnreadable(name, text) from error


def _shown(stockpile: Stockpile) -> RulesShown:
    names = stockpile.names()
    history: list[RulesSet] = []
    before = GuardSet()
    for fact in stockpile.guard.history():
        now = _body(fact)
        changes = rule_changes(before, now)
        history.insert(0, RulesSet(names.of(fact.by), moment(fact), changes))
        before = now
    return RulesShown(stockpile.guard.rules(), tuple(history))


def _body(fact: Fact) -> GuardSet:
    assert isinstance(fact.body, GuardSet)
    return fact.body
