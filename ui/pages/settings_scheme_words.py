"""Words and codes of a scheme: a fixed text, or the choices of a part at the bench."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from stockpile.language import _, isolated
from stockpile.wording import scheme_part
from ui.pages.settings_lines import Line, Lines
from ui.theme import Ink, Space, Text
from ui.view_models.schemes import LISTED_PARTS
from ui.widgets.arrange import STRETCH, Share, boxed, column, row
from ui.widgets.button import Button
from ui.widgets.field import Choice, ChoiceField, Field
from ui.widgets.text import Label, secondary

Word = tuple[str, str, str]
_LOW = 32


class WordsEditor(QWidget):
    """One line of fields for each word: its part, what is cut, what people call it.

    Signals:
        edited: a word was added, changed or taken away.
    """

    edited = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._none = secondary(
            _("No words. One word of a part is always cut; among several one chooses."),
            wrap=True,
        )
        self._wrong = Label("", Text.SECONDARY, Ink.BAD, wrap=True)
        self._wrong.hide()
        self.add = Button(_("Add a word or code"), icon="plus", height=_LOW)
        self._lines: Lines[WordLine] = Lines(self._none, self.add, self.edited.emit)
        body = boxed(self._lines.body)
        self.setLayout(column(self._none, body, self._wrong, row(self.add, STRETCH), gap=Space.S))
        self.add.clicked.connect(self._add_new)

    @property
    def lines(self) -> tuple[WordLine, ...]:
        """The lines that are shown."""
        return tuple(self._lines.all)

    def words(self) -> tuple[Word, ...]:
        """Return the words as they are typed."""
        return tuple(line.word() for line in self.lines)

    def show_words(self, words: Sequence[Word]) -> None:
        """Show other words; nobody is told."""
        self._lines.show(map(WordLine, words))

    def show_wrong(self, message: str) -> None:
        """Say what is wrong with the words; nothing takes it away."""
        self._wrong.setText(message)
        self._wrong.setVisible(bool(message))

    def _add_new(self) -> None:
        part = self.lines[-1].part.value() if self.lines else LISTED_PARTS[0]
        line = WordLine((part, "", ""))
        self._lines.append(line)
        line.text.setFocus(Qt.FocusReason.OtherFocusReason)


class WordLine(Line):
    """One word of a scheme."""

    def __init__(self, word: Word) -> None:
        super().__init__()
        self.part = ChoiceField(
            _("Part of the mark"), [Choice(one, scheme_part(one)) for one in LISTED_PARTS]
        )
        self.text = Field(_("What is cut"), identifier=True)
        self.called = Field(_("Name"))
        part, text, name = word
        self.part.set_value(part)
        self.text.set_text(text)
        self.called.set_text(name)
        self.part.chosen.connect(lambda _value: self.edited.emit())
        for field in (self.text, self.called):
            field.edited.connect(lambda _text: self.edited.emit())
        top = Qt.AlignmentFlag.AlignTop
        bottom = column(28, self.remove)  # level with the fields under their labels
        self.setLayout(
            row(
                Share(self.part, 3, top),
                Share(self.text, 2, top),
                Share(self.called, 3, top),
                Share(bottom, 0),
                gap=Space.S,
            )
        )

    def word(self) -> Word:
        """Return the word as it is typed."""
        return self.part.value(), self.text.text(), self.called.text()

    def name(self, number: int) -> None:
        """Say aloud which word a field belongs to."""
        title = _("Word or code {number}").format(number=isolated(str(number)))
        for edit in (self.text.edit, self.called.edit, self.part.box):
            edit.setAccessibleDescription(title)
        self.name_removal(_("Take this word away"), title)
