"""The conflict room: every contradiction as a card; a number and Enter settle it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QStackedLayout, QWidget

from stockpile import wording
from stockpile.domain.errors import StockpileError
from stockpile.language import _, figure, isolated, ngettext
from ui.desk import Desk
from ui.notices import Notices
from ui.pages.conflicts_among import AmongRow
from ui.pages.conflicts_card import ConflictCard
from ui.pages.conflicts_sides import photo_titles
from ui.pages.page import Page
from ui.pages.standing import joined
from ui.session import Session
from ui.sounds import Sound, play
from ui.theme import Ink, Space
from ui.view_models.conflicts import Case, ConflictsModel, Listing
from ui.view_models.photos import Photos
from ui.widgets.arrange import STRETCH, Share, boxed, column, row, rule
from ui.widgets.button import Button
from ui.widgets.empty_state import EmptyState
from ui.widgets.keycap import Shortcut
from ui.widgets.line_list import LineList, LiveLine
from ui.widgets.photo_tile import Shot
from ui.widgets.photo_view import PhotoView
from ui.widgets.text import secondary

_LIST, _CARD = 2, 5  # of seven shares of the width
_KEYS = 9


class ConflictsPage(Page):
    """The list and the card in hand; settled, the next one comes by itself."""

    def __init__(self, desk: Desk, session: Session, notices: Notices) -> None:
        super().__init__()
        self.model = ConflictsModel(desk, session, notices)
        self._photos = Photos(desk, session, self)
        self._listing = Listing((), 0, 0)
        self._wanted, self._settled = "", 0
        self.view: PhotoView | None = None
        self._inquiries = Button(_("Investigations"), icon="search")
        self._count = secondary("")
        self.list = LineList(_("Contradictions"))
        self.among = AmongRow()
        self.more = Button(_("Show more"), icon="chevron-down", hint="F7")
        self.card = ConflictCard()
        self._right = QWidget()  # before its faces: a layout of nobody shows the first as a window
        self._beside = QStackedLayout(self._right)
        self._faces = QStackedLayout(self)
        self._faces.addWidget(self._nothing())
        self._faces.addWidget(self._open_face())
        self._listen()

    def entered(self, argument: str) -> None:
        """Show what is open; one contradiction by its id, or those of a weapon, first."""
        self._wanted, self._settled = argument, 0
        self.model.watch(watched=True, wanted=argument)
        self.among.show_among(self.model.among)
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def left(self) -> None:
        """Be put away: what is recorded is not followed any more."""
        self.model.watch(watched=False)

    def reseated(self) -> None:
        """Show what the officer who took over may settle."""
        self.card.case = None
        self.model.start()

    # --- how it is laid out -------------------------------------------------------------------

    def _open_face(self) -> QWidget:
        said = _("Look at the weapon, then choose. Nothing is lost; it can be settled anew.")
        head = self.head(_("Contradictions"), said, self._inquiries)
        left = boxed(column(self._count, Share(self.list), self.more, gap=Space.S))
        self._beside.addWidget(self.card)
        self._beside.addWidget(self._none_of_these())
        right = Share(self._right, _CARD)
        both = boxed(row(Share(left, _LIST), rule(upright=True), right, gap=Space.L))
        hints = boxed(
            row(
                Shortcut("1", _("choose")), Shortcut("Enter", _("settle, and on to the next")),
                Shortcut("Esc", _("not now")), Shortcut("F6", _("open the weapon")), STRETCH,
                gap=Space.L,
            )
        )  # fmt: skip
        return boxed(column(head, self.among, Share(both), hints, gap=Space.M))

    def _nothing(self) -> QWidget:
        sync = Button(_("To the exchange"), icon="refresh-cw")
        sync.clicked.connect(partial(self.go.emit, "sync", ""))
        face = EmptyState(
            "circle-check",
            _("No two accounts differ"),
            _(
                "Where two people write different things of one weapon without knowing of each"
                " other, both are kept and shown here until somebody decides."
            ),
            sync,
        )
        return boxed(column(self.head(_("Contradictions")), Share(face)))

    def _none_of_these(self) -> QWidget:
        everything = Button(_("Show all"), icon="list-filter")
        everything.clicked.connect(self.among.clear)
        said = _("What is open elsewhere is not shown: the list is narrowed.")
        return EmptyState("list-filter", _("None of these is open"), said, everything)

    def _listen(self) -> None:
        model, card = self.model, self.card
        model.came.connect(self._show)
        model.settled.connect(self._say_settled)
        model.postponed.connect(self._go_on)
        model.refused.connect(self._say_refused)
        self.list.selectionModel().currentChanged.connect(lambda *_at: self._show_case())
        self.list.opened.connect(lambda _key: card.buttons[0].setFocus() if card.buttons else None)
        self._inquiries.clicked.connect(partial(self.go.emit, "investigations", ""))
        self.among.narrowed.connect(model.narrow)
        self.more.clicked.connect(model.more)
        card.settle_wanted.connect(self._settle)
        card.weapon_wanted.connect(lambda weapon: self.go.emit("weapon", weapon))
        card.inquiry_wanted.connect(partial(self.go.emit, "investigations"))
        card.photo_wanted.connect(self._open_photo)
        card.strip.wanted.connect(self._photos.want_thumbnail)
        self._photos.thumbnail.connect(card.strip.show_picture)
        self._photos.missing.connect(card.strip.show_missing)
        keys: Sequence[tuple[str, Callable[[], object]]] = (
            ("F6", card.weapon.click), ("F8", card.inquiry.click), ("Esc", self._not_now),
            ("F7", self.more.click),
            ("Ctrl+Shift+F", self.among.kind.setFocus),
            *((str(number), partial(card.choose, number)) for number in range(1, _KEYS + 1)),
        )  # fmt: skip
        for key, does in keys:
            short = QShortcut(QKeySequence(key), self)
            short.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            short.activated.connect(does)

    # --- what the person does ---------------------------------------------------------------

    def _settle(self, number: int, reason: str) -> None:
        case = self._case
        if case is not None:
            self.model.settle(case, number, reason)

    def _not_now(self) -> None:
        self.card.choose(0)
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _open_photo(self, digest: str) -> None:
        case = self._case
        if case is None:
            return
        view = PhotoView(
            [Shot(one, title) for one, title in photo_titles(case.sides)], digest, self
        )
        view.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        view.wanted.connect(self._photos.want_picture)
        self._photos.picture.connect(view.show_picture)
        self._photos.missing.connect(view.show_missing)
        view.destroyed.connect(self._photo_closed)
        self.view = view
        view.open()

    def _photo_closed(self) -> None:
        self.view = None

    # --- what is shown ----------------------------------------------------------------------

    @property
    def _case(self) -> Case | None:
        key = self.list.current_key()
        return next((one for one in self._listing.cases if one.id == key), None)

    def _show(self, listing: Listing) -> None:
        before = self.list.currentIndex().row()
        chosen = self._wanted or self.list.current_key()
        self._listing = listing
        cases = listing.cases
        self._faces.setCurrentIndex(1 if cases or not self.model.among.is_all else 0)
        self._beside.setCurrentIndex(0 if cases else 1)
        self.more.setVisible(listing.has_more)
        self.among.show_sites(listing.sites)
        unknown = listing.unknown
        self.among.show_unknown(wording.error_sentence(unknown) if unknown else "")
        self.list.show_lines([_line(one) for one in cases])
        at = next((n for n, one in enumerate(cases) if chosen and chosen in _names(one)), None)
        if cases:  # the next one comes in the place of what was settled
            place = at if at is not None else min(max(before, 0), len(cases) - 1)
            self.list.setCurrentIndex(self.list.rows.index(place))
        self._wanted = ""
        self._show_count()
        self._show_case()

    def _show_count(self) -> None:
        listing = self._listing
        total = listing.total
        if total is None:
            count = len(listing.cases)
            words = ngettext("{count} is shown", "{count} are shown", count)
        else:
            count = total
            words = ngettext("{count} is open", "{count} are open", count)
        said = words.format(count=figure(count))
        if self._settled:
            done = ngettext("{count} settled", "{count} settled", self._settled)
            said = joined(said, done.format(count=figure(self._settled)))
        self._count.setText(said)
        if self.model.among.is_all:
            self.counted.emit(figure(total) if total else "")
        inquiries = ngettext("{count} investigation", "{count} investigations",
                             listing.investigations)  # fmt: skip
        self._inquiries.setText(inquiries.format(count=figure(listing.investigations)))
        self._inquiries.setVisible(bool(listing.investigations))

    def _show_case(self) -> None:
        case = self._case
        if case is not None:
            self.card.show_case(case, self.model.reasons)

    def _say_settled(self, _case: Case) -> None:
        play(Sound.GOOD)
        self._settled += 1
        self._go_on()
        said = _("Settled. Both accounts stay in the history; it can be settled anew from there.")
        self.toast.emit(said, "", None)

    def _go_on(self, _case: Case | None = None) -> None:
        self.card.choose(0)
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _say_refused(self, error: StockpileError) -> None:
        play(Sound.REFUSED)
        self.toast.emit(wording.error_sentence(error), "", None)


def _names(case: Case) -> tuple[str, ...]:
    return case.id, *case.weapons


def _line(case: Case) -> LiveLine:
    words = _("overdue") if case.is_overdue else _("by {day}")
    at_end = words.format(day=isolated(case.due))
    ink = Ink.BAD if case.is_overdue else Ink.WARN
    beneath = joined(case.title, isolated(case.model) if case.model else "")
    return LiveLine(case.id, case.named, beneath, at_end, "git-compare", ink)
