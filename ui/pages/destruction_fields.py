"""What an order and a certificate of destruction both ask: methods in sequence, who is present."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, QEvent, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QScrollArea, QWidget

from stockpile.domain.destruction import METHODS, ROLES, SYMBOLIC
from stockpile.domain.facts import Attendant
from stockpile.language import _, isolated
from stockpile.terms import term
from ui.pages.standing import joined
from ui.theme import Ink, Space
from ui.widgets.arrange import Share, column, row
from ui.widgets.button import Button
from ui.widgets.choice_field import Choice, ChoiceField
from ui.widgets.field import Field, State
from ui.widgets.line_list import LineList, LiveLine
from ui.widgets.text import secondary

_STEPS = 3
_LINES = 84  # pixels: two people, and the list scrolls
_MEMBER = ROLES[1]
_NONE = Choice("", "\u2013")


def into_sight(widget: QWidget) -> None:
    """Scroll a long form to a widget of it that has something to say."""
    area = widget.parentWidget()
    while area is not None and not isinstance(area, QScrollArea):
        area = area.parentWidget()
    if area is None:
        return
    # What was just said takes its room first: on a busy computer that may still wait.
    QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)
    area.ensureWidgetVisible(widget)


class MethodsField(QWidget):
    """Up to three methods, one after the other.

    Signals:
        edited: other methods than before.
    """

    edited = Signal()

    def __init__(self) -> None:
        super().__init__()
        choices = [_NONE, *(Choice(one, term("destroying", one)) for one in METHODS)]
        labels = (_("Method"), _("followed by"), _("followed by"))
        self.steps = [ChoiceField(label, choices) for label in labels]
        for step in self.steps:
            step.chosen.connect(self._tell)
        top = Qt.AlignmentFlag.AlignTop
        self.setLayout(row(*(Share(step, 1, top) for step in self.steps), gap=Space.M))
        self.setFocusProxy(self.steps[0])

    def value(self) -> tuple[str, ...]:
        """Return the methods in sequence."""
        return tuple(step.value() for step in self.steps if step.value())

    def set_value(self, methods: Sequence[str]) -> None:
        """Show other methods."""
        for at, step in enumerate(self.steps):
            step.set_value(methods[at] if at < len(methods) else "")

    def show_error(self, sentence: str) -> None:
        """Say at the last method what is wrong with the sequence."""
        last = max((at for at, step in enumerate(self.steps) if step.value()), default=0)
        self.steps[last].show_state(State.BAD, sentence)
        self.steps[last].setFocus()
        into_sight(self.steps[last])

    def _tell(self, _value: str) -> None:
        methods = self.value()
        for step in self.steps:
            step.show_state(State.PLAIN)
        if methods and methods[-1] in SYMBOLIC:
            last = max(at for at, step in enumerate(self.steps) if step.value())
            said = _("For the eye only: say which method follows.")
            self.steps[last].show_state(State.WARN, said)
        self.edited.emit()


class CommitteeField(QWidget):
    """Who is present: a line for each person; Enter adds one, Delete takes one off.

    Signals:
        edited: other people than before.
    """

    edited = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._people: list[Attendant] = []
        self.name = Field(_("Name"))
        self.role = ChoiceField(_("Role"), [Choice(one, term("attendant", one)) for one in ROLES])
        self.organisation = Field(_("Organisation"))
        self.add = Button(_("Add"), icon="user-plus")
        self.people = LineList(_("Committee and witnesses"))
        self.people.setFixedHeight(_LINES)
        self._none = secondary(
            _("Nobody yet. A committee and somebody independent of it have to be there."),
            wrap=True,
        )
        top, low = Qt.AlignmentFlag.AlignTop, Qt.AlignmentFlag.AlignBottom
        who = row(Share(self.name, 1, top), Share(self.organisation, 1, top), gap=Space.M)
        what = row(Share(self.role, 1, top), Share(self.add, 0, low), gap=Space.M)
        self.setLayout(column(who, what, self._none, self.people, gap=Space.S))
        self.role.set_value(_MEMBER)
        self.name.submitted.connect(self.take)
        self.organisation.submitted.connect(self.take)
        self.add.clicked.connect(self.take)
        self.name.edited.connect(lambda _text: self.name.show_state(State.PLAIN))
        delete = QShortcut(QKeySequence(Qt.Key.Key_Delete), self.people)
        delete.setContext(Qt.ShortcutContext.WidgetShortcut)
        delete.activated.connect(self.take_off)
        self.setFocusProxy(self.name)
        self._show()

    def value(self) -> tuple[Attendant, ...]:
        """Return who is present, with the one that is half typed."""
        return (*self._people, *self._typed())

    def set_value(self, people: Sequence[Attendant]) -> None:
        """Show other people."""
        self._people = list(people)
        self.name.set_text("")
        self.organisation.set_text("")
        self._show()

    def take(self) -> None:
        """Put the person that is typed on the list, and ask for the next."""
        typed = self._typed()
        self._people += typed
        self.name.set_text("")
        self.organisation.set_text("")
        self.name.setFocus(Qt.FocusReason.OtherFocusReason)
        if typed:
            self._show()
            self.edited.emit()

    def take_off(self) -> None:
        """Take the person under the cursor off the list."""
        key = self.people.current_key()
        if key:
            del self._people[int(key)]
            self._show()
            self.edited.emit()

    def show_error(self, sentence: str) -> None:
        """Say at the name what is missing."""
        self.name.show_state(State.BAD, sentence)
        self.name.setFocus()
        into_sight(self.name)

    def _typed(self) -> tuple[Attendant, ...]:
        name = self.name.text().strip()
        role = next((one for one in ROLES if one == self.role.value()), _MEMBER)
        return (Attendant(name, role, self.organisation.text().strip()),) if name else ()

    def _show(self) -> None:
        self.people.show_lines(
            [
                LiveLine(
                    str(at), isolated(one.name),
                    joined(term("attendant", one.role), isolated(one.organisation)),
                    "", "user-check", Ink.SECONDARY, plain=True,
                )
                for at, one in enumerate(self._people)
            ]
        )  # fmt: skip
        self.people.setVisible(bool(self._people))
        self._none.setVisible(not self._people)
