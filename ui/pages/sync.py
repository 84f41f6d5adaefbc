"""Where the record is, and the exchange with the registry: calm, because nothing waits for it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from stockpile import wording
from stockpile.domain.authority import Invalid
from stockpile.domain.errors import (
    BooksRolledBack,
    Cancelled,
    ChainForked,
    LogSplit,
    NodeOvertaken,
    NodeQuarantined,
    RegistryAsksToWait,
    RegistryRewritten,
    SharesDiffered,
    StockpileError,
)
from stockpile.domain.values import Instant
from stockpile.language import _, isolated, ngettext
from stockpile.services import statement_words
from stockpile.services.ports import Peer
from stockpile.services.turns import Synced, Trouble
from ui.desk import Desk, Work
from ui.notices import Notices
from ui.pages.enrol_by_file import EnrolByFileCard
from ui.pages.log_card import LogCard
from ui.pages.meeting_dialogs import BY_STICK
from ui.pages.page import Page
from ui.pages.sync_by_itself import ByItselfCard
from ui.pages.sync_cards import (
    ConflictsCard,
    EnrolCard,
    HeadCard,
    HistoryCard,
    RegistryCard,
)
from ui.pages.work_bar import WorkBar
from ui.session import Session
from ui.theme import Space, Tone
from ui.view_models.enrol_by_file import EnrolByFileModel
from ui.view_models.sync import Standing, SyncModel
from ui.widgets.arrange import STRETCH, Share, boxed, column, row, scrolled
from ui.widgets.aside import WithAside
from ui.widgets.button import Button, Kind
from ui.widgets.card import Banner
from ui.widgets.keycap import Shortcut


class SyncPage(Page):
    """The status, the registry, what contradicts itself, and the proof."""

    def __init__(self, desk: Desk, session: Session, notices: Notices) -> None:
        super().__init__()
        self.model = SyncModel.of(desk, session, notices)
        self._standing = Standing()
        self._sync = Button(_("Sync now"), Kind.PRIMARY, "refresh-cw", hint="F5")
        self._stick = Button(_("Exchange by stick"), Kind.PRIMARY, "usb")
        self._status = Banner("database", "", "", Tone.GREY)
        self._result = Banner("circle-check", "", "", Tone.OK)
        self._tried = Banner("shield-alert", "", "", Tone.BAD)
        self._tried.hide()
        self._bar = WorkBar()
        self._registry = RegistryCard()
        self._enrol = EnrolCard(self.model.registry)
        self._by_file = EnrolByFileCard(EnrolByFileModel(desk, session, notices))
        self._conflicts = ConflictsCard()
        self._itself = ByItselfCard(session)
        self._head = HeadCard()
        self._log = LogCard()
        self._history = HistoryCard()
        self._astray = False
        self._in_alarm = False
        self._result.hide()
        self._lay_out()
        self._connect()
        self._show(self._standing)
        self.model.start()

    def entered(self, argument: str) -> None:
        """Show how it stands now."""
        del argument
        self.model.start()
        self.model.look_for_trials()
        exchange = self._stick if _has_no_address(self._standing.peer) else self._sync
        first = exchange if self._standing.peer else self._enrol
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    # --- how it stands ----------------------------------------------------------------------

    def _lay_out(self) -> None:
        head = self.head(_("Sync"), "", self._stick, self._sync)
        cards = boxed(
            column(
                self._registry, self._enrol, self._by_file, self._conflicts, self._itself,
                self._log, self._head, STRETCH, gap=Space.M,
            )
        )  # fmt: skip
        both = WithAside(scrolled(cards), self._history, width=320, gap=Space.M)
        self._keys = boxed(row(Shortcut("F5", _("sync now")), STRETCH))
        parts: tuple[QWidget | Share, ...] = (
            head, self._status, self._tried, self._bar, self._result, Share(both), self._keys,
        )  # fmt: skip
        self.setLayout(column(*parts, gap=Space.M))

    def _connect(self) -> None:
        model = self.model
        model.stands.connect(self._show)
        model.began.connect(self._began)
        model.waits.connect(self._say_wait)
        model.synced.connect(self._synced)
        model.synced.connect(lambda _outcome: model.look_for_trials())
        model.tried.connect(self._show_tried)
        model.failed.connect(self._failed)
        model.passed.connect(lambda _outcome: self._end())
        model.enrolled.connect(self._enrolled)
        model.not_enrolled.connect(self._not_enrolled)
        self._by_file.enrolled.connect(self._enrolled_by_file)
        self._sync.clicked.connect(self._press)
        self._stick.clicked.connect(lambda: self.go.emit("transfers", BY_STICK))
        self._enrol.asked.connect(model.enrol)
        self._enrol.practised.connect(model.practise)
        self._conflicts.wanted.connect(lambda conflict: self.go.emit("conflicts", conflict))
        for keys in ("F5", "Ctrl+R"):
            QShortcut(QKeySequence(keys), self).activated.connect(self._press)

    def _press(self) -> None:
        if self._sync.isEnabled():
            self.model.sync()

    # --- what is shown ----------------------------------------------------------------------

    def _show(self, standing: Standing) -> None:
        self._standing = standing
        self._status.say(*_status(standing))
        self._status.setVisible(not self._in_alarm)  # never "all is sent" above an alarm
        peer = standing.peer
        self._registry.setVisible(peer is not None)
        self._enrol.setVisible(peer is None or self._astray or _has_no_address(peer))
        if peer is not None:
            self._registry.show_peer(peer, standing.waiting, standing.clock_offset)
        self._enrol.setEnabled(self.model.may("enrol") and not self.model.is_busy)
        self._enrol.show_right(may=self.model.may("enrol"))
        self._by_file.setVisible(self._enrol.isVisibleTo(self) or _has_no_address(peer))
        self._by_file.set_allowed(may=self.model.may("enrol") and not self.model.is_busy)
        self._enrol.show_practice(shown=standing.practice)
        if not self.model.is_busy:
            self._sync.setEnabled(peer is not None and self.model.may("sync"))
        has_line = peer is not None and not _has_no_address(peer)
        self._sync.setVisible(has_line)
        self._stick.setVisible(_has_no_address(peer) and self.model.may("sync"))
        self._itself.setVisible(has_line)
        self._keys.setVisible(has_line)
        self._conflicts.show_conflicts(standing)
        self._head.show_code(standing.head_code)
        self._log.show_log(standing.log)
        self._history.show_exchanges(self.model.exchanges)
        waits = standing.waiting if peer is not None else 0
        self.counted.emit(isolated(str(waits)) if waits else "")

    def _show_tried(self, tried: Sequence[Invalid]) -> None:
        """Say that somebody spoke in the authority's name without enough of its keys."""
        self._tried.setVisible(bool(tried))
        if tried:
            words = ngettext(
                "{count} statement counts for nothing: {what}",
                "{count} statements count for nothing; the last one: {what}",
                len(tried),
            )
            what = statement_words.title(tried[-1].statement)
            said = words.format(count=isolated(str(len(tried))), what=what)
            title = _("The registry says what the authority did not sign")
            self._tried.say("shield-alert", title, said, Tone.BAD)

    def _began(self, work: Work) -> None:
        self._in_alarm = False
        self._result.hide()
        self._sync.set_busy(True)
        self._enrol.set_busy(True)
        self._bar.follow(work, _("Talking to the registry…"))

    def _say_wait(self, asked: RegistryAsksToWait) -> None:
        """Say while it lasts that the registry asked for time: nothing is wrong with the line."""
        title = _("The registry has much to do: the exchange goes on by itself")
        self._say("clock", title, wording.error_sentence(asked), Tone.WARN)

    def _end(self) -> None:
        self._bar.end()
        self._sync.set_busy(False)
        self._enrol.set_busy(False)

    def _synced(self, outcome: Synced) -> None:
        self._end()
        if outcome.rolled_back is not None:
            title = _("The registry holds less than it signed for")
            sentence = wording.error_sentence(outcome.rolled_back)
            self._say("shield-alert", title, sentence, Tone.BAD)
            return
        if outcome.trouble is not None:
            self._say_trouble(outcome.trouble)
            return
        self._say("circle-check", _("The exchange is done"), synced_sentence(outcome), Tone.OK)

    def _say_trouble(self, trouble: Trouble) -> None:
        """Say what both sides did not hold alike; what was healed is no alarm."""
        sentence = wording.error_sentence(trouble)
        if isinstance(trouble, SharesDiffered):
            self._say("circle-check", _("Read anew: both sides hold the same"), sentence, Tone.WARN)
        else:
            title = _alarm(trouble) or _("The registry does not give what it says that it holds")
            self._say("shield-alert", title, sentence, Tone.BAD)

    def _failed(self, error: StockpileError) -> None:
        self._end()
        if isinstance(error, Cancelled):
            sentence = _("What was sent and taken until then stays; the next time goes on there.")
            self._say("pause", _("Stopped"), sentence, Tone.GREY)
            return
        title = _alarm(error)
        icon, tone = ("shield-alert", Tone.BAD) if title else ("cloud-off", Tone.WARN)
        said = title or _("Not now. Nothing is lost, and work goes on.")
        self._say(icon, said, wording.error_sentence(error), tone)
        self._in_alarm = bool(title)
        self._astray = self._astray or isinstance(error, RegistryRewritten)
        self._show(self._standing)

    def _enrolled(self) -> None:
        self._end()
        self._astray = False
        self._enrol.clear()
        self._say(
            "circle-check",
            _("This stockpile is enrolled"),
            _("Press Sync now to send what is on record here."),
            Tone.OK,
        )

    def _enrolled_by_file(self) -> None:
        self._say(
            "circle-check",
            _("This stockpile is enrolled"),
            _("What is on record here goes to the registry by a courier file."),
            Tone.OK,
        )
        self.model.start()

    def _not_enrolled(self, error: StockpileError) -> None:
        self._end()
        self._enrol.show_error(error)

    def _say(self, icon: str, title: str, sentence: str, tone: Tone) -> None:
        self._result.say(icon, title, sentence, tone)
        self._result.show()


def synced_sentence(outcome: Synced) -> str:
    """Return what an exchange did."""
    sent = ngettext("{count} fact sent", "{count} facts sent", outcome.sent)
    taken = ngettext("{count} fact taken in", "{count} facts taken in", outcome.taken)
    open_ones = ngettext(
        "{count} open contradiction", "{count} open contradictions", outcome.conflicts
    )
    counted = [(sent, outcome.sent), (taken, outcome.taken), (open_ones, outcome.conflicts)]
    moved = outcome.photos
    if moved is not None and (moved.sent or moved.taken or moved.left):
        counted += [
            (ngettext("{count} photo sent", "{count} photos sent", moved.sent), moved.sent),
            (ngettext("{count} photo came", "{count} photos came", moved.taken), moved.taken),
            (ngettext("{count} photo waits", "{count} photos wait", moved.left), moved.left),
        ]
    return ", ".join(words.format(count=isolated(str(count))) for words, count in counted) + "."


def _alarm(error: StockpileError) -> str:
    """Return the title of a failure that somebody must look into; none where it passes by."""
    if isinstance(error, NodeOvertaken | BooksRolledBack | ChainForked):
        return _("This stockpile is an old copy of itself")
    if isinstance(error, RegistryRewritten | LogSplit):
        return _("The registry shows another history")
    if isinstance(error, NodeQuarantined):
        return _("The registry trusts this stockpile no more")
    return ""


def _status(standing: Standing) -> tuple[str, str, str, Tone]:
    """Return icon, title, sentence and tone of where the record is."""
    if standing.overtaken:
        error = NodeOvertaken(standing.overtaken)
        return "shield-alert", _alarm(error), wording.error_sentence(error), Tone.BAD
    peer = standing.peer
    if peer is None:
        return (
            "database",
            _("Everything is on this computer only"),
            _("Work needs no network. Enrol with the registry when you have a code from it."),
            Tone.GREY,
        )
    heard = _heard(peer, standing.signed_at)
    if standing.waiting:
        words = ngettext(
            "{count} entry is on this computer only",
            "{count} entries are on this computer only",
            standing.waiting,
        )
        title = words.format(count=isolated(str(standing.waiting)))
        return "cloud-upload", title, heard, Tone.WARN
    return "cloud-check", _("Everything is sent"), heard, Tone.OK


def _has_no_address(peer: Peer | None) -> bool:
    """Say whether a registry is known by a file alone: sticks are the only way to it."""
    return peer is not None and not peer.url


def _heard(peer: Peer, signed_at: Instant) -> str:
    if _has_no_address(peer) and not peer.acknowledged:
        return _("The registry is known by a file; courier files go to it and come back.")
    if not peer.acknowledged:
        return _("The registry has not heard anything yet.")
    words = (
        _("The registry has heard up to no. {number}, on {at} by its own clock.")
        if signed_at
        else _("The registry has heard up to no. {number}, on {at} by this computer's clock.")
    )
    return words.format(
        number=isolated(str(peer.acknowledged)),
        at=isolated(wording.instant(signed_at or peer.heard_at)),
    )
