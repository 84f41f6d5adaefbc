"""The inspector's visit: the ledger copied out, a dossier on a stick, its result taken back."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from stockpile import wording
from stockpile.domain.errors import Cancelled, Damaged, StockpileError
from stockpile.domain.facts import InspectionSigned
from stockpile.language import _, figure, isolated, ngettext
from stockpile.services.chain_export import EXTENSION, Exported
from stockpile.services.inspections import Prepared, Result, Visit
from ui.desk import Work
from ui.pages.work_bar import WorkBar
from ui.theme import Space, Text, Tone
from ui.view_models.inspections import InspectionsModel
from ui.widgets.arrange import STRETCH, Share, boxed, clear, column, row, rule
from ui.widgets.button import Button, Kind
from ui.widgets.card import Banner, Card
from ui.widgets.text import Label, card_title, secondary


class InspectionSection(QWidget):
    """Three steps, what came of the last one, and the inspections on record."""

    def __init__(self, model: InspectionsModel) -> None:
        super().__init__()
        self._model = model
        self._result: Result | None = None
        self.copy = Button(_("Copy out…"), icon="file-down")
        self.prepare = Button(_("Prepare…"), Kind.PRIMARY, "usb")
        self.read = Button(_("Read a result…"), icon="file-check")
        self.take_in = Button(_("Put on record"), Kind.PRIMARY, "shield-check")
        self.take_in.hide()
        self.said = Banner("shield-check", "", "", Tone.OK)
        self.said.hide()
        self._bar = WorkBar()
        self._visits = column(gap=Space.S)
        self._none = secondary(_("No inspection is on record yet."), wrap=True)
        on_record = Card(column(card_title(_("On record")), self._none, self._visits, gap=Space.M))
        self.setLayout(
            column(
                self._steps(), self._bar, self.said, row(STRETCH, self.take_in), on_record,
                STRETCH, gap=Space.M,
            )
        )  # fmt: skip
        self._connect()

    def _connect(self) -> None:
        model = self._model
        self.copy.clicked.connect(self._ask_copy)
        self.prepare.clicked.connect(self._ask_prepare)
        self.read.clicked.connect(self._ask_read)
        self.take_in.clicked.connect(self._take_in)
        model.busy.connect(self._busy)
        model.proving.connect(self._proving)
        model.copied.connect(self._copied)
        model.prepared.connect(self._prepared)
        model.proved.connect(self._proved)
        model.taken.connect(self._taken)
        model.failed.connect(self._failed)
        model.stands.connect(self._show_visits)

    def _steps(self) -> Card:
        return Card(
            column(
                card_title(_("Inspection")),
                _line(
                    _("The whole ledger, for a verifier"),
                    _("Every entry and signature in one file; details of persons are withheld."),
                    self.copy,
                ),
                rule(),
                _line(
                    _("A dossier for an inspector"),
                    _(
                        "The ledger, the weapons on charge, the verifier and the head code on"
                        " paper. The inspector draws a sample and signs what was found."
                    ),
                    self.prepare,
                ),
                rule(),
                _line(
                    _("What the inspector brings back"),
                    _("It is proved first. Whatever was missing or differs is investigated."),
                    self.read,
                ),
                gap=Space.M,
            )
        )

    def start(self) -> None:
        """Show what the officer may do, and the inspections on record."""
        for button in (self.copy, self.prepare):
            button.setEnabled(self._model.may_copy)
        self.read.setEnabled(self._model.may_take_in)
        self._model.start()

    # --- what is asked ----------------------------------------------------------------------

    def _ask_copy(self) -> None:
        name = f"ledger{EXTENSION}"
        file = QFileDialog.getSaveFileName(self, _("Copy the ledger out"), name, "*.gz")[0]
        if file:
            self._model.copy(Path(file))

    def _ask_prepare(self) -> None:
        folder = QFileDialog.getExistingDirectory(self, _("The inspector's stick"))
        if folder:
            self._model.prepare(Path(folder))

    def _ask_read(self) -> None:
        folder = QFileDialog.getExistingDirectory(self, _("The folder of the dossier"))
        if folder:
            self._model.read(Path(folder))

    def _take_in(self) -> None:
        if self._result is not None:
            self.take_in.setEnabled(False)
            self._model.take_in(self._result)

    # --- what came of it --------------------------------------------------------------------

    def _busy(self, work: Work) -> None:
        self._begin()
        self._bar.follow(work, _("Writing the ledger…"))

    def _proving(self, work: Work) -> None:
        self._begin()
        self._bar.follow(work, _("Proving what was brought back…"))

    def _begin(self) -> None:
        self._say_nothing()
        for button in (self.copy, self.prepare, self.read):
            button.setEnabled(False)

    def _copied(self, made: Exported) -> None:
        self._end()
        said = _("{file}: {entries} entries. Prove it with verify_stockpile.py.").format(
            file=isolated(str(made.file)), entries=figure(made.entries)
        )
        if made.beside:
            more = ngettext(
                "{count} entry stands beside its chain: evidence of a second history.",
                "{count} entries stand beside their chains: evidence of second histories.",
                made.beside,
            )
            said = f"{said} {more.format(count=figure(made.beside))}"
        self._say("shield-check", _("The ledger is copied out"), said, Tone.OK)

    def _prepared(self, made: Prepared) -> None:
        self._end()
        said = _("{folder}: {count} weapons on charge. Head code {head}.").format(
            folder=isolated(str(made.folder)), count=figure(made.dossier.weapons),
            head=isolated(made.dossier.head),
        )  # fmt: skip
        self._say("shield-check", _("The dossier is ready"), said, Tone.OK)

    def _proved(self, result: Result) -> None:
        self._end()
        self._result = None if result.is_known else result
        self.take_in.setEnabled(True)
        self.take_in.setVisible(not result.is_known)
        title = _("It is on record already") if result.is_known else _("The result holds")
        self._say("shield-check", title, _summary(result.result), Tone.OK)

    def _taken(self, visit: Visit) -> None:
        self._end()
        self._say("shield-check", _("It is on record"), _summary(visit.result), Tone.OK)

    def _failed(self, error: StockpileError) -> None:
        self._end()
        if isinstance(error, Cancelled):
            self._say("pause", _("Stopped"), _("Nothing was written."), Tone.GREY)
            return
        bad = isinstance(error, Damaged)
        title = _("It does not hold") if bad else _("Not now")
        icon, tone = ("shield-alert", Tone.BAD) if bad else ("triangle-alert", Tone.WARN)
        self._say(icon, title, wording.error_sentence(error), tone)

    def _show_visits(self, visits: tuple[Visit, ...]) -> None:
        clear(self._visits)
        self._none.setVisible(not visits)
        for one in visits:
            head = Label(
                f"{isolated(one.result.signed_on)} · {isolated(one.result.authority)}", Text.FIELD
            )
            told = secondary(_summary(one.result), wrap=True)
            self._visits.addWidget(boxed(column(head, told, gap=2)))

    def _end(self) -> None:
        self._bar.end()
        self._say_nothing()
        self.start()

    def _say_nothing(self) -> None:
        self._result = None
        self.take_in.hide()
        self.said.hide()

    def _say(self, icon: str, title: str, sentence: str, tone: Tone) -> None:
        self.said.say(icon, title, sentence, tone)
        self.said.show()


def _summary(result: InspectionSigned) -> str:
    counts = dict.fromkeys(("found", "missing", "differs", "not_seen"), 0)
    for one in result.sample:
        counts[one.finding] += 1
    return _(
        "{inspector}: found {found}, missing {missing}, differs {differs}, not seen {not_seen}."
    ).format(
        inspector=isolated(result.inspector),
        **{name: figure(count) for name, count in counts.items()},
    )


def _line(title: str, sentence: str, button: Button) -> QWidget:
    said = column(Label(title, Text.FIELD), secondary(sentence, wrap=True), gap=2)
    return boxed(row(Share(said), button, gap=Space.L))
