"""The cards of the sync page: the registry, the way in, what contradicts itself, the proof."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QVBoxLayout, QWidget

from stockpile import wording
from stockpile.domain.addresses import is_in_clear
from stockpile.domain.errors import CodeUnknown, StockpileError
from stockpile.language import _, isolated, ngettext, plain
from stockpile.services.ports import Peer
from stockpile.services.turns import Synced
from ui.pages.standing import joined, model_or_type
from ui.theme import Ink, Space, Text, Tone
from ui.view_models.sync import OpenConflict, Standing
from ui.widgets.arrange import STRETCH, Share, boxed, clear, column, row, rule
from ui.widgets.button import Button, Kind
from ui.widgets.card import Card, Ground
from ui.widgets.chip import Chip
from ui.widgets.field import Field, State
from ui.widgets.picture import Tile
from ui.widgets.text import Identifier, Label, ShortLabel, card_title, secondary
from ui.widgets.timeline import Event, Timeline

_COPIED = 2000  # milliseconds for which the tick stands in place of the copy icon


class RegistryCard(Card):
    """Which registry this node is enrolled with, and how far it has heard."""

    def __init__(self) -> None:
        self._url = ShortLabel("", Text.IDENTIFIER)
        self._heard = secondary("", wrap=True)
        self._chip = Chip("")
        self._clock = secondary("", wrap=True)
        self._open = secondary(wording.line_in_clear(), wrap=True)
        said = column(self._url, self._heard, self._clock, self._open, gap=2)
        line = row(Tile("server", Tone.INFO, 38, 18), Share(said), self._chip, gap=Space.M)
        super().__init__(column(card_title(_("National registry")), line, gap=Space.M))

    def show_peer(self, peer: Peer, waiting: int, clock_offset: int = 0) -> None:
        """Show how far the exchange got, and by how much the clocks differ."""
        self._clock.setText(wording.offset_sentence(clock_offset) if clock_offset else "")
        self._clock.setVisible(bool(clock_offset))
        self._url.setText(isolated(peer.url or peer.registry))
        self._open.setVisible(is_in_clear(peer.url))
        size = peer.tree_head[0] if peer.tree_head else 0
        said = [_("last heard {at}").format(at=isolated(wording.instant(peer.heard_at)))]
        if size:
            said.append(_("its log holds {count} entries").format(count=isolated(str(size))))
        self._heard.setText(joined(*said))
        words = ngettext("{count} to send", "{count} to send", waiting)
        if waiting:
            self._chip.show_status(words.format(count=isolated(str(waiting))), Tone.WARN)
        else:
            self._chip.show_status(_("All sent"), Tone.OK)


class EnrolCard(Card):
    """The way in: the registry's address and the one-time code.

    Signals:
        asked: enrol with this address and this code.
        practised: enrol with a registry of this computer's own.
    """

    asked = Signal(str, str)
    practised = Signal()

    def __init__(self, url: str) -> None:
        self._url = Field(
            _("Address of the registry"), placeholder="https://registry.example.org",
            identifier=True,
        )  # fmt: skip
        self._code = Field(
            _("One-time code"), hint=_("from the registry, by phone or paper"), identifier=True
        )
        self._enrol = Button(_("Enrol"), Kind.PRIMARY, "link")
        self._practise = Button(
            _("Practice registry"), Kind.SECONDARY, "book-open",
            hint=_("Starts a registry on this computer; nothing leaves it."),
        )  # fmt: skip
        self._practise.hide()
        self._no_right = secondary("", wrap=True)
        explained = secondary(
            _(
                "Once enrolled, this stockpile sends its record and takes in what other sites did."
                " The code works once."
            ),
            wrap=True,
        )
        top = Qt.AlignmentFlag.AlignTop  # level, when one of them has a longer message
        fields = row(Share(self._url, 1, top), Share(self._code, 1, top), gap=Space.M)
        super().__init__(
            column(
                card_title(_("Enrol with the national registry")), explained, fields,
                self._no_right, row(self._practise, STRETCH, self._enrol), gap=Space.M,
            )
        )  # fmt: skip
        self._url.set_text(url)
        self.setFocusProxy(self._url)
        self._enrol.clicked.connect(self._ask)
        self._practise.clicked.connect(self.practised)
        self._url.submitted.connect(self._go_on)
        self._url.edited.connect(self._look_at_address)
        self._code.submitted.connect(self._ask)

    def clear(self) -> None:
        """Forget the code: it was used."""
        self._code.set_text("")
        self._show_plain()

    def show_right(self, *, may: bool) -> None:
        """Say so first where the role does not include enrolling."""
        said = _("Your role does not include enrolling. A commander or registrar does it.")
        self._no_right.setText(said)
        self._no_right.setVisible(not may)

    def show_practice(self, *, shown: bool) -> None:
        """Offer a registry to practise with, where everything is invented."""
        self._practise.setVisible(shown)

    def set_busy(self, busy: bool) -> None:
        """Show that the registry is being asked."""
        self._enrol.set_busy(busy)
        self._practise.setEnabled(not busy)

    def show_error(self, error: StockpileError) -> None:
        """Say a refusal at the field that it concerns."""
        field = self._code if isinstance(error, CodeUnknown) else self._url
        field.show_state(State.BAD, wording.error_sentence(error))
        field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _look_at_address(self, typed: str) -> None:
        """Warn before the code is used where this line would be open to who listens."""
        if is_in_clear(typed):
            self._url.show_state(State.WARN, wording.line_in_clear())
        else:
            self._url.show_state(State.PLAIN)

    def _go_on(self) -> None:
        self._code.setFocus(Qt.FocusReason.TabFocusReason)

    def _show_plain(self) -> None:
        for field in (self._url, self._code):
            field.show_state(State.PLAIN)

    def _ask(self) -> None:
        self._show_plain()
        missing = [one for one in (self._url, self._code) if not one.text().strip()]
        for field in missing:
            field.show_state(State.BAD, _("This is needed."))
        if not missing and self._enrol.isEnabled():
            self.asked.emit(self._url.text().strip(), self._code.text().strip())


class ConflictsCard(Card):
    """What contradicts itself in the record: shown, never settled by a clock.

    Signals:
        wanted: show this contradiction: its id.
    """

    wanted = Signal(str)

    def __init__(self) -> None:
        self._count = Chip("", Tone.WARN, dot=False)
        self._none = secondary("", wrap=True)
        self._lines: QVBoxLayout = column(gap=Space.S)
        self._more = secondary("")
        super().__init__(
            column(
                row(card_title(_("Open contradictions")), self._count, STRETCH),
                self._none,
                boxed(self._lines),
                self._more,
                gap=Space.M,
            )
        )

    def show_conflicts(self, standing: Standing) -> None:
        """Show the open conflicts."""
        count = len(standing.conflicts) + standing.more_conflicts
        self._count.show_status(
            ngettext("{count} to decide", "{count} to decide", count).format(
                count=isolated(str(count))
            ),
            Tone.WARN,
        )
        self._count.setVisible(bool(count))
        self._none.setText(_("No two accounts of any weapon differ."))
        self._none.setVisible(not count)
        clear(self._lines)
        for number, one in enumerate(standing.conflicts):
            if number:
                self._lines.addWidget(rule())
            self._lines.addWidget(self._line(one))
        more = ngettext("and {count} more", "and {count} more", standing.more_conflicts)
        self._more.setText(more.format(count=isolated(str(standing.more_conflicts))))
        self._more.setVisible(bool(standing.more_conflicts))

    def _line(self, one: OpenConflict) -> QWidget:
        title = Label(wording.conflict_kind(one.conflict.kind), Text.FIELD, wrap=True)
        named = one.row.serial or one.row.mark or one.row.number if one.row else ""
        about = Identifier(named, Text.IDENTIFIER, Ink.SECONDARY)
        model = secondary(isolated(model_or_type(one.row)) if one.row else "")
        said = column(title, row(about, model, STRETCH), gap=2)
        parts = row(Tile("git-compare", Tone.WARN, 38, 18), Share(said), gap=Space.M)
        button = Button(_("Look"), height=32)
        button.setAccessibleName(f"{button.text()} {named}".strip())
        button.clicked.connect(lambda: self.wanted.emit(one.conflict.id))
        parts.addWidget(button)
        return boxed(parts)


class HeadCard(Card):
    """The code of the record's last entry, which proves everything before it."""

    def __init__(self) -> None:
        self._code = Identifier("", Text.IDENTIFIER_TITLE)
        self._code.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._copy = Button(_("Copy"), icon="copy", hint=_("Copy the head code"))
        sentence = _(
            "Write it on the closing sheet: whoever holds it can prove that nothing was changed."
        )
        code = row(Share(self._code), self._copy)
        inset = Card(code, Ground.INSET, margins=(Space.L, Space.S, Space.S, Space.S))
        title = card_title(_("Head code"))
        super().__init__(column(title, inset, secondary(sentence, wrap=True), gap=Space.S))
        self._copy.clicked.connect(self._copy_code)

    def show_code(self, code: str) -> None:
        """Show the code of this moment."""
        self._code.show_text(code)

    def _copy_code(self) -> None:
        QGuiApplication.clipboard().setText(plain(self._code.text()))
        self._copy.show_icon("check", Ink.OK)
        QTimer.singleShot(_COPIED, self._copy, lambda: self._copy.show_icon("copy"))


class HistoryCard(Card):
    """What came of the exchanges since the program was started."""

    def __init__(self) -> None:
        self._last = Timeline()
        self._none = secondary(_("None since the program was started."), wrap=True)
        title = card_title(_("Last exchanges"))
        super().__init__(column(title, self._none, self._last, STRETCH, gap=Space.M))

    def show_exchanges(self, exchanges: Sequence[Synced | StockpileError]) -> None:
        """Show them, the newest first."""
        self._none.setVisible(not exchanges)
        self._last.show_events([_event(one) for one in exchanges])


def _event(outcome: Synced | StockpileError) -> Event:
    if isinstance(outcome, StockpileError):
        return Event("cloud-off", _("Not now"), wording.error_sentence(outcome), Tone.WARN)
    counts = _("{sent} sent, {taken} taken in").format(
        sent=isolated(str(outcome.sent)), taken=isolated(str(outcome.taken))
    )
    receipt = outcome.receipt
    if receipt is None:
        return Event("cloud-check", counts, "", Tone.OK)
    detail = _("receipt up to no. {number}, {at}").format(
        number=isolated(str(receipt.number)), at=isolated(wording.instant(receipt.at))
    )
    return Event("cloud-check", counts, detail, Tone.OK)
