"""Whether the exchange begins by itself, how often, and when photos go along."""

from __future__ import annotations

from stockpile.language import _
from ui.session import Session
from ui.theme import Space
from ui.widgets.arrange import Share, column, row
from ui.widgets.card import Card
from ui.widgets.field import Choice, ChoiceField
from ui.widgets.text import card_title, secondary


class ByItselfCard(Card):
    """Two settings of this computer: the interval, and the photos."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self.every = ChoiceField(
            _("Exchange by itself"),
            [
                Choice("5", _("Every 5 minutes")),
                Choice("15", _("Every 15 minutes")),
                Choice("60", _("Every hour")),
                Choice("0", _("Never, only by hand")),
            ],
        )
        self.photos = ChoiceField(
            _("Photos by themselves"),
            [
                Choice("always", _("Always, after the record")),
                Choice("night", _("At night only")),
                Choice("never", _("Never, only by hand")),
            ],
        )
        said = _(
            "When there is a line, the record goes by itself once nobody writes. On a dear or thin"
            " line let photos wait for the night; Sync now always takes them along."
        )
        fields = row(Share(self.every), Share(self.photos), gap=Space.M)
        super().__init__(
            column(card_title(_("By itself")), fields, secondary(said, wrap=True), gap=Space.S)
        )
        self.show_settings()
        self.every.chosen.connect(lambda value: self._remember(exchange_every=value))
        self.photos.chosen.connect(lambda value: self._remember(exchange_photos=value))

    def _remember(self, **said: str) -> None:
        """Keep what was chosen; half a word that is typed chooses nothing."""
        if all(said.values()):
            self._session.remember(**said)

    def show_settings(self) -> None:
        """Show what this computer remembers."""
        settings = self._session.settings
        self.every.set_value(settings.exchange_every)
        self.photos.set_value(settings.exchange_photos)
