"""What the station says across the room: large, in a colour with its sign, and by a sound."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from stockpile.domain.marking import Settlement
from stockpile.language import _, isolated
from ui.sounds import Sound, play
from ui.theme import Height, Tone
from ui.view_models.marking_state import OVER, TO_SETTLE, Stage, State
from ui.widgets.arrange import boxed, column
from ui.widgets.button import Button
from ui.widgets.card import Banner

_SOUNDS: Mapping[Stage, Sound] = MappingProxyType(
    {
        Stage.OUTSIDE: Sound.MISPLACED,
        Stage.ASIDE: Sound.TWICE,
        Stage.LOST: Sound.ALARM,
        Stage.NOT_STARTED: Sound.REFUSED,
        Stage.READ_BACK: Sound.FOUND,
        Stage.LABEL: Sound.MISPLACED,
        Stage.UNREADABLE: Sound.MISPLACED,
        Stage.BLIND: Sound.MISPLACED,
        Stage.WRONG: Sound.UNEXPECTED,
        Stage.ANOTHERS: Sound.ALARM,
        Stage.DOUBT: Sound.UNEXPECTED,
        Stage.VERIFIED: Sound.GOOD,
        Stage.MARKED: Sound.GOOD,
        Stage.BORNE: Sound.TWICE,
    }
)
_WHY: Mapping[str, Callable[[], str]] = MappingProxyType(
    {
        "refused": lambda: _("The machine refused to start."),
        "MachineSilent": lambda: _("The machine did not answer. Check power and cable."),
        "MachineNotReady": lambda: _("The machine is not ready. Clear it at the machine."),
        "MachineRefused": lambda: _("The machine refused the text or the layout."),
        "MachineMisread": lambda: _("The machine read back another text. Check the cable."),
        "MachineUnknown": lambda: _("Another machine answered. Check the cable and the settings."),
        "MachineStranger": lambda: _("Another machine answered. Check the cable."),
        "MachineLayoutChanged": lambda: _(
            "The layout in the machine is not the approved one. Approve it in the settings."
        ),
        "MarkNotPossible": lambda: _("The machine cannot write this text."),
        "PermitExpired": lambda: _("The permission was not used in time. Begin again."),
        "PortMissing": lambda: _("The cable is not there, or another program holds it."),
        "PortLost": lambda: _("The connection broke before the start. Check the cable."),
        "stopped": lambda: _("The machine was stopped in the middle."),
        "restarted": lambda: _("The machine was started anew in the middle."),
        "silent": lambda: _("The machine fell silent in the middle."),
        "link_lost": lambda: _("The connection broke in the middle."),
    }
)


def why_words(evidence: str) -> str:
    """Return what the machine's evidence means; the evidence itself where it has no words."""
    return _WHY[evidence]() if evidence in _WHY else isolated(evidence)


class MarkingResult(QWidget):
    """The banner of the station, with what can be done about it.

    Signals:
        settle_pressed: what the officer sees on the metal: marked, partial or unmarked.
        unread_pressed: the mark cannot be scanned.
        picture_pressed: the mark is to be read off a picture.
        next_pressed: the next weapon.
        anyway_pressed: the weapon is to be marked although it is not in the order, or set aside.
    """

    settle_pressed = Signal(str)
    unread_pressed = Signal()
    picture_pressed = Signal()
    next_pressed = Signal()
    anyway_pressed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._stage = Stage.SCAN
        self._anyway = _large("", "check", "F8")
        self._unread = _large(_("Cannot read it"), "eye-off", "F2")
        self._picture = _large(_("Read a picture"), "camera", "F3")
        self._next = _large(_("Next weapon"), "arrow-right", "F4")
        self._settle: dict[Settlement, Button] = {
            "marked": _large(_("It is there"), "check"),
            "partial": _large(_("Only part of it"), "minus"),
            "unmarked": _large(_("Nothing is there"), "x"),
        }
        self._anyway.clicked.connect(self.anyway_pressed)
        self._unread.clicked.connect(self.unread_pressed)
        self._picture.clicked.connect(self.picture_pressed)
        self._next.clicked.connect(self.next_pressed)
        for outcome, button in self._settle.items():
            button.clicked.connect(lambda _on=False, seen=outcome: self.settle_pressed.emit(seen))
        buttons = column(
            self._anyway, self._unread, self._picture, *self._settle.values(), self._next, gap=6
        )
        self.banner = Banner("scan-barcode", "", "", Tone.INFO, boxed(buttons), loud=True)
        self.setLayout(column(self.banner))

    @property
    def settle_buttons(self) -> Mapping[Settlement, Button]:
        """Return the three answers to: what is on the metal?"""
        return self._settle

    def show_state(self, state: State) -> None:
        """Say how it stands; a new outcome is also heard."""
        stage = state.stage
        self.setVisible(stage in _SAID)
        if stage in _SAID:
            self.banner.say(*_SAID[stage](state))
        self._anyway.setVisible(stage in (Stage.OUTSIDE, Stage.ASIDE))
        self._anyway.setText(
            _("Mark it all the same") if stage is Stage.OUTSIDE else _("Bring it back")
        )
        reads = stage in (Stage.READ_BACK, Stage.LABEL, Stage.UNREADABLE)
        self._unread.setVisible(reads)
        self._picture.setVisible(reads or stage is Stage.BLIND)
        for button in self._settle.values():
            button.setVisible(stage in TO_SETTLE)
        self._next.setVisible(stage in OVER | {Stage.OUTSIDE, Stage.ASIDE, Stage.LOST})
        if stage is not self._stage and stage in _SOUNDS:
            play(_SOUNDS[stage])
        self._stage = stage


def _large(text: str, icon: str, keys: str = "") -> Button:
    return Button(text, icon=icon, hint=keys, height=Height.FIELD)


_Banner = tuple[str, str, str, Tone]


def _text(state: State) -> str:
    return isolated(state.text)


def _marking(state: State) -> _Banner:
    said = _("Keep hands away and switch nothing off. The outcome is written down by itself.")
    return "loader-circle", _("Marking {text}").format(text=_text(state)), said, Tone.INFO


def _outside(state: State) -> _Banner:
    said = _("Lay it aside, or mark it all the same: it then counts for no order.")
    title = _("Not in order {name}").format(name=isolated(state.why))
    return "triangle-alert", title, said, Tone.WARN


def _aside(state: State) -> _Banner:
    said = _("{reason} Bring it back when that is put right.")
    reason = isolated(state.why.rstrip(".") + ".")
    return "archive", _("Set aside in this order"), said.format(reason=reason), Tone.WARN


def _lost(_state: State) -> _Banner:
    said = _("It is not marked. Keep hold of it and tell the officer in charge.")
    return "shield-alert", _("Reported lost or stolen"), said, Tone.BAD


def _not_started(state: State) -> _Banner:
    return "circle-x", _("Nothing was marked"), why_words(state.why), Tone.WARN


def _read_back(state: State) -> _Banner:
    if state.work_order is not None:
        said = _("Set the machine to the text above, start it there, and scan what it has marked.")
        return "keyboard", _("Mark it at the machine, then scan"), said, Tone.INFO
    said = _("It counts as marked only when the mark on the metal reads back.")
    return "scan-barcode", _("Scan the mark you just made"), said, Tone.INFO


def _label(_state: State) -> _Banner:
    said = _("Nothing was changed. Scan the new mark on the metal.")
    return "tag", _("That is a label, not the mark"), said, Tone.WARN


def _unreadable(_state: State) -> _Banner:
    said = _("Tilt the weapon by about 30 degrees or change the lamp, and scan once more.")
    return "eye-off", _("Unreadable: try other light"), said, Tone.WARN


def _blind(_state: State) -> _Banner:
    said = _("The text is hidden, so that you type what is there and not what should be.")
    return "keyboard", _("Type what you read on the metal"), said, Tone.WARN


def _wrong(state: State) -> _Banner:
    said = _("{text} was sent to the machine. Look at the metal and say what is there.")
    title = _("Another mark: {read}").format(read=isolated(state.why))
    return "circle-x", title, said.format(text=_text(state)), Tone.BAD


def _anothers(state: State) -> _Banner:
    other = state.other
    named = isolated(other.serial or other.number) if other else ""
    title = _("This is the mark of {weapon}").format(weapon=named)
    said = _("Stop. {read} is on record for another weapon. A case is open on both.")
    return "shield-alert", title, said.format(read=isolated(state.why)), Tone.BAD


def _doubt(state: State) -> _Banner:
    asked = _("Is {text} on the weapon? Nothing is marked until you have said so.")
    parts = (why_words(state.why), asked.format(text=_text(state)))
    said = " ".join(part for part in parts if part)
    return "triangle-alert", _("Unknown: look at the metal"), said, Tone.WARN


def _verified(state: State) -> _Banner:
    said = _("{text} is on the metal and on record.").format(text=_text(state))
    return "circle-check", _("Marked and verified"), said, Tone.OK


def _marked(state: State) -> _Banner:
    said = _("{text} is on record. This one need not be read back: not every mark is.")
    return "stamp", _("Marked"), said.format(text=_text(state)), Tone.OK


def _borne(state: State) -> _Banner:
    said = _("{text} is on record. It is not marked again.").format(text=_text(state))
    return "circle-check", _("This weapon bears its mark"), said, Tone.OK


def _elsewhere(state: State) -> _Banner:
    said = _("{text} was begun at another site and is settled there.").format(text=_text(state))
    return "triangle-alert", _("A marking is open elsewhere"), said, Tone.WARN


_SAID: Mapping[Stage, Callable[[State], _Banner]] = MappingProxyType(
    {
        Stage.OUTSIDE: _outside,
        Stage.ASIDE: _aside,
        Stage.LOST: _lost,
        Stage.MARKING: _marking,
        Stage.NOT_STARTED: _not_started,
        Stage.READ_BACK: _read_back,
        Stage.LABEL: _label,
        Stage.UNREADABLE: _unreadable,
        Stage.BLIND: _blind,
        Stage.WRONG: _wrong,
        Stage.ANOTHERS: _anothers,
        Stage.DOUBT: _doubt,
        Stage.VERIFIED: _verified,
        Stage.MARKED: _marked,
        Stage.BORNE: _borne,
        Stage.ELSEWHERE: _elsewhere,
    }
)
