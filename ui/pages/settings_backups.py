"""Backups: where they go, how often, what lies there; and the way when the disk is damaged."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from stockpile import wording
from stockpile.domain.backups import read_every
from stockpile.domain.errors import Cancelled, StockpileError
from stockpile.language import _, isolated, ngettext
from stockpile.services import backup_words
from stockpile.services.backups import Held
from stockpile.services.ports import Backup
from stockpile.services.restoring import Restored
from ui.desk import Work
from ui.pages.restoring import RestoreDialog
from ui.pages.work_bar import WorkBar
from ui.theme import Space, Text, Tone
from ui.view_models.backups import BackupsModel, InSafe
from ui.view_models.restoring import RestoringModel
from ui.widgets.arrange import STRETCH, Share, boxed, clear, column, row, rule
from ui.widgets.button import Button, Kind
from ui.widgets.card import Banner, Card
from ui.widgets.chip import Chip
from ui.widgets.detail_list import Detail, DetailList
from ui.widgets.field import Choice, ChoiceField
from ui.widgets.picture import Tile
from ui.widgets.text import Label, ShortLabel, card_title, secondary


class BackupsSection(QWidget):
    """The safe: how it stands, what lies in it, and the way back out of it."""

    def __init__(self, model: BackupsModel) -> None:
        super().__init__()
        self._model = model
        self.state = Banner("save", _("Backups"), "", Tone.GREY)
        self._where = DetailList()
        self.every = ChoiceField(
            _("Written by themselves"),
            [
                Choice("day", _("Every day")),
                Choice("week", _("Every week")),
                Choice("never", _("Never")),
            ],
        )
        self.make = Button(_("Back up now"), Kind.PRIMARY, "save")
        self.folder = Button(_("Another place…"), icon="folder-open")
        self.prune = Button(_("Check and tidy up"), icon="shield-check")
        self.restore = Button(_("Restore a backup…"), icon="history")
        self._held: QVBoxLayout = column(gap=Space.S)
        self.bar = WorkBar()
        self.result = Banner("circle-check", "", "", Tone.OK)
        self.result.hide()
        self.dialog: RestoreDialog | None = None
        parts = (self.state, self._place_card(), self.bar, self.result, self._held_card())
        self.setLayout(column(*parts, self._damage_card(), STRETCH, gap=Space.M))
        self._connect()

    def _connect(self) -> None:
        model = self._model
        model.came.connect(self._show)
        model.began.connect(self._began)
        model.keeper.began.connect(lambda work: self._began(work, is_backup=True))
        model.keeper.ended.connect(self._end)
        model.made.connect(self._made)
        model.checked.connect(self._checked)
        model.pruned.connect(self._pruned)
        model.failed.connect(self._failed)
        self.make.clicked.connect(model.make)
        self.prune.clicked.connect(model.prune)
        self.folder.clicked.connect(self._choose)
        self.restore.clicked.connect(lambda: self.open_restore(None))
        self.every.chosen.connect(self._choose_every)

    def _place_card(self) -> Card:
        said = secondary(
            _(
                "Sealed like the record itself. Each is read back, opened and checked; kept are the"
                " newest of 7 days, 8 weeks and 24 months."
            ),
            wrap=True,
        )
        buttons = row(self.make, self.folder, STRETCH)
        return Card(
            column(
                card_title(_("Where they go")), said, self._where,
                row(Share(self.every), STRETCH), buttons, gap=Space.M,
            )
        )  # fmt: skip

    def _held_card(self) -> Card:
        head = row(card_title(_("In the safe")), STRETCH, self.prune)
        return Card(column(head, boxed(self._held), gap=Space.M))

    def _damage_card(self) -> Card:
        steps = (
            _("Do not repair the disk or the database, and copy nothing over it."),
            _("Restore the last good backup here. What the old disk still gives is taken along."),
            _("Enrol with a new code and send: what was sent before comes back."),
            _("Count the place, so that what was never sent is found and written again."),
        )
        lines = [
            row(
                Chip(isolated(str(number)), Tone.INFO, dot=False),
                Share(_wrapped(step)),
                gap=Space.M,
            )
            for number, step in enumerate(steps, 1)
        ]
        title = card_title(_("When the record or the disk is damaged"))
        return Card(column(title, *lines, row(self.restore, STRETCH), gap=Space.M))

    # --- what is shown ----------------------------------------------------------------------

    def _show(self, shown: InSafe) -> None:
        safe = shown.safe
        is_bad = not safe.good_at or not safe.is_here or bool(safe.failed)
        tone = Tone.BAD if safe.failed else Tone.WARN if is_bad or safe.is_same_disk else Tone.OK
        title = _("The backups are in order") if tone is Tone.OK else _("Look after the backups")
        icon = "circle-check" if tone is Tone.OK else "triangle-alert"
        self.state.say(icon, title, backup_words.safe_sentence(safe, shown.now), tone)
        disk = _("This computer's own disk") if safe.is_same_disk else _("Another disk or a stick")
        self._where.show_details(
            [
                Detail(_("Folder"), str(safe.folder), identifier=True),
                Detail(_("Disk"), disk if safe.is_here else _("Not plugged in")),
            ]
        )
        self.every.set_value(shown.every)
        self._show_held(shown)
        self._free(busy=self._model.is_busy)

    def _show_held(self, shown: InSafe) -> None:
        clear(self._held)
        if not shown.held:
            said = _("Nothing lies here yet. Back up now, or choose another place.")
            if not shown.safe.is_here:
                said = backup_words.failure("missing")
            self._held.addWidget(secondary(said, wrap=True))
        for number, one in enumerate(shown.held):
            if number:
                self._held.addWidget(rule())
            self._held.addWidget(self._line(one))

    def _line(self, one: Held) -> QWidget:
        backup = one.backup
        words = ngettext(
            "{at} (UTC), {count} weapon", "{at} (UTC), {count} weapons", backup.weapons
        )
        title = words.format(
            at=isolated(wording.instant(backup.at)), count=isolated(str(backup.weapons))
        )
        chip = Chip(_("Checked"), Tone.OK) if one.is_checked else Chip(_("Not checked"), Tone.GREY)
        name = ShortLabel(isolated(backup.file.name), Text.SECONDARY)
        said = column(Label(title, Text.FIELD), row(chip, Share(name), gap=Space.S), gap=2)
        check = Button(_("Check"), height=32)
        check.setAccessibleName(f"{check.text()}: {title}")
        check.clicked.connect(partial(self._model.check, backup.file))
        restore = Button(_("Restore…"), height=32)
        restore.setAccessibleName(f"{restore.text()}: {title}")
        restore.clicked.connect(partial(self.open_restore, backup.file))
        tile = Tile("archive", Tone.INFO if one.is_checked else Tone.GREY, 32, 16)
        return boxed(row(tile, Share(said), check, restore, gap=Space.M))

    def _free(self, *, busy: bool) -> None:
        self.make.setEnabled(not busy and self._model.may("back_up"))
        self.prune.setEnabled(not busy and self._model.may("back_up"))
        self.folder.setEnabled(not busy and self._model.may("back_up"))
        self.every.setEnabled(self._model.may("back_up"))
        self.restore.setEnabled(not busy and self._model.may("restore"))

    # --- what is done -----------------------------------------------------------------------

    def open_restore(self, file: Path | None) -> None:
        """Open the dialog that restores a backup: this one, or the newest."""
        model = RestoringModel(
            self._model.desk, self._model.session, self._model.session.stockpile.home
        )
        self.dialog = RestoreDialog(model, self, file=file)
        self.dialog.ended.connect(self._leave)
        self.dialog.open()

    def _leave(self, made: Restored) -> None:
        """End the program, so that the restored stockpile can take its place."""
        if made.waits:
            self.window().close()

    def _choose(self) -> None:
        dialog = QFileDialog(self, _("Choose where backups go"))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(lambda folder: self._model.use_folder(Path(folder)))
        dialog.open()

    def _choose_every(self, every: str) -> None:
        if every:
            self._model.use_every(read_every(every))

    def _began(self, work: Work, is_backup: bool) -> None:
        self.result.hide()
        said = _("Writing the backup and checking it…") if is_backup else _("Reading every byte…")
        self.bar.follow(work, said)
        self._free(busy=True)

    def _end(self) -> None:
        self.bar.end()
        self._free(busy=False)

    def _made(self, backup: Backup) -> None:
        self._end()
        title = _("The backup is written and checked")
        self._say("circle-check", title, isolated(str(backup.file)), Tone.OK)

    def _checked(self, backup: Backup) -> None:
        self._end()
        title = _("The backup is whole, every byte of it")
        self._say("circle-check", title, isolated(backup.file.name), Tone.OK)

    def _pruned(self, count: int) -> None:
        self._end()
        said = ngettext("{count} older one made room.", "{count} older ones made room.", count)
        title = _("All are checked and in order")
        self._say("circle-check", title, said.format(count=isolated(str(count))), Tone.OK)

    def _failed(self, error: StockpileError) -> None:
        self._end()
        if isinstance(error, Cancelled):
            self._say("pause", _("Stopped"), _("Nothing was changed."), Tone.GREY)
        else:
            said = wording.error_sentence(error)
            self._say("triangle-alert", _("That did not work"), said, Tone.BAD)

    def _say(self, icon: str, title: str, sentence: str, tone: Tone) -> None:
        self.result.say(icon, title, sentence, tone)
        self.result.show()
        self.result.setFocus(Qt.FocusReason.OtherFocusReason)


def _wrapped(text: str) -> Label:
    return Label(text, Text.BODY, wrap=True)
