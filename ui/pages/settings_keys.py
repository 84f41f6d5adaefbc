"""The keys of the store: how it is locked, which ways back there are, and what two may change."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget

from stockpile import wording
from stockpile.domain.errors import StockpileError
from stockpile.domain.values import Instant
from stockpile.language import _, isolated
from stockpile.services.keys import KeyState
from stockpile.services.people import SignedIn
from stockpile.services.restoring import Restored
from ui.desk import Work
from ui.pages.pins import PinsDialog, Wanted
from ui.pages.settings_keys_dialogs import PassphraseDialog
from ui.pages.settings_new_node import NewNodeDialog
from ui.theme import Space, Text, Tone
from ui.view_models.keys import KeysModel, KeysShown
from ui.view_models.new_node import NewNodeModel
from ui.widgets.arrange import STRETCH, Share, boxed, column, row, rule
from ui.widgets.button import Button, Kind
from ui.widgets.card import Banner, Card
from ui.widgets.detail_list import Detail, DetailList
from ui.widgets.text import Label, card_title, secondary


class KeysSection(QWidget):
    """How the store is locked, and four acts of two officers."""

    def __init__(self, model: KeysModel) -> None:
        super().__init__()
        self._model = model
        self._shown = KeysShown(KeyState())
        self.dialog: PassphraseDialog | None = None
        self.pins: PinsDialog | None = None
        self.node_dialog: NewNodeDialog | None = None
        self.passphrase = Button(_("Change"), icon="key-round")
        self.renew = Button(_("Change the key"), icon="refresh-cw")
        self.sheet = Button(_("Print a sheet"), icon="printer")
        self.keyring = Button(_("Turn on"), icon="lock")
        self.new_node = Button(_("Another signing key"), icon="link")
        self.details = DetailList()
        self.warning = Banner("triangle-alert", "", "", Tone.WARN)
        self.result = Banner("check", "", "", Tone.OK)
        self.printing = SheetBanner(model)
        for one in (self.warning, self.result, self.printing):
            one.hide()
        self._right = secondary(
            _("Your role does not include changing keys. A commander or registrar does it."),
            wrap=True,
        )
        self.setLayout(
            column(
                self.warning, self.result, self.printing,
                Card(column(card_title(_("How the store is locked")), self.details, gap=Space.M)),
                self._acts(), STRETCH, gap=Space.M,
            )
        )  # fmt: skip
        self._connect()

    def _acts(self) -> Card:
        self._keyring_words = secondary("", wrap=True)
        lines = (
            _line(
                _("Passphrase"),
                secondary(
                    _("Backups made before open with the passphrase that they were made with."),
                    wrap=True,
                ),
                self.passphrase,
            ),
            rule(),
            _line(
                _("Recovery sheet"),
                secondary(
                    _(
                        "Two halves on paper for two people. Together they open the store when its"
                        " passphrase is lost. The sheet before is void."
                    ),
                    wrap=True,
                ),
                self.sheet,
            ),
            rule(),
            _line(
                _("Another key for the books"),
                secondary(
                    _(
                        "Seals all records anew, as after an officer left or a computer was away."
                        " The recovery sheet is void then."
                    ),
                    wrap=True,
                ),
                self.renew,
            ),
            rule(),
            _line(_("Keyring of this computer"), self._keyring_words, self.keyring),
            rule(),
            _line(
                _("Signing key of this computer"),
                secondary(
                    _(
                        "Every year, or when somebody left who could know it: this computer goes on"
                        " under another key and is enrolled anew."
                    ),
                    wrap=True,
                ),
                self.new_node,
            ),
        )
        two = secondary(_("Each of these is signed by two officers."), wrap=True)
        head = column(card_title(_("Change")), two, self._right, gap=Space.XS)
        return Card(column(head, *lines, gap=Space.M))

    def _connect(self) -> None:
        self.passphrase.clicked.connect(self._ask_passphrase)
        self.renew.clicked.connect(self._ask_renew)
        self.sheet.clicked.connect(self._ask_sheet)
        self.keyring.clicked.connect(self._ask_keyring)
        self.new_node.clicked.connect(self.open_new_node)
        self._model.came.connect(self._show)
        self._model.began.connect(self._began)
        self._model.done.connect(self._done)
        self._model.refused.connect(self._refused)

    # --- what is shown --------------------------------------------------------------------------

    def _show(self, shown: KeysShown) -> None:
        self._shown = shown
        state, may = shown.state, self._model.may
        self.details.show_details(_details(shown))
        self._right.setVisible(not may)
        for button in (self.passphrase, self.renew, self.sheet, self.new_node):
            button.setEnabled(may)
        self.keyring.setText(_("Turn off") if state.keyring else _("Turn on"))
        self.keyring.setEnabled(may and (state.keyring or _can_turn_on(state)))
        self._keyring_words.setText(_keyring_words(state))
        self._warn(state)

    def _warn(self, state: KeyState) -> None:
        if state.put_back_at:
            self.warning.say(
                "shield-alert",
                _("An older copy of the key file was put back"),
                _(
                    "Found {at}. Somebody may have tried PINs on a copy: ask who had this computer,"
                    " give the officers new PINs and change the key."
                ).format(at=_at(state.put_back_at)),
                Tone.BAD,
            )
        elif state.tries_gone_at:
            self.warning.say(
                "shield-alert",
                _("Somebody may have tried passphrases"),
                _(
                    "The count of wrong ones was found gone or edited, {at}. Ask who had this"
                    " computer, and change the passphrase."
                ).format(at=_at(state.tries_gone_at)),
                Tone.BAD,
            )
        elif not state.has_way_back:
            self.warning.say(
                "triangle-alert",
                _("There is no way back yet"),
                _(
                    "Whoever loses the passphrase loses every record. Print a recovery sheet, or"
                    " have the authority's key set in the rules of the guard."
                ),
                Tone.WARN,
            )
        elif state.recovered and state.renewed_at < state.recovered_at:
            self.warning.say(
                "info",
                _("The store was recovered"),
                _(
                    "Since {at} it has another passphrase. Change the key, print a new sheet and"
                    " make a backup."
                ).format(at=_at(state.recovered_at)),
                Tone.INFO,
            )
        told = state.put_back_at or state.tries_gone_at or not state.has_way_back
        self.warning.setVisible(
            bool(told or (state.recovered and state.renewed_at < state.recovered_at))
        )

    def _began(self, work: Work) -> None:
        if self.dialog is not None:
            self.dialog.follow(work)

    def _done(self, what: str) -> None:
        if self.dialog is not None:
            self.dialog.close_done()
            self.dialog = None
        self.result.say("check", *_DONE[what](), Tone.OK)
        self.result.setVisible(what != "sheet")

    def _refused(self, _what: str, error: StockpileError) -> None:
        if self.dialog is not None:
            self.dialog.show_error(error)
            return
        said = wording.error_sentence(error)
        self.result.say("triangle-alert", _("Nothing was changed"), said, Tone.WARN)
        self.result.show()

    # --- what is asked --------------------------------------------------------------------------

    def _ask_passphrase(self) -> None:
        dialog = PassphraseDialog(
            _("Change the passphrase"),
            _("Five words that do not belong together are good. It is asked at every start."),
            _("Change"),
            self,
            changes=True,
        )
        self._open(
            dialog, _("The passphrase of the store is changed."), self._model.change_passphrase
        )

    def _ask_renew(self) -> None:
        dialog = PassphraseDialog(
            _("Another key for the books"),
            _(
                "All records are sealed anew; with many it takes minutes. If the power fails in"
                " between, the next start goes on with it. The passphrase stays."
            ),
            _("Change the key"),
            self,
        )

        def renew(passphrase: str, _new: str, witness: SignedIn) -> None:
            self._model.renew(passphrase, witness)

        self._open(dialog, _("The books get another key; the recovery sheet is void."), renew)

    def _ask_keyring(self) -> None:
        on = not self._shown.state.keyring
        said = (
            _(
                "From then on the passphrase alone does not open this store, nor its backups on"
                " another computer. Where the keyring is lost, only the recovery sheet or the"
                " authority's key opens them."
            )
            if on
            else _("From then on the passphrase alone opens this store again.")
        )
        dialog = PassphraseDialog(
            _("Keyring of this computer"), said, _("Turn on") if on else _("Turn off"), self
        )

        def use(passphrase: str, _new: str, witness: SignedIn) -> None:
            self._model.use_keyring(passphrase, witness, on=on)

        self._open(dialog, said, use)

    def _ask_sheet(self) -> None:
        what = _("A recovery sheet is printed; the one before is void.")
        self._second(what, self._model.make_sheet, lambda: None)

    def open_new_node(self) -> None:
        """Open the dialog that gives this computer another signing key."""
        model = NewNodeModel(self._model.desk, self._model.session)
        self.node_dialog = NewNodeDialog(model, self)
        self.node_dialog.ended.connect(self._leave)
        self.node_dialog.open()

    def _leave(self, _made: Restored) -> None:
        """End the program, so that the home with the other key can take its place."""
        self.window().close()

    def _open(
        self,
        dialog: PassphraseDialog,
        what: str,
        act: Callable[[str, str, SignedIn], None],
    ) -> None:
        def given(passphrase: str, new: str) -> None:
            self._second(what, partial(act, passphrase, new), dialog.wait_again)

        dialog.given.connect(given)
        dialog.rejected.connect(self._closed)
        self.result.hide()
        self.dialog = dialog
        dialog.open()

    def _closed(self) -> None:
        self.dialog = None

    def _second(
        self, what: str, act: Callable[[SignedIn], None], given_up: Callable[[], None]
    ) -> None:
        """Ask the second officer for the PIN."""
        pins = PinsDialog(
            self._model.desk,
            self._model.session,
            [Wanted(_("Second officer"))],
            self.dialog or self,
            title=_("Two officers sign this"),
            sentence=_("Both see it done: this cannot wait for a second officer."),
            what=what,
        )
        pins.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)

        def signed(opened: tuple[object, ...]) -> None:
            second = opened[0]
            assert isinstance(second, SignedIn)
            act(second)

        pins.signed.connect(signed)
        pins.rejected.connect(given_up)
        pins.finished.connect(self._signed)
        self.pins = pins
        pins.open()

    def _signed(self) -> None:
        self.pins = None


class SheetBanner(Banner):
    """The two papers of a sheet, until both are printed: then their files are gone."""

    def __init__(self, model: KeysModel) -> None:
        self._files: tuple[Path, ...] = ()
        self.first = Button(_("Open half {number}").format(number="1"), icon="file-text")
        self.second = Button(_("Open half {number}").format(number="2"), icon="file-text")
        self.printed = Button(_("Both are printed"), Kind.PRIMARY, "check")
        super().__init__(
            "printer", "", "", Tone.INFO, self.first, self.second, self.printed
        )  # fmt: skip
        self.first.clicked.connect(lambda: self._show_file(0))
        self.second.clicked.connect(lambda: self._show_file(1))
        self.printed.clicked.connect(model.destroy_papers)
        model.drawn.connect(self._drawn)
        model.destroyed.connect(self.hide)

    def _drawn(self, sheet: str, files: tuple[Path, ...]) -> None:
        self._files = files
        self.say(
            "printer",
            _("Recovery sheet {sheet}").format(sheet=isolated(sheet)),
            _(
                "Print each half and hand it to another person, in a sealed envelope. Then remove"
                " the files here; the next start of the program does so in any case."
            ),
            Tone.INFO,
        )
        self.show()

    def _show_file(self, which: int) -> None:
        if which < len(self._files):
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._files[which])))


_DONE: dict[str, Callable[[], tuple[str, str]]] = {
    "passphrase": lambda: (
        _("The passphrase is changed"),
        _("Make a backup now: those made before open with the passphrase before."),
    ),
    "renew": lambda: (
        _("The books have another key"),
        _("The recovery sheet is void. Print a new one, and make a backup."),
    ),
    "sheet": lambda: ("", ""),
    "keyring_on": lambda: (
        _("The keyring is asked too"),
        _("The key file alone cannot be guessed at any more. Make a backup now."),
    ),
    "keyring_off": lambda: (
        _("The keyring is asked no more"),
        _("The passphrase alone opens this store."),
    ),
}


def _details(shown: KeysShown) -> list[Detail]:
    state = shown.state
    details = [
        Detail(
            _("Opens with"),
            _("Passphrase and this computer's keyring") if state.keyring else _("Passphrase"),
        ),
        Detail(_("Recovery sheet"), state.sheet, identifier=True, note=_printed(state)),
        Detail(_("Authority's key"), state.recipient, identifier=True),
        Detail(_("Key of the books since"), _at(state.renewed_at) if state.renewed_at else ""),
    ]
    if shown.unrenewed:
        names = isolated(", ".join(shown.unrenewed))
        note = _(
            "They sign with keys from before: only a new PIN makes a new key, and an officer signs"
            " for that. Whose PIN somebody may know gets a new one."
        )
        details.append(Detail(_("Older signing keys"), names, note=note))
    if state.recovered:
        how = {"sheet": _("by its recovery sheet"), "authority": _("by the authority's key")}
        details.append(
            Detail(_("Recovered"), _at(state.recovered_at), note=how.get(state.recovered, ""))
        )
    return details


def _printed(state: KeyState) -> str:
    return _("printed {at}").format(at=_at(state.sheet_at)) if state.sheet else ""


def _keyring_words(state: KeyState) -> str:
    if state.keyring:
        return _("Its secret is wanted beside the passphrase.")
    if not state.keyring_possible:
        return _("This computer has no keyring that keeps a secret.")
    if not state.has_way_back:
        return _("First there must be a way back: a recovery sheet or the authority's key.")
    return _("Mixes a secret of this computer in, so that a stolen key file cannot be guessed at.")


def _can_turn_on(state: KeyState) -> bool:
    return state.keyring_possible and state.has_way_back


def _at(at: Instant) -> str:
    return isolated(wording.instant(at))


def _line(title: str, said: Label, button: Button) -> QWidget:
    words = column(Label(title, Text.FIELD, wrap=True), said, gap=2)
    return boxed(row(Share(words), button, gap=Space.L))
