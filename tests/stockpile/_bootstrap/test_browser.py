"""Which browser the tests are given."""

from __future__ import annotations

import shutil

import pytest

from stockpile._bootstrap import browser
from stockpile._bootstrap.browser import VARIABLE, ensure_browser


def test_the_callers_own_goes_first():
    assert ensure_browser({VARIABLE: "/opt/chromium"}) == {VARIABLE: "/opt/chromium"}


def test_the_machines_is_found_before_one_is_brought(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(shutil, "which", lambda name: f"/usr/bin/{name}")
    monkeypatch.setattr(browser, "apt_install", pytest.fail)
    assert ensure_browser({}) == {VARIABLE: "/usr/bin/chromium"}


def test_one_that_was_brought_is_found(monkeypatch: pytest.MonkeyPatch):
    brought: list[str] = []

    def bring(packages: list[str]) -> bool:
        brought.extend(packages)
        return True

    monkeypatch.setattr(shutil, "which", lambda _name: "/usr/bin/chromium" if brought else None)
    monkeypatch.setattr(browser, "apt_install", bring)
    assert ensure_browser({}) == {VARIABLE: "/usr/bin/chromium"}
    assert brought == ["chromium"]


def test_none_is_told(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]):
    monkeypatch.setattr(shutil, "which", lambda _name: None)
    monkeypatch.setattr(browser, "apt_install", lambda _packages: False)
    assert ensure_browser({}) == {}
    assert VARIABLE in capsys.readouterr().err
