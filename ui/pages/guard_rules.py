"""Rules of the guard: which acts want two officers here, the lock, how long details stay."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from stockpile import wording
from stockpile.domain.errors import FieldUnreadable, StockpileError
from stockpile.domain.people import MAY_NEED_TWO, NEEDS_TWO
from stockpile.language import _, isolated
from stockpile.plan_said import acts_words
from ui.theme import Ink, Space, Text, Tone
from ui.view_models.guard_rules import GuardRulesModel, RulesSet, RulesShown
from ui.widgets.arrange import STRETCH, Share, column, row
from ui.widgets.button import Button, Kind
from ui.widgets.card import Card
from ui.widgets.field import Choice, Field, State
from ui.widgets.text import Label, card_title, secondary
from ui.widgets.tick import Tick
from ui.widgets.ticks_field import TicksField
from ui.widgets.timeline import Event, Timeline


class GuardRulesSection(QWidget):
    """The rules as they hold, to be changed by who may, and what they were before."""

    def __init__(self, model: GuardRulesModel) -> None:
        super().__init__()
        self._model = model
        choices = [Choice(act, wording.act(act)) for act in sorted(MAY_NEED_TWO)]
        self.acts = TicksField(_("At this site two officers are wanted as well to"), choices)
        self.lock = Field(_("Minutes without a hand on it"))
        self.retain = Field(_("Months after the last act"))
        self.recovery = Field(_("Recovery key (age1…)"), identifier=True)
        self.tracing = Tick(_("Weapons may be traced"))
        self.said = Label("", Text.SECONDARY, wrap=True)
        self.save = Button(_("Set the rules"), Kind.PRIMARY, "signature")
        self.history = Timeline()
        self._no_history = secondary(_("Nobody has set the rules yet; these are the usual ones."))
        self._lay_out()
        self.save.clicked.connect(self._keep)
        for field in (self.lock, self.retain, self.recovery):
            field.submitted.connect(self._keep)
            field.edited.connect(lambda _text: self._forget_errors())
        model.came.connect(self._show)
        model.kept.connect(self._say_kept)
        model.refused.connect(self._say_refused)

    def _lay_out(self) -> None:
        always = _("Always two officers, on every site: {acts}.").format(
            acts=acts_words(sorted(NEEDS_TWO))
        )
        two = Card(
            column(
                card_title(_("Two officers")), secondary(always, wrap=True), self.acts,
                gap=Space.M,
            )
        )  # fmt: skip
        times = Card(
            column(
                card_title(_("The screen locks itself")),
                secondary(_("Work that runs goes on. 0 means never."), wrap=True), self.lock,
                gap=Space.M,
            )
        )  # fmt: skip
        erasing = Card(
            column(
                card_title(_("Details of persons are erased")),
                secondary(
                    _("Of those with nothing in hand. What was signed stays. 0 means never."),
                    wrap=True,
                ),
                self.retain, gap=Space.M,
            )
        )  # fmt: skip
        recovery = Card(
            column(
                card_title(_("Recovery by the authority")),
                secondary(
                    _("The keys of this home are sealed to this key of the authority's, so that"
                      " a lost passphrase loses nothing. Empty: to nobody."),
                    wrap=True,
                ),
                self.recovery, gap=Space.M,
            )
        )  # fmt: skip
        tracing = Card(
            column(
                card_title(_("Tracing")),
                secondary(
                    _("Where a peace agreement forbids it, no request goes out and none is"
                      " answered but with a refusal; those that came in stay on record."),
                    wrap=True,
                ),
                self.tracing, gap=Space.M,
            )
        )  # fmt: skip
        before = Card(
            column(card_title(_("Set until now")), self._no_history, self.history, gap=Space.M)
        )
        foot = row(Share(self.said), self.save)
        self.setLayout(
            column(two, times, erasing, tracing, recovery, foot, before, STRETCH, gap=Space.M)
        )

    def _keep(self) -> None:
        if not self.save.isEnabled():
            return
        acts = [one for one in self.acts.value().split(",") if one]
        self._model.keep(
            acts, self.lock.text(), self.retain.text(), self.recovery.text(),
            tracing=self.tracing.isChecked(),
        )  # fmt: skip

    def _show(self, shown: RulesShown) -> None:
        rules, may = shown.rules, self._model.may_set
        self.acts.set_value(",".join(rules.two_officers))
        self.lock.set_text(str(rules.lock_after))
        self.retain.set_text(str(rules.retain_persons))
        self.recovery.set_text(rules.recovery)
        self.tracing.setChecked(rules.tracing_allowed)
        why = "" if may else _("Your role does not include setting the rules of the guard.")
        parts = (self.acts, self.lock, self.retain, self.recovery, self.tracing, self.save)
        for part in parts:
            part.setEnabled(may)
            part.setToolTip(why)
            part.setAccessibleDescription(why)
        if why:
            self._say(why, Ink.MUTED)
        self._no_history.setVisible(not shown.history)
        self.history.setVisible(bool(shown.history))
        self.history.show_events([_event(one) for one in shown.history])

    def _say_kept(self, done: bool) -> None:
        if done:
            self._say(_("The rules are on record and hold from now on."), Ink.OK)
        else:
            self._say(_("Signed. It waits for a second officer to confirm it."), Ink.MUTED)
            self._model.start()

    def _say_refused(self, error: StockpileError) -> None:
        sentence = wording.error_sentence(error)
        fields = {
            "lock_after": self.lock, "retain_persons": self.retain, "recovery": self.recovery,
        }  # fmt: skip
        field = fields.get(error.field) if isinstance(error, FieldUnreadable) else None
        if field is None:
            self._say(sentence, Ink.BAD)
        else:
            field.show_state(State.BAD, sentence)
            field.setFocus()

    def _forget_errors(self) -> None:
        for field in (self.lock, self.retain, self.recovery):
            field.show_state(State.PLAIN)
        self.said.setText("")

    def _say(self, words: str, ink: Ink) -> None:
        self.said.set_ink(ink)
        self.said.setText(words)


def _event(one: RulesSet) -> Event:
    title = _("{name}, {moment}").format(name=isolated(one.by), moment=isolated(one.at))
    said = [
        _("{what}: {after} (before: {before})").format(
            what=change.what, after=change.after or _("nothing"),
            before=change.before or _("nothing"),
        )
        for change in one.changes
    ]  # fmt: skip
    return Event("shield-check", title, ". ".join(said), Tone.INFO)
