"""A real Chromium for the registry's pages, started once a run.

A missing browser is a skip with its reason; where a server is demanded it is a failure.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, sync_playwright

from stockpile._bootstrap.browser import VARIABLE, browser_here
from tests.helpers.postgres import is_required

_ARGUMENTS = ("--no-sandbox",) if hasattr(os, "geteuid") and os.geteuid() == 0 else ()
CONTRAST = """() => {
  const linear = x => x <= .04045 ? x / 12.92 : ((x + .055) / 1.055) ** 2.4;
  const light = c => {
    const [r, g, b] = c.map(x => linear(x / 255));
    return .2126 * r + .7152 * g + .0722 * b;
  };
  const rgb = text => (text.match(/[\\d.]+/g) || []).map(Number);
  const behind = one => {
    for (; one; one = one.parentElement) {
      const c = rgb(getComputedStyle(one).backgroundColor);
      if (c.length < 4 || c[3] > 0) return c.slice(0, 3);
    }
    return [255, 255, 255];
  };
  const says = one => [...one.childNodes].some(n => n.nodeType == 3 && n.textContent.trim());
  const bad = [];
  for (const one of document.querySelectorAll('body *')) {
    if (!says(one) || !one.checkVisibility() || one.closest('.hidden, .skip, option')) continue;
    const a = light(rgb(getComputedStyle(one).color).slice(0, 3)), b = light(behind(one));
    const ratio = (Math.max(a, b) + .05) / (Math.min(a, b) + .05);
    if (ratio < 4.5) bad.push(`${one.outerHTML.slice(0, 80)} ${ratio.toFixed(2)}`);
  }
  return bad;
}"""
"""What of a page has less contrast than WCAG 2.2 1.4.3 (AA) wants."""
SMALL = """() => [...document.querySelectorAll(
    'a.button, button, input:not([type=hidden], .menu-box), select, nav a')]
  .filter(one => one.checkVisibility())
  .map(one => [one.getBoundingClientRect(), one])
  .filter(([box, one]) => box.height < 24 || box.width < 24)
  .filter(([box, one]) => !['checkbox', 'radio'].includes(one.type))
  .map(([box, one]) => `${one.outerHTML.slice(0, 80)} ${box.width}x${box.height}`)"""
"""What is smaller than WCAG 2.2 2.5.8 wants; a box is pressed by its label too."""
UNNAMED = """() => [...document.querySelectorAll(
    'a, button, input:not([type=hidden]), select, summary')]
  .filter(one => one.checkVisibility() && !one.textContent.trim())
  .filter(one => !one.getAttribute('aria-label')
    && !(one.labels && [...one.labels].some(label => label.textContent.trim())))
  .map(one => one.outerHTML.slice(0, 90))"""


def program() -> str | None:
    """Return the browser: the one named, else Debian's."""
    return os.environ.get(VARIABLE) or browser_here()


@contextmanager
def chromium() -> Iterator[Browser]:
    """Start a browser without a window, and close it afterwards."""
    found = program()
    if found is None:
        if is_required():
            pytest.fail("no Chromium here, and this run must have one")
        pytest.skip(f"no Chromium here (set {VARIABLE})")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=[*_ARGUMENTS])
        try:
            yield browser
        finally:
            browser.close()
