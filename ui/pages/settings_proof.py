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
from ui.pages.sync_cards import HeadCard
from ui.pages.work_bar import WorkBar
from ui.theme import Space, Text, Tone
from ui.view_models.settings import Proof, SettingsModel, SetUp
from ui.widgets.arrange import STRETCH, Share, boxed, column, row, rule
from ui.widgets.button import Button, Kind
from ui.widgets.card import Banner, Card
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
        self.setLayout(
            column(self._card(), self._bar, self.result, self._head, STRETCH, gap=Space.M)
        )
        works: tuple[tuple[Button, Proof], ...] = (
            (self.check, "check"), (self.deep, "deep"), (self.rebuild, "rebuild"),
        )  # fmt: skip
        for button, what in works:
            button.clicked.connect(lambda _checked=False, name=what: model.prove(name))
        model.proving.connect(self._proving)
        model.proved.connect(self._proved)
        model.unproved.connect(self._unproved)
        model.came.connect(self._show)

    def _card(self) -> Card:
        lines = (
            _line(
                _("Seals and signatures"), _("Every entry is what it was sealed as."), self.check
            ),
            rule(),
            _line(
                _("The register against the ledger"),
                _("Derives every weapon anew from the facts and compares; takes longer."),
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
