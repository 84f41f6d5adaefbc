"""The proof that nobody changed the record, and the way back to the register from it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from PySide6.QtWidgets import QWidget

from stockpile import wording
from stockpile.domain.errors import Cancelled, Damaged, StockpileError
from stockpile.language import _, isolated
from stockpile.services.ports import Checked
from ui.desk import Work
from ui.pages import proof_words
from ui.pages.sync_cards import HeadCard
from ui.pages.work_bar import WorkBar
from ui.theme import Space, Text, Tone
from ui.view_models.proving import ProofStanding
from ui.view_models.settings import Proof, SettingsModel, SetUp
from ui.widgets.arrange import STRETCH, Share, boxed, column, row, rule
from ui.widgets.button import Button, Kind
from ui.widgets.card import Banner, Card
from ui.widgets.field import Choice, ChoiceField
from ui.widgets.text import Label, card_title, secondary

_UNDER_WAY: Mapping[str, Callable[[], str]] = MappingProxyType(
    {
        "check": lambda: _("Checking every seal and signature…"),
        "deep": lambda: _("Deriving the register anew and comparing…"),
        "rebuild": lambda: _("Building the register anew…"),
    }
)


class ProofSection(QWidget):
    """Three works, one at a time, and what they found."""

    def __init__(self, model: SettingsModel) -> None:
        super().__init__()
        self._model = model
        self.check = Button(_("Check now"), Kind.PRIMARY, "shield-check")
        self.deep = Button(_("Check deeply"), icon="package-search")
        self.rebuild = Button(_("Rebuild"), icon="refresh-cw")
        self.result = Banner("shield-check", "", "", Tone.OK)
        self.result.hide()
        self._bar = WorkBar()
        self._head = HeadCard()
        self.last = Banner("shield-check", "", "", Tone.GREY)
        self.every = ChoiceField(
            _("Checked deeply by itself"),
            [
                Choice("week", _("Every week")),
                Choice("month", _("Every month")),
                Choice("never", _("Never, only by hand")),
            ],
        )
        self.own_bar = WorkBar()
        self.setLayout(
            column(
                self.last, self._card(), self._bar, self.result, self._by_itself(), self._head,
                STRETCH, gap=Space.M,
            )
        )  # fmt: skip
        works: tuple[tuple[Button, Proof], ...] = (
            (self.check, "check"), (self.deep, "deep"), (self.rebuild, "rebuild"),
        )  # fmt: skip
        for button, what in works:
            button.clicked.connect(lambda _checked=False, name=what: model.prove(name))
        model.proving.connect(self._proving)
        model.proved.connect(self._proved)
        model.unproved.connect(self._unproved)
        model.came.connect(self._show)
        self._follow_prover()

    def _follow_prover(self) -> None:
        """Show what the check by itself does and found."""
        prover = self._model.prover
        self.every.set_value(self._model.setting("proof_every"))
        self.every.chosen.connect(
            lambda every: self._model.remember("proof_every", every) if every else None
        )
        prover.stands.connect(self._show_standing)
        prover.began.connect(self._show_begun)
        prover.ended.connect(self.own_bar.end)
        if prover.work is not None:
            self._show_begun(prover.work)
        self._show_standing(prover.standing)

    def _by_itself(self) -> Card:
        said = secondary(
            _(
                "It begins when nobody works here for a few minutes, on a copy, and rests when"
                " somebody does. What it finds stays said here and at the foot of the window."
            ),
            wrap=True,
        )
        return Card(
            column(
                card_title(_("By itself")), row(Share(self.every), STRETCH), said, self.own_bar,
                gap=Space.M,
            )
        )  # fmt: skip

    def _show_standing(self, standing: ProofStanding) -> None:
        self.last.say(*proof_words.last_words(standing).as_banner())

    def _show_begun(self, work: Work) -> None:
        self.own_bar.follow(work, _("Checking by itself; it rests while you work…"))

    def _card(self) -> Card:
        lines = (
            _line(
                _("Seals and signatures"), _("Every entry is what it was sealed as."), self.check
            ),
            rule(),
            _line(
                _("The register against the ledger"),
                _("Derives every weapon anew and compares, on a copy beside the work."),
                self.deep,
            ),
            rule(),
            _line(
                _("The register anew"),
                _("Drops the register and derives it from the ledger. No fact is touched."),
                self.rebuild,
            ),
        )
        return Card(column(card_title(_("Proof of the record")), *lines, gap=Space.M))

    def _show(self, set_up: SetUp) -> None:
        self._head.show_code(set_up.head_code)

    def _proving(self, what: str, work: Work) -> None:
        self.result.hide()
        for button in (self.check, self.deep, self.rebuild):
            button.setEnabled(False)
        self._bar.follow(work, _UNDER_WAY[what]())

    def _end(self) -> None:
        self._bar.end()
        for button in (self.check, self.deep, self.rebuild):
            button.setEnabled(True)

    def _proved(self, what: str, checked: Checked) -> None:
        self._end()
        title = _("The register is built anew") if what == "rebuild" else _("The record is whole")
        sentence = _(
            "{entries} entries, {facts} facts, {weapons} weapons, {chains} chains."
        ).format(
            entries=isolated(str(checked.entries)),
            facts=isolated(str(checked.facts)),
            weapons=isolated(str(checked.weapons)),
            chains=isolated(str(len(checked.tips))),
        )
        self._say("shield-check", title, sentence, Tone.OK)

    def _unproved(self, _what: str, error: StockpileError) -> None:
        self._end()
        if isinstance(error, Cancelled):
            self._say("pause", _("Stopped"), _("Nothing was found wrong until then."), Tone.GREY)
        elif isinstance(error, Damaged):
            said = wording.error_sentence(error)
            self._say("shield-alert", _("The record does not hold"), said, Tone.BAD)
        else:
            self._say("triangle-alert", _("Not now"), wording.error_sentence(error), Tone.WARN)

    def _say(self, icon: str, title: str, sentence: str, tone: Tone) -> None:
        self.result.say(icon, title, sentence, tone)
        self.result.show()


def _line(title: str, sentence: str, button: Button) -> QWidget:
    said = column(Label(title, Text.FIELD), secondary(sentence, wrap=True), gap=2)
    return boxed(row(Share(said), button, gap=Space.L))
