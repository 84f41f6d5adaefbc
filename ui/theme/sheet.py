"""The one style sheet: what Qt's own controls look like, made from the tokens."""

from __future__ import annotations

from dataclasses import asdict
from string import Template

from PySide6.QtGui import QColor, QPalette

from ui.theme.colours import Ink, Tokens, Tone

_Role = QPalette.ColorRole

_SHEET = Template("""
* { outline: none; }
QWidget { color: $text; }
QMainWindow, QWidget[surface="bg"] { background: $bg; }
QDialog { background: $raised; }
QLabel { background: transparent; }
QFrame[surface="paper"] { background: $surface; border: 1px solid $border; border-radius: 12px; }
QFrame[surface="card"] { background: $surface; border: 1px solid $border; border-radius: 10px; }
QFrame[surface="inset"] { background: $inset; border: 1px solid $border; border-radius: 10px; }
QFrame[surface="hero"] { background: $inset; border: 1px solid $border; border-radius: 14px; }
QFrame[surface="plate"] {
  background: $plate; border: 1px solid $plate_border; border-radius: 10px;
}
QFrame[surface="dialog"] { background: $raised; border: 1px solid $border; border-radius: 14px; }
QFrame[surface="toast"] { background: $toast; border: 1px solid $border; border-radius: 10px; }
QFrame[surface="rule"] { background: $border; border: none; }

QLineEdit, QPlainTextEdit, QComboBox, QDateEdit, QSpinBox {
  background: $raised; color: $text; border: 1px solid $strong; border-radius: 8px;
  padding: 0 10px; selection-background-color: $accent; selection-color: $on_accent;
}
QPlainTextEdit { padding: 6px 8px; }
QLineEdit:focus, QPlainTextEdit:focus, QComboBox:focus, QDateEdit:focus, QSpinBox:focus {
  border: 2px solid $focus; padding: 0 9px;
}
QPlainTextEdit:focus { padding: 5px 7px; }
QLineEdit[state="bad"], QComboBox[state="bad"], QPlainTextEdit[state="bad"] {
  border: 2px solid $bad; padding: 0 9px;
}
QLineEdit[state="warn"], QComboBox[state="warn"] { border: 2px solid $warn; padding: 0 9px; }
QLineEdit:disabled, QComboBox:disabled, QPlainTextEdit:disabled {
  background: $inset; color: $text3; border-color: $border;
}
QLineEdit[placeholder="own"] { placeholder-text-color: transparent; }
QLineEdit[bare="true"], QLineEdit[bare="true"]:focus {
  background: transparent; border: none; padding: 0;
}
QComboBox::drop-down { border: none; width: 30px; }
QComboBox::down-arrow { image: none; }
QComboBox QLineEdit, QComboBox QLineEdit:focus {
  border: none; padding: 0; background: transparent;
}
QSpinBox::up-button, QSpinBox::down-button { width: 0; border: none; }

QAbstractItemView {
  background: $surface; border: none; selection-background-color: $select;
  selection-color: $text;
}
QComboBox QAbstractItemView, QListView[popup="true"] {
  background: $raised; border: 1px solid $border; border-radius: 8px; padding: 4px;
  selection-background-color: $accent_soft; selection-color: $text;
}
QComboBox QAbstractItemView::item, QListView[popup="true"]::item {
  min-height: 30px; padding: 0 8px; border-radius: 6px;
}
QTableView { gridline-color: transparent; alternate-background-color: $surface; }
QHeaderView, QTableCornerButton::section { background: $surface; border: none; }
QHeaderView::section {
  background: $surface; color: $text3; border: none; border-bottom: 1px solid $border;
  padding: 0 12px; height: 34px; font-size: 12px; font-weight: 600;
}

QScrollArea, QWidget[surface="none"] { background: transparent; border: none; }
QAbstractScrollArea::corner { background: transparent; border: none; }
QScrollBar:vertical { background: transparent; width: 12px; margin: 2px; }
QScrollBar:horizontal { background: transparent; height: 12px; margin: 2px; }
QScrollBar::handle { background: $thumb; border-radius: 4px; }
QScrollBar::handle:vertical { min-height: 32px; }
QScrollBar::handle:horizontal { min-width: 32px; }
QScrollBar::handle:hover { background: $strong; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }

QCheckBox, QRadioButton { spacing: 8px; min-height: 24px; }
QMenu { background: $raised; border: 1px solid $border; border-radius: 8px; padding: 4px; }
QMenu::item { padding: 7px 12px; border-radius: 6px; }
QMenu::item:selected { background: $accent_soft; }
QMenu::item:disabled { color: $text3; }
QMenu::separator { height: 1px; background: $border; margin: 4px 8px; }
QToolTip { background: $toast; color: $toast_text; border: none; padding: 6px 8px; }
""")


def style_sheet(tokens: Tokens) -> str:
    """Return the sheet for the whole application."""
    inks = "\n".join(
        f'QLabel[ink="{ink.value}"] {{ color: {getattr(tokens, ink.value)}; }}' for ink in Ink
    )
    return "\n".join((_SHEET.substitute(asdict(tokens)), inks, _tones(tokens)))


def _tones(tokens: Tokens) -> str:
    return "\n".join(
        f'QFrame[tone="{tone.value}"] {{ background: {tone.fill(tokens)}; border: none;'
        " border-radius: 10px; }"
        f'QFrame[loud="{tone.value}"] {{ background: {tone.fill(tokens)}; border-radius: 14px;'
        f" border: 2px solid {_edge(tokens, tone)}; }}"
        for tone in Tone
    )


def _edge(tokens: Tokens, tone: Tone) -> str:
    # Only a result has an edge; a request to scan stays calm.
    return tone.fill(tokens) if tone is Tone.INFO else str(getattr(tokens, tone.ink.value))


def palette(tokens: Tokens) -> QPalette:
    """Return the colours for what Qt draws without asking the sheet."""
    made = QPalette()
    for role, colour in _roles(tokens):
        made.setColor(role, QColor(colour))
    for role in (_Role.WindowText, _Role.Text, _Role.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, role, QColor(tokens.text3))
    return made


def _roles(tokens: Tokens) -> tuple[tuple[QPalette.ColorRole, str], ...]:
    return (
        (_Role.Window, tokens.bg),
        (_Role.WindowText, tokens.text),
        (_Role.Base, tokens.surface),
        (_Role.AlternateBase, tokens.inset),
        (_Role.Text, tokens.text),
        (_Role.Button, tokens.raised),
        (_Role.ButtonText, tokens.text),
        (_Role.Highlight, tokens.accent),
        (_Role.HighlightedText, tokens.on_accent),
        (_Role.PlaceholderText, tokens.text3),
        (_Role.Link, tokens.accent),
        (_Role.ToolTipBase, tokens.toast),
        (_Role.ToolTipText, tokens.toast_text),
        (_Role.Accent, tokens.accent),
    )
