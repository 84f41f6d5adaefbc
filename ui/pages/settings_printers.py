"""The label printers of this computer: which there are, how they are, and the form for one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import Final

from PySide6.QtCore import QLocale, Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from stockpile import wording
from stockpile.domain.errors import StockpileError
from stockpile.domain.label_printers import DOTS, PRINTER_KINDS, LabelPrinter
from stockpile.language import _, isolated
from stockpile.services.label_printing import PrintRun
from stockpile.services.label_words import stock_words
from stockpile.services.ports import PluggedPort, StockFace
from ui.pages import printer_words
from ui.pages.label_run import LabelRunDialog
from ui.pages.standing import joined
from ui.theme import Ink, Space, Text, Tone
from ui.view_models.label_printers import LabelPrintersModel, PrinterOffers, PrinterTold
from ui.widgets.arrange import STRETCH, Share, boxed, clear, column, row, rule
from ui.widgets.button import Button, Kind
from ui.widgets.card import Card
from ui.widgets.chip import Chip
from ui.widgets.dialogs import ConfirmDialog
from ui.widgets.field import Choice, ChoiceField, Field, State
from ui.widgets.flow import FlowLayout
from ui.widgets.picture import Tile
from ui.widgets.text import Identifier, Label, card_title, secondary
from ui.widgets.tick import Tick

_TOP: Final = Qt.AlignmentFlag.AlignTop  # so that fields stand level when one has a message
_LOW: Final = 32
_USUAL: Final = "usual"


class PrintersSection(QWidget):
    """The list of printers with the form under it."""

    def __init__(self, model: LabelPrintersModel) -> None:
        super().__init__()
        self._model = model
        self._lines: QVBoxLayout = column(gap=Space.L)
        self._printers: dict[str, PrinterLine] = {}
        self._titles: dict[str, str] = {}
        self.leaving: ConfirmDialog | None = None
        self._none = secondary(
            _(
                "No label printer is set up. Labels are printed on sheets without one, through the"
                " printer of this computer or into a PDF file."
            ),
            wrap=True,
        )
        self.form = PrinterForm(model)
        list_ = Card(
            column(card_title(_("Label printers")), self._none, boxed(self._lines), gap=Space.M)
        )
        self.runs = RunsCard(model)
        self.setLayout(column(self.runs, list_, self.form, STRETCH, gap=Space.M))
        model.changed.connect(self._show)
        model.offered.connect(self._name_stocks)
        model.told.connect(self._show_told)
        self._show()

    def line(self, printer: str) -> PrinterLine:
        """Return the line of a printer."""
        return self._printers[printer]

    def _show(self) -> None:
        printers = self._model.printers
        if printers and tuple(line.printer for line in self._printers.values()) == printers:
            return
        clear(self._lines)
        self._printers = {}
        for number, printer in enumerate(printers):
            if number:
                self._lines.addWidget(rule())
            line = PrinterLine(printer, self._titles.get(printer.stock, ""))
            line.ask.clicked.connect(partial(self._ask, line))
            line.trial.clicked.connect(partial(self._try, line))
            line.change.clicked.connect(partial(self.form.edit, printer))
            line.remove.clicked.connect(partial(self._remove, printer))
            self._printers[printer.name] = line
            self._lines.addWidget(line)
        self._none.setVisible(not printers)

    def _name_stocks(self, offers: PrinterOffers) -> None:
        self._titles = {one.name: stock_words(one) for one in offers.faces}
        self._printers = {}
        self._show()

    def _ask(self, line: PrinterLine) -> None:
        line.wait(line.ask)
        self._model.ask_state(line.printer)

    def _try(self, line: PrinterLine) -> None:
        line.wait(line.trial)
        self._model.try_out(line.printer)

    def _show_told(self, told: PrinterTold) -> None:
        line = self._printers.get(told.printer)
        if line is not None:
            line.show_told(told)

    def _remove(self, printer: LabelPrinter) -> None:
        self.leaving = ConfirmDialog(
            _("Forget {name}?").format(name=isolated(printer.name)),
            _("This computer offers it no more. What it printed stays on record."),
            _("Forget"),
            parent=self.window(),
        )
        self.leaving.accepted.connect(partial(self._model.remove, printer.name))
        self.leaving.open()


class RunsCard(Card):
    """The runs that were left in the middle; nothing is shown where there is none."""

    def __init__(self, model: LabelPrintersModel) -> None:
        self._model = model
        self._lines: QVBoxLayout = column(gap=Space.M)
        self.buttons: dict[str, tuple[Button, Button]] = {}
        self.dialog: LabelRunDialog | None = None
        super().__init__(
            column(card_title(_("Runs of labels that wait")), boxed(self._lines), gap=Space.M)
        )
        self.hide()
        model.waiting.connect(self._show)

    def _show(self, runs: Sequence[PrintRun]) -> None:
        clear(self._lines)
        self.buttons = {}
        for run in runs:
            words = _("{printer}: {printed} of {total} labels came out.").format(
                printer=isolated(run.printer.name),
                printed=isolated(QLocale().toString(run.printed)),
                total=isolated(QLocale().toString(len(run.weapons))),
            )
            on = _button(_("Go on"), "play", run.printer)
            off = _button(_("Give up"), "x", run.printer)
            on.clicked.connect(partial(self._go_on, run))
            off.clicked.connect(partial(self._model.give_up, run.run))
            self.buttons[run.run] = (on, off)
            self._lines.addWidget(boxed(row(Share(secondary(words, wrap=True)), off, on)))
        self.setVisible(bool(runs))

    def _go_on(self, run: PrintRun) -> None:
        dialog = LabelRunDialog(*self._model.made_with, self.window())
        dialog.finished.connect(dialog.deleteLater)
        dialog.ended.connect(lambda _printed, _total: self._model.ask_runs())
        self.dialog = dialog
        dialog.resume(run)


class PrinterLine(QWidget):
    """One printer: what it is, what is in it, and what it told last."""

    def __init__(self, printer: LabelPrinter, stock: str) -> None:
        super().__init__()
        self.printer = printer
        self.said = Label("", Text.SECONDARY, wrap=True)
        self.said.hide()
        self.state = Chip("")
        self.state.hide()
        self.ask = _button(_("How is it?"), "activity", printer)
        self.trial = _button(_("Test print"), "printer", printer)
        self.change = _button(_("Change"), "pencil", printer)
        self.remove = _button(_("Forget"), "trash-2", printer)
        self._buttons = (self.ask, self.trial, self.change, self.remove)
        buttons = FlowLayout(Space.S)
        for button in self._buttons:
            buttons.addWidget(button)
        head = row(Label(isolated(printer.name), Text.FIELD), STRETCH, self.state, gap=Space.S)
        dots = _("{dots} dots an inch").format(dots=isolated(str(printer.dots_per_inch)))
        about = joined(
            printer_words.kind_name(printer.kind),
            stock or isolated(printer.stock),
            isolated(printer.layout) if printer.layout else "",
            dots,
            _("tells nothing of itself") if printer.mute else "",
        )
        said = column(
            head, Identifier(printer.url, Text.IDENTIFIER_SMALL), secondary(about, wrap=True),
            self.said, Space.XS, boxed(buttons), gap=2,
        )  # fmt: skip
        tile = Share(Tile("printer", Tone.INFO, 38, 18), 0, _TOP)
        self.setLayout(row(tile, Share(said), gap=Space.M))

    def wait(self, button: Button) -> None:
        """Show that the printer is being asked; nothing else is asked of it meanwhile."""
        button.set_busy(True)
        for other in (self.ask, self.trial):
            other.setEnabled(other is button)
        self.said.hide()

    def show_told(self, told: PrinterTold) -> None:
        """Show how the printer is, what became of the label, or why nothing did."""
        for button in (self.ask, self.trial):
            button.set_busy(False)
            button.setEnabled(True)
        state = told.state or (told.outcome.state if told.outcome else None)
        self.state.setVisible(state is not None)
        if state is not None:
            shown = {"ready": _("Ready"), "busy": _("Printing"), "mute": _("Tells nothing")}
            words = shown.get(state.standing) or (
                _("Silent") if state.standing == "silent" else _("Stands")
            )
            self.state.show_status(words, printer_words.state_tone(state))
            self.state.setMinimumWidth(self.state.sizeHint().width())
        if told.error is not None:
            self._say(wording.error_sentence(told.error), Ink.BAD)
        elif told.outcome is not None:
            self._say(*printer_words.outcome_words(told.outcome))
        elif told.state is not None:
            self._say(printer_words.state_words(told.state), printer_words.state_ink(told.state))

    def _say(self, words: str, ink: Ink) -> None:
        self.said.set_ink(ink)
        self.said.setText(words)
        self.said.show()


class PrinterForm(Card):
    """The form for a printer, new or to be set up otherwise."""

    def __init__(self, model: LabelPrintersModel) -> None:
        self._model = model
        self._before: LabelPrinter | None = None
        self._layouts: dict[str, tuple[str, ...]] = {}
        self.name = Field(_("Name"), hint=_("as people call it"), placeholder=_("Armoury desk"))
        self.kind = ChoiceField(
            _("Language"), [Choice(one, printer_words.kind_name(one)) for one in PRINTER_KINDS]
        )
        self.address = ChoiceField(
            _("Address"), hint=_("a port that is plugged, or typed"), free=True
        )
        self.stock = ChoiceField(_("Label stock in it"))
        self.layout_ = ChoiceField(_("Layout"))
        self.dots = ChoiceField(
            _("Dots an inch"), [Choice(str(one), isolated(str(one))) for one in DOTS]
        )
        self.mute = Tick(_("It never answers: a print server or a one-way cable is between"))
        self.add = Button(_("Set up"), Kind.PRIMARY, "plus")
        self.give_up = Button(_("Cancel"))
        self._title = card_title(_("Set up a label printer"))
        super().__init__(
            column(
                self._title,
                row(Share(self.name, 1, _TOP), Share(self.kind, 1, _TOP), gap=Space.M),
                self.address,
                row(Share(self.stock, 2, _TOP), Share(self.dots, 1, _TOP), gap=Space.M),
                self.layout_, self.mute, row(STRETCH, self.give_up, self.add), gap=Space.M,
            )
        )  # fmt: skip
        self.setFocusProxy(self.name)
        self._connect()
        self._empty()

    def edit(self, printer: LabelPrinter) -> None:
        """Fill in a printer to be set up otherwise; its name stays."""
        self._before = printer
        self._fill(printer)
        self.name.setEnabled(False)
        self._title.setText(_("Settings of {name}").format(name=isolated(printer.name)))
        self.add.setText(_("Keep"))
        self.add.show_icon("save")
        self.give_up.show()
        self.kind.setFocus(Qt.FocusReason.OtherFocusReason)

    def _connect(self) -> None:
        model = self._model
        line = self.address.box.lineEdit()
        assert line is not None  # the box is made to be typed into
        line.setPlaceholderText(printer_words.PLACE)
        line.returnPressed.connect(self._add)
        self.name.submitted.connect(self._add)
        self.kind.chosen.connect(self._show_kind)
        self.stock.chosen.connect(self._show_stock)
        self.add.clicked.connect(self._add)
        self.give_up.clicked.connect(self._empty)
        model.offered.connect(self._show_offers)
        model.plugged.connect(self._show_ports)
        model.kept.connect(self._show_kept)
        model.refused.connect(self._show_refused)

    # --- what there is to choose from -------------------------------------------------------

    def _show_offers(self, offers: PrinterOffers) -> None:
        self._layouts = dict(offers.layouts)
        chosen = self.stock.value()
        self.stock.set_choices([_stock(one) for one in offers.faces])
        first = next((one.name for one in offers.faces if one.kind == "weapon"), "")
        self.stock.set_value(chosen or (self._before.stock if self._before else first))
        self._show_stock(self.stock.value())

    def _show_ports(self, ports: Sequence[PluggedPort]) -> None:
        named = [Choice(one.address, joined(one.said, isolated(one.device))) for one in ports]
        self.address.set_choices(named)

    def _show_kind(self, kind: str) -> None:
        self.kind.show_state(State.PLAIN, printer_words.kind_help(kind))

    def _show_stock(self, stock: str) -> None:
        own = self._layouts.get(stock, ())
        chosen = self.layout_.value()
        usual = Choice(_USUAL, _("The usual one of this stock"))
        self.layout_.set_choices([usual, *(Choice(one, isolated(one)) for one in own)])
        self.layout_.set_value(chosen if chosen in own else _USUAL)

    # --- what is kept -----------------------------------------------------------------------

    def _add(self) -> None:
        chosen = (self.kind, self.address, self.stock, self.dots, self.layout_)
        for field in (self.name, *chosen):
            field.show_state(State.PLAIN)
        self._show_kind(self.kind.value())
        missing: list[Field | ChoiceField] = [one for one in chosen if not one.value().strip()]
        if not self.name.text().strip():
            missing.insert(0, self.name)
        for field in missing:
            field.show_state(State.BAD, _("This is needed."))
        if missing:
            missing[0].setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self._model.keep(self._told())

    def _told(self) -> LabelPrinter:
        kind = next(one for one in PRINTER_KINDS if one == self.kind.value())
        layout = self.layout_.value()
        told = LabelPrinter(
            self.name.text(),
            kind,
            self.address.value(),
            self.stock.value(),
            int(self.dots.value()),
            "" if layout == _USUAL else layout,
            self.mute.isChecked(),
        )
        return replace(told, name=self._before.name) if self._before else told

    def _fill(self, printer: LabelPrinter) -> None:
        self.name.set_text(printer.name)
        self.kind.set_value(printer.kind)
        self.address.set_value(printer.url)
        self.stock.set_value(printer.stock)
        self.dots.set_value(str(printer.dots_per_inch))
        self.mute.setChecked(printer.mute)
        self._show_stock(printer.stock)
        self.layout_.set_value(printer.layout or _USUAL)
        for field in (self.name, self.address, self.stock, self.dots, self.layout_):
            field.show_state(State.PLAIN)
        self._show_kind(printer.kind)

    def _empty(self) -> None:
        self._before = None
        self._fill(LabelPrinter("", PRINTER_KINDS[0], "", self.stock.value()))
        self.name.setEnabled(True)
        self._title.setText(_("Set up a label printer"))
        self.add.setText(_("Set up"))
        self.add.show_icon("plus")
        self.give_up.hide()

    def _show_kept(self, name: str) -> None:
        self._empty()
        said = _("{name} is set up. Print a test label before the first run.")
        self.name.show_state(State.OK, said.format(name=isolated(name)))

    def _show_refused(self, error: StockpileError) -> None:
        self.name.show_state(State.BAD, wording.error_sentence(error))


def _stock(face: StockFace) -> Choice:
    return Choice(face.name, stock_words(face))


def _button(words: str, icon: str, printer: LabelPrinter) -> Button:
    button = Button(words, icon=icon, height=_LOW)
    button.setAccessibleName(f"{words} {printer.name}")
    return button
