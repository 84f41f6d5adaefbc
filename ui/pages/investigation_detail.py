"""One investigation: what does not agree, what answers it, and how it ends."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QWidget

from stockpile.domain.investigating import Outcome
from stockpile.domain.values import Digest
from stockpile.language import _, isolated, pgettext
from stockpile.terms import term
from ui.pages.counting_words import day
from ui.pages.standing import joined
from ui.theme import Ink, Space, Text
from ui.view_models.investigations import Attached, Case, Proof
from ui.widgets.arrange import STRETCH, Share, column, row, scrolled
from ui.widgets.button import Button, Kind
from ui.widgets.detail_list import Detail, DetailList
from ui.widgets.field import Choice, ChoiceField, Field
from ui.widgets.line_list import LineList, LiveLine
from ui.widgets.text import Identifier, Label, secondary

_OUTCOMES: tuple[Outcome, ...] = ("found", "explained", "recorded_wrongly", "lost", "not_ours")
_LIST = 130  # pixels: three facts are in sight, more scroll


class InvestigationDetail(QWidget):
    """The panel beside the list.

    Signals:
        close_wanted: close it by what is chosen here.
        paper_wanted: add a photo or paper.
        weapon_wanted: look at the weapon: its id.
    """

    close_wanted = Signal()
    paper_wanted = Signal()
    weapon_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._case: Case | None = None
        self._papers: list[Attached] = []
        self._may = True
        self._kind = Label("", Text.CARD_TITLE, wrap=True)
        self._named = Identifier("", Text.IDENTIFIER_TITLE)
        self._told = DetailList()
        self._none = secondary("", wrap=True)
        self._none.setMinimumWidth(1)  # a long word is cut sooner than the panel grows
        self.evidence = LineList(pgettext("what proves something", "Evidence"))
        self.evidence.setFixedHeight(_LIST)
        self._attached = Label("", Text.BODY, Ink.OK, wrap=True)
        self.outcome = ChoiceField(
            _("How it ends"), [Choice(one, term("investigated", one)) for one in _OUTCOMES]
        )
        self.reason = Field(_("In your words"))
        self.add = Button(_("Photo or paper"), icon="paperclip", hint="F4")
        self.weapon = Button(_("Open record"), icon="scan-barcode", hint="F6")
        self.closing = Button(_("Close it"), Kind.PRIMARY, "check", hint="F5")
        self._lay_out()
        self.closing.clicked.connect(self.close_wanted)
        self.add.clicked.connect(self.paper_wanted)
        self.weapon.clicked.connect(self._open)
        self.evidence.selectionModel().currentChanged.connect(lambda *_at: self._choose())
        self.reason.edited.connect(lambda _text: self._judge())

    def show_case(self, case: Case, *, may: bool) -> None:
        """Show an investigation, with what answers it best chosen."""
        other = self._case is None or self._case.id != case.id
        self._case, self._may = case, may
        if other:
            self._papers.clear()
            self.reason.set_text("")
        self._kind.setText(term("discrepancy", case.kind))
        self._named.show_text(case.named)
        self._told.show_details(_details(case))
        self.evidence.show_lines([_proof_line(one) for one in case.proofs])
        self.evidence.setVisible(bool(case.proofs))
        if case.proofs and (other or not self.evidence.currentIndex().isValid()):
            self.evidence.setCurrentIndex(self.evidence.rows.index(len(case.proofs) - 1))
        if other or not self.outcome.value():
            self.outcome.set_value(case.best.outcome if case.best else "")
        self.weapon.setVisible(bool(case.weapon))
        self._show_papers()
        self._judge()

    def attach(self, paper: Attached) -> None:
        """Take a photo or paper among the evidence."""
        self._papers.append(paper)
        self._show_papers()
        self._judge()
        self.reason.setFocus(Qt.FocusReason.OtherFocusReason)

    def answer(self) -> tuple[Outcome, tuple[Digest, ...], str]:
        """Return how it ends, by what evidence, and in which words."""
        ends: Outcome = "explained"
        outcome = next((one for one in _OUTCOMES if one == self.outcome.value()), ends)
        chosen = self._proof
        facts = (chosen.digest,) if chosen else ()
        papers = tuple(one.digest for one in self._papers)
        return outcome, (*facts, *papers), self.reason.text().strip()

    def focus(self) -> None:
        """Put the cursor where closing goes on."""
        target = self.evidence if self.evidence.lines else self.add
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def has_focus(self) -> bool:
        """Say whether somebody works in here."""
        focus = QApplication.focusWidget()
        return focus is not None and self.isAncestorOf(focus)

    # --- inside -----------------------------------------------------------------------------

    def _lay_out(self) -> None:
        title = Label(_("Evidence on record"), Text.CARD_TITLE, wrap=True)
        whole = QWidget()
        whole.setLayout(
            column(
                self._kind, self._named, self._told, title,
                self._none, self.evidence, row(self.add, STRETCH), self._attached,
                self.outcome, self.reason,
                STRETCH, gap=Space.M,
            )
        )  # fmt: skip
        foot = row(self.weapon, STRETCH, self.closing)
        self.setLayout(column(Share(scrolled(whole)), foot, gap=Space.M))

    @property
    def _proof(self) -> Proof | None:
        key = self.evidence.current_key()
        proofs = self._case.proofs if self._case else ()
        return next((one for one in proofs if one.digest == key), None)

    def _open(self) -> None:
        if self._case is not None:
            self.weapon_wanted.emit(self._case.weapon)

    def _choose(self) -> None:
        if self._proof is not None:
            self.outcome.set_value(self._proof.outcome)
        self._judge()

    def _show_papers(self) -> None:
        names = ", ".join(isolated(one.name) for one in self._papers)
        self._attached.setText(names)
        self._attached.setVisible(bool(names))

    def _judge(self) -> None:
        """Let it be closed where there is evidence; a paper needs a word on what it proves."""
        proven = self._proof is not None
        with_paper = bool(self._papers) and bool(self.reason.text().strip())
        self.closing.setEnabled(self._may and (proven or with_paper))
        self._none.setText(self._what_next())
        self._none.setVisible(not proven)

    def _what_next(self) -> str:
        if not self._may:
            return _("Your role does not include closing investigations.")
        if self._papers:
            return _("Say in your words what the paper proves.")
        return _(
            "Nothing on record answers this yet. Find it and count it, record where it went, report"
            " it lost, or add the photo of a paper that explains it."
        )


def _details(case: Case) -> list[Detail]:
    return [
        Detail(_("Weapon"), isolated(case.model)),
        Detail(_("Place"), isolated(case.place)),
        Detail(_("Found by"), joined(isolated(case.cause), isolated(case.by))),
        Detail(_("Open since"), day(case.at)),
        Detail(_("Answer by"), isolated(case.due), ink=Ink.BAD if case.is_overdue else Ink.TEXT),
    ]


def _proof_line(proof: Proof) -> LiveLine:
    said = joined(term("investigated", proof.outcome), isolated(proof.by))
    return LiveLine(
        proof.digest, proof.sentence, said, day(proof.at), "file-check", Ink.OK, plain=True
    )
