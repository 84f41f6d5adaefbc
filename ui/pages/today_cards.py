"""What lies under the figures of today: what needs somebody, the safe, and the last close."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from stockpile import wording
from stockpile.domain.errors import StockpileError
from stockpile.domain.ledger import Tip, head_code
from stockpile.language import _, isolated, ngettext
from stockpile.services.backup_words import failure
from stockpile.services.backups import Safe
from ui.theme import Space, Text, Tone
from ui.view_models.today import Need, NeedKind, Standing
from ui.widgets.arrange import STRETCH, Share, boxed, clear, column, row, rule
from ui.widgets.button import Button
from ui.widgets.card import Card
from ui.widgets.chip import Chip
from ui.widgets.field import Field, State
from ui.widgets.flow import FlowLayout
from ui.widgets.picture import Tile
from ui.widgets.text import Identifier, Label, card_title, secondary


@dataclass(frozen=True, slots=True)
class _Said:
    """How a need is shown: its sign, its words for a number, what to do, and where to go."""

    icon: str
    tone: Tone
    title: Callable[[int], str]
    sentence: Callable[[], str]
    action: Callable[[], str]
    page: str
    argument: str = ""


_SAID: Mapping[NeedKind, _Said] = MappingProxyType(
    {
        "restored": _Said(
            "history", Tone.BAD,
            lambda _n: _("This stockpile was restored from a backup"),
            lambda: _(
                "It continues the old one as a new node. Enrol it and send: what the old computer"
                " had sent comes back. Never use the old one again."
            ),
            lambda: _("Send"), "sync",
        ),
        "clock_behind": _Said(
            "clock", Tone.BAD,
            lambda _n: _("This computer's clock stands before what is on record"),
            lambda: _("Set its date and time right, then go on: what was written keeps its order."),
            lambda: _("Check the record"), "settings", "proof",
        ),
        "clock_ahead": _Said(
            "clock", Tone.WARN,
            lambda _n: _("This computer's clock is more than a year after the newest entry"),
            lambda: _("Check its date and time before anything is written."),
            lambda: _("Check the record"), "settings", "proof",
        ),
        "unproved": _Said(
            "shield-check", Tone.WARN,
            lambda n: ngettext(
                "The record was not checked deeply for {count} day",
                "The record was not checked deeply for {count} days",
                n,
            ),
            lambda: _("The check derives everything anew and proves that nobody changed it."),
            lambda: _("Check the record"), "settings", "proof",
        ),
        "without_right": _Said(
            "shield-alert", Tone.BAD,
            lambda n: ngettext(
                "{count} entry was written without right",
                "{count} entries were written without right",
                n,
            ),
            lambda: _("Nothing follows from it until two officers decide."),
            lambda: _("Decide"), "confirming",
        ),
        "to_confirm": _Said(
            "user-check", Tone.WARN,
            lambda n: ngettext(
                "{count} act waits for a second officer",
                "{count} acts wait for a second officer",
                n,
            ),
            lambda: _("One officer signed it; nothing of it has happened yet."),
            lambda: _("Confirm"), "confirming",
        ),
        "overdue": _Said(
            "clock", Tone.BAD,
            lambda n: ngettext("{count} weapon is overdue", "{count} weapons are overdue", n),
            lambda: _("Due back and not here: call whoever holds it."),
            lambda: _("Show"), "issuing",
        ),
        "waybills": _Said(
            "truck", Tone.BAD,
            lambda n: ngettext(
                "{count} shipment is overdue", "{count} shipments are overdue", n
            ),
            lambda: _("Not received in time: call the other side."),
            lambda: _("Show"), "transfers",
        ),
        "unexplained": _Said(
            "circle-alert", Tone.BAD,
            lambda n: ngettext(
                "{count} discrepancy is unexplained", "{count} discrepancies are unexplained", n
            ),
            lambda: _("Only evidence closes it: a find, a paper, a report."),
            lambda: _("Review"), "investigations",
        ),
        "conflicts": _Said(
            "git-compare", Tone.WARN,
            lambda n: ngettext("{count} contradiction", "{count} contradictions", n),
            lambda: _("Two accounts of one weapon differ. Somebody must decide."),
            lambda: _("Look"), "conflicts",
        ),
        "counts": _Said(
            "clipboard-list", Tone.WARN,
            lambda n: ngettext("{count} count is open", "{count} counts are open", n),
            lambda: _("Go on with it, or close it."),
            lambda: _("Go on"), "counting",
        ),
        "counts_due": _Said(
            "clipboard-check", Tone.WARN,
            lambda n: ngettext("{count} count is due", "{count} counts are due", n),
            lambda: _("By the rules of this depot."),
            lambda: _("Count"), "counting",
        ),
        "unfit": _Said(
            "wrench", Tone.WARN,
            lambda n: ngettext("{count} weapon is unfit", "{count} weapons are unfit", n),
            lambda: _("Not issued until mended and found fit."),
            lambda: _("Show"), "register", "list:unfit",
        ),
        "remarked": _Said(
            "eye", Tone.WARN,
            lambda n: ngettext(
                "{count} weapon came back with a remark",
                "{count} weapons came back with a remark",
                n,
            ),
            lambda: _("Clean or mend it, then write down the inspection: the next one follows."),
            lambda: _("Look"), "weapon",
        ),
        "inspections": _Said(
            "calendar", Tone.WARN,
            lambda n: ngettext(
                "{count} inspection is due", "{count} inspections are due", n
            ),
            lambda: _("Inspect, and say when the next one is due."),
            lambda: _("Show"), "register", "list:inspection",
        ),
        "no_backup": _Said(
            "save", Tone.WARN,
            lambda _n: _("There is no backup yet"),
            lambda: _("One is written each day by itself and with each close, and checked."),
            lambda: _("Show"), "settings", "backups",
        ),
        "old_backup": _Said(
            "save", Tone.WARN,
            lambda n: ngettext(
                "The last backup is {count} day old", "The last backup is {count} days old", n
            ),
            lambda: _("One is written each day by itself and with each close, and checked."),
            lambda: _("Show"), "settings", "backups",
        ),
        "backup_missing": _Said(
            "hard-drive", Tone.WARN,
            lambda _n: _("The disk for backups is not plugged in"),
            lambda: failure("missing"),
            lambda: _("Show"), "settings", "backups",
        ),
        "backup_full": _Said(
            "hard-drive", Tone.BAD,
            lambda _n: _("The disk for backups is full"),
            lambda: failure("full"),
            lambda: _("Show"), "settings", "backups",
        ),
        "backup_damaged": _Said(
            "triangle-alert", Tone.BAD,
            lambda _n: _("The last backup is not good"),
            lambda: failure("damaged"),
            lambda: _("Show"), "settings", "backups",
        ),
        "backup_trouble": _Said(
            "triangle-alert", Tone.BAD,
            lambda _n: _("The last backup was not written"),
            lambda: failure("trouble"),
            lambda: _("Show"), "settings", "backups",
        ),
        "same_disk": _Said(
            "hard-drive", Tone.WARN,
            lambda _n: _("Backups lie on this computer's own disk"),
            lambda: _("When the disk dies, both are gone. Choose a stick or another disk."),
            lambda: _("Choose a folder"), "",
        ),
        "unsent": _Said(
            "cloud-off", Tone.GREY,
            lambda n: ngettext("{count} entry is not sent", "{count} entries are not sent", n),
            lambda: _("Until it is sent, only this computer and its sheets know of it."),
            lambda: _("Send"), "sync",
        ),
    }
)  # fmt: skip


class NeedsCard(Card):
    """What needs somebody today, each with the way to it.

    Signals:
        wanted: open a page: its key and what it should show.
        folder_wanted: choose another folder for backups.
    """

    wanted = Signal(str, str)
    folder_wanted = Signal()

    def __init__(self) -> None:
        self._count = Chip("", Tone.GREY, dot=False)
        self._lines: QVBoxLayout = column(gap=Space.S)
        title = row(card_title(_("Needs you today")), STRETCH, self._count)
        super().__init__(column(title, boxed(self._lines), STRETCH, gap=Space.M))

    def show_needs(self, found: Sequence[Need]) -> None:
        """Show these, in their order; a good day says so."""
        self._count.show_status(isolated(str(len(found))), Tone.WARN if found else Tone.GREY)
        self._count.setVisible(bool(found))
        clear(self._lines)
        if not found:
            good = row(
                Tile("circle-check", Tone.OK, 38, 18),
                Share(Label(_("Nothing is late and nothing is unexplained."), Text.FIELD)),
                gap=Space.M,
            )
            self._lines.addWidget(boxed(good))
        for number, need in enumerate(found):
            if number:
                self._lines.addWidget(rule())
            self._lines.addWidget(self._line(need))

    def _line(self, need: Need) -> QWidget:
        shown = _SAID[need.kind]
        title = shown.title(need.count).format(count=isolated(str(need.count)))
        said = column(
            Label(title, Text.FIELD, wrap=True), secondary(shown.sentence(), wrap=True), gap=2
        )
        button = Button(shown.action(), height=32)
        button.setAccessibleName(f"{button.text()}: {title}")
        button.clicked.connect(lambda: self._go(shown, need.about))
        parts = (Tile(shown.icon, shown.tone, 38, 18), Share(said), button)
        return boxed(row(*parts, gap=Space.M))

    def _go(self, shown: _Said, about: str) -> None:
        if shown.page:
            self.wanted.emit(shown.page, about or shown.argument)
        else:
            self.folder_wanted.emit()


class CloseCard(Card):
    """The last close and its head code, the last backup, and a code from a sheet to be checked.

    Signals:
        head_typed: a head code was typed.
        backup_wanted: write a backup now.
        folder_wanted: choose another folder for backups.
        handover_wanted: a place gets another custodian.
    """

    head_typed = Signal(str)
    backup_wanted = Signal()
    folder_wanted = Signal()
    handover_wanted = Signal()

    def __init__(self) -> None:
        self._closed = Label("", Text.FIELD, wrap=True)
        self._code = Identifier("", Text.IDENTIFIER)
        self._backup = Label("", Text.FIELD, wrap=True)
        self._folder = secondary("", wrap=True)
        self.back_up = Button(_("Back up now"), icon="save")
        self.folder = Button(_("Folder…"), icon="folder-open")
        self.hand_over = Button(_("Hand over custody…"), icon="key-round")
        self.head = Field(_("Head code from a sheet"))
        last = column(secondary(_("Last close")), self._closed, self._code, gap=2)
        safe = column(secondary(_("Last backup, checked")), self._backup, self._folder, gap=2)
        buttons = FlowLayout(Space.S)
        for button in (self.back_up, self.folder):
            buttons.addWidget(button)
        parts = (
            card_title(_("Close and backup")), last, rule(), safe, boxed(buttons), rule(),
            self.head, rule(), row(self.hand_over, STRETCH),
        )  # fmt: skip
        super().__init__(column(*parts, STRETCH, gap=Space.M))
        self.back_up.clicked.connect(self.backup_wanted)
        self.folder.clicked.connect(self.folder_wanted)
        self.hand_over.clicked.connect(self.handover_wanted)
        self.head.submitted.connect(self._ask)
        self.head.edited.connect(lambda _text: self.head.show_state(State.PLAIN))

    def show_standing(self, standing: Standing) -> None:
        """Show how the day was closed last."""
        last = standing.day.last
        self._closed.setText(isolated(last.on) if last else _("No day was closed yet."))
        self._code.show_text(head_code(Tip(last.number, 0, last.head)) if last else "")
        self._code.setVisible(last is not None)

    def show_safe(self, safe: Safe) -> None:
        """Show the newest backup, and where it lies."""
        last = safe.last
        if last is None:
            known = isolated(wording.instant(safe.good_at)) if safe.good_at else _("None yet")
            self._backup.setText(known)
        else:
            words = ngettext("{at}, {count} weapon", "{at}, {count} weapons", last.weapons)
            said = words.format(
                at=isolated(wording.instant(last.at)), count=isolated(str(last.weapons))
            )
            self._backup.setText(said)
        said = isolated(str(safe.folder))
        trouble = failure("missing" if not safe.is_here else safe.failed)
        self._folder.setText(f"{said}\n{trouble}" if trouble else said)

    def show_checked(self, *, holds: bool) -> None:
        """Say whether the ledger still has the entry of the typed code."""
        if holds:
            self.head.show_state(State.OK, _("The record still has exactly this entry."))
        else:
            said = _("The record does not have this entry. Tell the registrar; change nothing.")
            self.head.show_state(State.BAD, said)

    def refuse(self, error: StockpileError) -> None:
        """Say that what was typed is no head code."""
        self.head.show_state(State.BAD, wording.error_sentence(error))

    def _ask(self) -> None:
        if self.head.text().strip():
            self.head_typed.emit(self.head.text())
