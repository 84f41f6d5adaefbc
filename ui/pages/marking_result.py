"""What the bench says across the room: in large letters, in a colour with its sign, by a sound."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from stockpile.domain.marking import Settlement
from stockpile.language import _, isolated
from ui.sounds import Sound, play
from ui.theme import Height, Tone
from ui.view_models.marking import TO_SETTLE, Stage, State
from ui.widgets.arrange import boxed, column
from ui.widgets.button import Button
from ui.widgets.card import Banner

_SOUNDS: Mapping[Stage, Sound] = MappingProxyType(
    {
        Stage.NOT_STARTED: Sound.REFUSED,
        Stage.READ_BACK: Sound.FOUND,
        Stage.WRONG: Sound.ALARM,
        Stage.DOUBT: Sound.UNEXPECTED,
        Stage.VERIFIED: Sound.GOOD,
        Stage.BORNE: Sound.GOOD,
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
    """The banner of the bench, with what can be done about it.

    Signals:
        settle_pressed: what the officer sees on the metal: marked, partial or unmarked.
        type_pressed: the mark cannot be scanned; it is typed.
        next_pressed: the next weapon.
    """

    settle_pressed = Signal(str)
    type_pressed = Signal()
    next_pressed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._stage = Stage.SCAN
        self._type = _large(_("Cannot read: type it"), "keyboard", "F2")
        self._next = _large(_("Next weapon"), "arrow-right", "F4")
        self._settle: dict[Settlement, Button] = {
            "marked": _large(_("It is there"), "check"),
            "partial": _large(_("Only part of it"), "minus"),
            "unmarked": _large(_("Nothing is there"), "x"),
        }
        self._type.clicked.connect(self.type_pressed)
        self._next.clicked.connect(self.next_pressed)
        for outcome, button in self._settle.items():
            button.clicked.connect(lambda _checked, said=outcome: self.settle_pressed.emit(said))
        actions = boxed(column(self._type, *self._settle.values(), self._next, gap=6))
        self.banner = Banner("info", "", "", Tone.INFO, actions, loud=True)
        self.setLayout(column(self.banner))
        self.hide()

    @property
    def settle_buttons(self) -> Mapping[Settlement, Button]:
        """Return the three answers to: what is on the metal?"""
        return self._settle

    def show_state(self, state: State, *, typing: bool) -> None:
        """Say how it stands; a new outcome is also heard."""
        self.setVisible(state.stage in _SAID)
        if state.stage in _SAID:
            self.banner.say(*_SAID[state.stage](isolated(state.text), why_words(state.why)))
        self._type.setVisible(state.stage is Stage.READ_BACK and not typing)
        for button in self._settle.values():
            button.setVisible(state.stage in TO_SETTLE)
        self._next.setVisible(state.stage in (Stage.VERIFIED, Stage.BORNE, Stage.ELSEWHERE))
        if state.stage is not self._stage and state.stage in _SOUNDS:
            play(_SOUNDS[state.stage])
        self._stage = state.stage


def _large(text: str, icon: str, keys: str = "") -> Button:
    return Button(text, icon=icon, hint=keys, height=Height.FIELD)


_Said = Callable[[str, str], tuple[str, str, str, Tone]]
_SAID: Mapping[Stage, _Said] = MappingProxyType(
    {
        Stage.MARKING: lambda text, _why: (
            "loader-circle",
            _("Marking {text}").format(text=text),
            _("Keep hands away and switch nothing off. The outcome is written down by itself."),
            Tone.INFO,
        ),
        Stage.NOT_STARTED: lambda _text, why: (
            "circle-x",
            _("Nothing was marked"),
            why,
            Tone.WARN,
        ),
        Stage.READ_BACK: lambda _text, _why: (
            "scan-barcode",
            _("Scan the mark you just made"),
            _("It counts as marked only when the mark on the metal reads back."),
            Tone.INFO,
        ),
        Stage.WRONG: lambda text, why: (
            "circle-x",
            _("Another mark: {read}").format(read=why),
            _("{text} was sent to the machine. Look at the metal and say what is there.").format(
                text=text
            ),
            Tone.BAD,
        ),
        Stage.DOUBT: lambda text, why: (
            "triangle-alert",
            _("Unknown: look at the metal"),
            " ".join(
                part
                for part in (
                    why,
                    _("Is {text} on the weapon? Nothing is marked until you have said so.").format(
                        text=text
                    ),
                )
                if part
            ),
            Tone.WARN,
        ),
        Stage.VERIFIED: lambda text, _why: (
            "circle-check",
            _("Marked and verified"),
            _("{text} is on the metal and on record.").format(text=text),
            Tone.OK,
        ),
        Stage.BORNE: lambda text, _why: (
            "circle-check",
            _("This weapon bears its mark"),
            _("{text} is on record. It is not marked again.").format(text=text),
            Tone.OK,
        ),
        Stage.ELSEWHERE: lambda text, _why: (
            "triangle-alert",
            _("A marking is open elsewhere"),
            _("{text} was begun at another site and is settled there.").format(text=text),
            Tone.WARN,
        ),
    }
)
