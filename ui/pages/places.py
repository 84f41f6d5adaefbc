# ruff: noqa: N802 — Qt names what is overridden
"""Places: the rooms, the plan of one of them, and the scanner that puts weapons into racks."""

from __future__ import annotations

from PySide6.QtCore import QLocale, Qt
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QStackedLayout, QWidget

from stockpile.domain import places
from stockpile.domain.places import Change, Place
from stockpile.domain.values import PlaceId, WeaponId
from stockpile.language import _, isolated, ngettext
from stockpile.services.places import Filling
from stockpile.services.racking import Step
from ui.desk import Desk
from ui.notices import Notices
from ui.pages.place_acts import PlaceActs
from ui.pages.place_contents import PlaceContents, amiss
from ui.pages.places_tree import ICONS, PlacesTree
from ui.pages.printing import PrintingActs
from ui.pages.racking import RackingBench
from ui.pages.scan_page import ScanPage
from ui.pages.standing import joined
from ui.session import Session
from ui.theme import Ink, Space, Text
from ui.view_models.places import Opened, PlacesModel, Shown, walked
from ui.view_models.racking import RackingModel
from ui.widgets.arrange import STRETCH, Share, boxed, column, row
from ui.widgets.button import Button, Kind
from ui.widgets.card import Card, Ground
from ui.widgets.empty_state import EmptyState
from ui.widgets.field import Field
from ui.widgets.floor_plan import FloorPlan, Tile
from ui.widgets.hotkeys import on_key
from ui.widgets.keycap import Shortcut
from ui.widgets.text import ShortLabel

_PLAN, _CONTENTS, _BARE = range(3)
_NARROW = 900


class PlacesPage(ScanPage):
    """Rooms at one side, the plan or what stands in a rack at the other, the scanner above."""

    def __init__(self, desk: Desk, session: Session, notices: Notices) -> None:
        super().__init__()
        self.model = PlacesModel(desk, session, notices)
        self.racking = RackingModel(desk, session, notices)
        self.bench = RackingBench(self.racking)
        self.printing = PrintingActs.of(desk, session, notices, self)
        self.acts = PlaceActs(self.model, self.printing, notices, self)
        self.tree = PlacesTree()
        self.plan = FloorPlan(_("Plan of the room"))
        self.contents = PlaceContents()
        self._add = Button(_("Add a place"), Kind.PRIMARY, "plus", hint="Ctrl+N")
        self._cards = Button(_("Print cards"), icon="printer", hint="Ctrl+P")
        self._room = ShortLabel("", Text.CARD_TITLE)
        self._room_said = ShortLabel("", Text.SECONDARY, Ink.MUTED)
        self._change_room = Button(_("Change"), icon="pencil")
        self._hand_over = Button(_("Hand over…"), icon="key-round")
        right = QWidget()  # before its faces: a layout of nobody shows the first as a window
        self._faces = QStackedLayout(right)
        for face in (self._plan_face(), self.contents, self._bare()):
            self._faces.addWidget(face)
        ground = Card(column(Share(right)), Ground.CARD, margins=(14, 12, 14, 10))
        head = self.head(
            _("Places"),
            _("Rooms and racks, what stands in them, and what belongs there and is out."),
            self._cards,
            self._add,
        )
        body = row(self.tree, Share(ground), gap=Space.M)
        self.setLayout(column(head, self.bench, Share(body), gap=Space.M))
        self._connect()
        self._add_keys()
        self.model.refresh()

    def entered(self, argument: str) -> None:
        """Show the plan where it was left, or a place that somebody wants to see."""
        self.bench.show_allowed()
        if argument:
            self._open(argument)
        else:
            self.model.refresh()
        self.bench.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay the plan out for the new width."""
        super().resizeEvent(event)
        self._show(self.model.now)

    def scan_field(self) -> Field:
        """Return the field for racks and weapons."""
        return self.bench.field

    # --- how it stands ----------------------------------------------------------------------

    def _plan_face(self) -> QWidget:
        said = column(self._room, self._room_said, gap=2)
        head = row(Share(said), self._hand_over, self._change_room, gap=Space.S)
        hints = row(
            Shortcut("Enter", _("what stands in it")),
            Shortcut("F2", _("change")),
            Shortcut("Ctrl+→", _("move on the plan")),
            STRETCH,
            gap=Space.M,
        )
        return boxed(column(head, Share(self.plan), hints, gap=Space.S))

    def _bare(self) -> QWidget:
        add = Button(_("Add the first room"), Kind.SECONDARY, "plus")
        add.clicked.connect(lambda: self.acts.ask_new("room"))
        return EmptyState(
            "warehouse",
            _("No rooms or racks yet"),
            _("Add the room first, then its racks: Rack 1..25 adds twenty-five at once."),
            add,
        )

    def _connect(self) -> None:
        model, contents = self.model, self.contents
        model.shown.connect(self._show)
        model.opened.connect(self._show_contents)
        model.added.connect(self._go_to_added)
        model.closed.connect(lambda _place: self._turn_to(_PLAN))
        self.tree.chosen.connect(self._show_room)
        self.plan.opened.connect(self._open)
        self.plan.moved.connect(self._move)
        self.racking.stepped.connect(self._follow)
        self.bench.label_wanted.connect(lambda weapon: self.printing.print_weapon(WeaponId(weapon)))
        self.racking.rack_changed.connect(lambda: self._show(self.model.now))
        self.bench.toast.connect(self.toast)
        self.acts.toast.connect(self.toast)
        self._add.clicked.connect(lambda: self.acts.ask_new("rack"))
        self._cards.clicked.connect(self._print_cards)
        self._change_room.clicked.connect(lambda: self.acts.ask_change(self._shown_room()))
        self._hand_over.clicked.connect(self._hand_room_over)
        contents.left.connect(self._leave_contents)
        contents.changing.connect(lambda: self.acts.ask_change(self._chosen_place()))
        contents.closing.connect(lambda: self.acts.ask_close(self._chosen_place()))
        contents.printing.connect(self._print_card)
        contents.weapon_wanted.connect(lambda weapon: self.go.emit("weapon", weapon))

    def _add_keys(self) -> None:
        for keys, act in (
            ("Ctrl+N", self._add.click),
            ("Ctrl+P", self._print_cards),
            ("Alt+P", self._ask_cards),
            ("F2", lambda: self.acts.ask_change(self._chosen_place())),
        ):
            QShortcut(QKeySequence(keys), self).activated.connect(act)
        on_key(self, "Esc", self._leave_contents)

    def _hand_room_over(self) -> None:
        """Let another custodian answer for the room; the page of today has the desk for it."""
        room = self.model.now.room
        if room is not None:
            self.go.emit("today", f"handover:{room.place.id}")

    # --- the plan ---------------------------------------------------------------------------

    def _show(self, shown: Shown) -> None:
        room = shown.room
        may_change = self.model.may("open_place")
        self._add.setEnabled(may_change)
        self._change_room.setEnabled(may_change and room is not None)
        self._hand_over.setEnabled(self.model.may("hand_over") and room is not None)
        self._cards.setEnabled(self.model.may("label") and bool(shown.fillings))
        self.tree.show_places(shown.tree, room.place.id if room else None)
        self._fit()
        if shown.is_bare or room is None:
            self._turn_to(_BARE)
            return
        if self._face == _BARE:
            self._turn_to(_PLAN)
        self._room.setText(isolated(" / ".join(one.name for one in shown.path)))
        self._room_said.setText(_room_words(shown.fillings, room.here))
        self._show_plan(shown.fillings)

    def _fit(self) -> None:
        """Leave the rooms away where there are none, and in a small window beside a list."""
        reads_in_little_room = self._face == _CONTENTS and self.width() < _NARROW
        self.tree.setVisible(not self.model.now.is_bare and not reads_in_little_room)

    def _turn_to(self, face: int) -> None:
        self._faces.setCurrentIndex(face)
        self._fit()

    @property
    def _face(self) -> int:
        return self._faces.currentIndex()

    def _show_plan(self, fillings: tuple[Filling, ...]) -> None:
        order = [one.place for one in sorted(fillings, key=lambda one: places.order(one.place))]
        fields = places.laid_out(order, self.plan.fields_across)
        by_id = {one.place.id: one for one in fillings}
        tiles = [_tile(by_id[one.id], fields[one.id], self.racking.rack) for one in order]
        self.plan.show_tiles(sorted(tiles, key=lambda one: (one.down, one.across)))

    def _show_room(self, room: str) -> None:
        self._turn_to(_PLAN)
        self.model.show_room(PlaceId(room))

    def _open(self, place: str) -> None:
        """Show what stands in a rack, or the plan of what is a room itself."""
        branches = {one.place.id: one for one in walked(self.model.now.tree)}
        found = branches.get(PlaceId(place))
        if found is not None and found.branches:
            self._show_room(place)
        else:
            self.model.open(PlaceId(place))

    def _move(self, place: str, across: int, down: int) -> None:
        """Put a tile on another field of the plan; one that stands there changes places with it."""
        if not self.model.may("open_place"):
            return
        stood = next((one for one in self.plan.tiles if one.key == place), None)
        there = [one for one in self.plan.tiles if (one.across, one.down) == (across, down)]
        self.model.change(PlaceId(place), Change(across=across, down=down))
        for other in there:
            if stood is not None:
                said = Change(across=stood.across, down=stood.down)
                self.model.change(PlaceId(other.key), said)

    def _follow(self, step: Step) -> None:
        """Show the room of the rack that was scanned, its tile under the cursor."""
        if step.kind == "rack" and step.rack is not None:
            self._turn_to(_PLAN)
            if step.rack.within is not None:
                self.model.show_room(step.rack.within)
            self.plan.choose(step.rack.id)

    # --- what stands in a place -------------------------------------------------------------

    def _show_contents(self, opened: Opened) -> None:
        fresh = self._face != _CONTENTS
        self.contents.show_contents(
            opened,
            may_change=self.model.may("open_place"),
            may_print=self.model.may("label"),
        )
        self._turn_to(_CONTENTS)
        if fresh:
            self.contents.focus_list()

    def _leave_contents(self) -> None:
        if self._face == _CONTENTS:
            self.model.close_contents()
            self._turn_to(_PLAN)
            self.plan.focus_tile()

    # --- which place ------------------------------------------------------------------------

    def _shown_room(self) -> Place | None:
        room = self.model.now.room
        return room.place if room is not None else None

    def _chosen_place(self) -> Place | None:
        if self._face == _CONTENTS and self.contents.opened is not None:
            return self.contents.opened.filling.place
        tiles = {one.place.id: one.place for one in self.model.now.fillings}
        return tiles.get(PlaceId(self.plan.current))

    def _ask_cards(self) -> None:
        self.acts.print_cards([one.place.id for one in self.model.now.fillings], ask=True)

    def _print_cards(self) -> None:
        self.acts.print_cards([one.place.id for one in self.model.now.fillings])

    def _print_card(self) -> None:
        place = self._chosen_place()
        self.acts.print_cards([place.id] if place is not None else [])

    def _go_to_added(self, added: tuple[Place, ...]) -> None:
        for place in added[:1]:
            self.plan.choose(place.id)


def _room_words(fillings: tuple[Filling, ...], loose: int) -> str:
    """Return what is in a room in one line: weapons, room for how many, out, lost, beside."""
    here = sum(one.here for one in fillings) + loose
    fits, out = sum(one.place.capacity for one in fillings), sum(one.out for one in fillings)
    lost = sum(one.lost for one in fillings)
    weapons = ngettext("{count} weapon", "{count} weapons", here)
    return joined(
        weapons.format(count=isolated(QLocale().toString(here))),
        _("room for {count}").format(count=isolated(QLocale().toString(fits))) if fits else "",
        _("{count} out").format(count=isolated(QLocale().toString(out))) if out else "",
        _("{count} lost from here").format(count=isolated(QLocale().toString(lost)))
        if lost
        else "",
        _("{count} in no rack").format(count=isolated(QLocale().toString(loose))) if loose else "",
    )


def _tile(filling: Filling, field: tuple[int, int], rack: PlaceId | None) -> Tile:
    place, (said, tone) = filling.place, amiss(filling)
    here = QLocale().toString(filling.here)
    of = f"{here} / {QLocale().toString(place.capacity)}" if place.capacity else here
    share = filling.here / place.capacity if place.capacity else -1.0
    return Tile(
        place.id, place.name, ICONS[place.kind], isolated(of), said, share, tone, *field,
        is_now=place.id == rack,
    )  # fmt: skip
