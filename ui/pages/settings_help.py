"""What helps: every key of the program, what was said lately, and what this program is."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QGridLayout, QWidget

from stockpile.language import _, isolated
from ui.notices import Notice
from ui.theme import Space, Text, Tone
from ui.view_models.settings import SettingsModel
from ui.widgets.arrange import STRETCH, column
from ui.widgets.card import Card
from ui.widgets.detail_list import Detail, DetailList
from ui.widgets.keycap import Shortcut
from ui.widgets.text import Label, card_title, secondary
from ui.widgets.timeline import Event, Timeline

_LOOKS = {
    "good": ("circle-check", Tone.OK),
    "refused": ("ban", Tone.WARN),
    "trouble": ("triangle-alert", Tone.WARN),
    "damage": ("shield-alert", Tone.BAD),
    "bug": ("circle-alert", Tone.BAD),
}


class HelpSection(QWidget):
    """The keys, by page."""

    def __init__(self) -> None:
        super().__init__()
        cards = [
            Card(column(card_title(title), _keys(keys), gap=Space.M)) for title, keys in _help()
        ]
        self.setLayout(column(*cards, STRETCH, gap=Space.M))


class NoticesSection(QWidget):
    """What was said to the user, newest first."""

    def __init__(self, model: SettingsModel) -> None:
        super().__init__()
        self._model = model
        self._none = secondary(_("Nothing was said since the program was started."), wrap=True)
        self._said = Timeline()
        card = Card(column(card_title(_("Notices")), self._none, self._said, gap=Space.M))
        self.setLayout(column(card, STRETCH))
        model.noticed.connect(self._show)
        self._show()

    def _show(self) -> None:
        notices = self._model.notices
        self._none.setVisible(not notices)
        self._said.show_events([_event(one) for one in notices])


class AboutSection(QWidget):
    """Version, folder, licences."""

    def __init__(self, model: SettingsModel) -> None:
        super().__init__()
        self._model = model
        self._details = DetailList()
        licences = secondary(
            _(
                "Stockpile is free software under the Apache License 2.0. It uses Qt and PySide6"
                " under the GNU LGPL version 3, Inter, JetBrains Mono and Noto under the SIL Open"
                " Font License, and Lucide icons under the ISC License."
            ),
            wrap=True,
        )
        program = Card(column(card_title(_("About")), self._details, gap=Space.M))
        card = Card(column(card_title(_("Licences")), licences, gap=Space.M))
        self.setLayout(column(program, card, STRETCH, gap=Space.M))
        model.came.connect(self._show)

    def _show(self) -> None:
        about = self._model.about()
        self._details.show_details(
            [
                Detail(_("Version"), about.version, identifier=True),
                Detail(_("Folder of the record"), isolated(str(about.home))),
                Detail(_("Python"), about.python, identifier=True),
                Detail(_("System"), isolated(about.system)),
            ]
        )


def _event(notice: Notice) -> Event:
    icon, tone = _LOOKS[notice.tone]
    return Event(icon, notice.text, "", tone)


def _keys(keys: Sequence[tuple[str, str]]) -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(Space.XXL)
    grid.setVerticalSpacing(Space.S)
    grid.setColumnMinimumWidth(0, 130)
    grid.setColumnStretch(1, 1)
    for number, (caps, meaning) in enumerate(keys):
        grid.addWidget(Shortcut(caps), number, 0)
        grid.addWidget(Label(meaning, Text.BODY, wrap=True), number, 1)
    return grid


def _help() -> Sequence[tuple[str, Sequence[tuple[str, str]]]]:
    return (
        (
            _("Everywhere"),
            (
                ("Ctrl+K", _("find any weapon, page or command")),
                ("Alt+1", _("register; Alt and 2 to 8: the next pages")),
                ("Alt+9", _("today; with L losses, with S sync, with 0 settings")),
                ("Alt+O", _("officers")),
                ("Ctrl+L", _("lock the desk, or change officers")),
                ("Ctrl+Z", _("take back what the notice offers to undo")),
                ("F1", _("this help")),
                ("Tab", _("the next field; with Shift the one before")),
                ("Esc", _("one step back")),
            ),
        ),
        (
            _("Register"),
            (
                ("Ctrl+F", _("search")),
                ("Enter", _("open the weapon")),
                ("Ctrl+N", _("enter a new weapon")),
                ("Ctrl+C", _("copy the serial number")),
                ("Ctrl+P", _("labels; Alt+P asks how, with Ctrl+Shift after a jam")),
            ),
        ),
        (
            _("Fast entry"),
            (
                ("Ctrl+Enter", _("save, and the next weapon")),
                ("Ctrl+D", _("lock or free the field: a locked value is repeated")),
            ),
        ),
        (
            _("Marking"),
            (
                ("F5", _("mark the weapon at the bench; Enter does too")),
                ("F2", _("the mark cannot be read")),
                ("Ctrl+V", _("read the mark off a picture that was copied")),
                ("F4", _("the next weapon")),
                ("F9", _("marking orders")),
            ),
        ),
        (
            _("Issue and return"),
            (
                ("F5", _("hand over or take back: the signatures")),
                ("F6", _("issue or return")),
                ("F7", _("the last patrol again")),
                ("F8", _("why it goes out although something stands against it")),
                ("F9", _("dirty; F10 damaged, F11 kit short, F12 rounds")),
                ("F2", _("sign by hand; F3 a signed paper, F4 take off")),
            ),
        ),
        (_("Import"), (("Ctrl+O", _("choose a file")), ("F5", _("bring the list in")))),
        (_("Machines"), (("F5", _("put the commissioning on record")),)),
        (_("Today"), (("F5", _("close the day")),)),
        (_("Sync"), (("F5", _("talk to the registry now; Ctrl and R does the same")),)),
    )
