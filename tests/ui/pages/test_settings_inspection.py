"""The inspector's visit on screen: copied out, prepared, read back, put on record."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from nacl.signing import SigningKey
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog  # noqa: TID251 — a test drives widgets

from stockpile.domain import codec, inspections
from stockpile.domain.facts import Inspected, InspectionSigned
from stockpile.language import plain
from tests.helpers.exports import verdict
from tests.helpers.readable import displayed, faults
from ui.pages.settings_inspection import InspectionSection
from ui.view_models.inspections import InspectionsModel

NARROW = 520
KEY = SigningKey(b"k" * 32)


@pytest.fixture
def section(seat, qtbot):
    model = InspectionsModel(*seat.made_with)
    made = InspectionSection(model)
    made.model = model
    displayed(made, qtbot, NARROW, 800)
    made.start()
    return made


def press(qtbot, button):
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def write_result(folder: Path) -> None:
    """Sign a result as the inspector's program does: one weapon, and it was missing."""
    about = inspections.read_dossier((folder / "dossier.json").read_bytes(), "")
    rows = (folder / "register.csv").read_text("utf-8-sig").splitlines()[1:]
    drawn = inspections.draw(about.head, "dice", [row.split(",")[0] for row in rows], 1)
    body = InspectionSigned(
        "O. Inspector", "Inspectorate", about.head, "dice", (Inspected(drawn[0], "missing"),),
        "2026-11-28", "", bytes(KEY.verify_key).hex(), "", about.register,
    )  # fmt: skip
    signature = KEY.sign(inspections.message(body)).signature.hex()
    said = {**json.loads(codec.canonical(codec.plain_body(body))), "signature": signature}
    (folder / "result.json").write_bytes(codec.canonical(said) + b"\n")


def test_an_inspection_from_the_stick_to_the_record(seat, section, qtbot, tmp_path, monkeypatch):
    seat.register("KB4471902")
    said = section.said
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_args: str(tmp_path))
    with qtbot.waitSignal(section.model.prepared) as made:
        press(qtbot, section.prepare)
    folder = made.args[0].folder
    assert plain(said.accessibleName()).startswith("The dossier is ready")
    assert not faults(section)
    write_result(folder)
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_args: str(folder))
    with qtbot.waitSignal(section.model.proved):
        press(qtbot, section.read)
    assert section.take_in.isVisible()
    with qtbot.waitSignal(section.model.taken):
        press(qtbot, section.take_in)
    assert "missing 1" in plain(said.accessibleName())
    qtbot.waitUntil(section._none.isHidden)
    with qtbot.waitSignal(section.model.proved):
        press(qtbot, section.read)
    assert not section.take_in.isVisible()
    shutil.copy(folder / "dossier.json", folder / "result.json")
    with qtbot.waitSignal(section.model.failed):
        press(qtbot, section.read)
    assert plain(said.accessibleName()).startswith("It does not hold")


def test_what_is_brought_back_is_proved_in_sight_and_one_thing_at_a_time(
    section, qtbot, tmp_path, monkeypatch
):
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_args: str(tmp_path))
    with qtbot.waitSignal(section.model.failed):  # nothing lies there
        press(qtbot, section.read)
        assert section._bar.isVisible()
        assert not section.read.isEnabled()
    assert not section._bar.isVisible()
    assert section.read.isEnabled()
    assert faults(section) == []


def test_the_ledger_is_copied_out_and_holds(section, qtbot, tmp_path, monkeypatch):
    file = tmp_path / "ledger.chains.gz"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: (str(file), ""))
    with qtbot.waitSignal(section.model.copied):
        press(qtbot, section.copy)
    assert verdict(file)["holds"]
