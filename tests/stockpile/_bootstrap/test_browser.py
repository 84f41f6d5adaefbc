"""Which browser the tests are given."""

from __future__ import annotations

import shutil

import pytest

from stockpile._bootstrap import browser
from stockpile._bootstrap.browser import PROGRAMS, VARIABLE, ensure_browser

WINDOWLESS, WHOLE = PROGRAMS


def test_the_callers_own_goes_first():
    assert ensure_browser({VARIABLE: "/opt/chromium"}) == {VARIABLE: "/opt/chromium"}


@pytest.mark.parametrize(
    ("there", "used"),
    [({WINDOWLESS, WHOLE}, WINDOWLESS), ({WINDOWLESS}, WINDOWLESS), ({WHOLE}, WHOLE)],
)
def test_the_machines_is_found_before_one_is_brought(
    monkeypatch: pytest.MonkeyPatch, there: set[str], used: str
):
    monkeypatch.setattr(shutil, "which", lambda name: f"/usr/bin/{name}" if name in there else None)
    monkeypatch.setattr(browser, "apt_install", pytest.fail)
    assert ensure_browser({}) == {VARIABLE: f"/usr/bin/{used}"}


@pytest.mark.parametrize("packaged", [WINDOWLESS, WHOLE])
def test_one_that_was_brought_is_found(monkeypatch: pytest.MonkeyPatch, packaged: str):
    tried: list[str] = []

    def bring(packages: list[str]) -> bool:
        tried.extend(packages)
        return packages == [packaged]

    def which(name: str) -> str | None:
        return f"/usr/bin/{name}" if name == packaged and name in tried else None

    monkeypatch.setattr(shutil, "which", which)
    monkeypatch.setattr(browser, "apt_install", bring)
    assert ensure_browser({}) == {VARIABLE: f"/usr/bin/{packaged}"}
    assert tried == [WINDOWLESS, WHOLE][: tried.index(packaged) + 1]


def test_none_is_told(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]):
    monkeypatch.setattr(shutil, "which", lambda _name: None)
    monkeypatch.setattr(browser, "apt_install", lambda _packages: False)
    assert ensure_browser({}) == {}
    assert VARIABLE in capsys.readouterr().err
