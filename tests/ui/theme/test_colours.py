from __future__ import annotations

import re
from dataclasses import asdict

import pytest

from ui.theme.colours import DARK, LIGHT, PAIRS, Ink, Tone, contrast

THEMES = pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])


def test_contrast_of_known_pairs():
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21.0)
    assert contrast("#777777", "#777777") == pytest.approx(1.0)
    assert contrast("#FFFFFF", "#767676") == pytest.approx(4.54, abs=0.01)  # WCAG's own example


@THEMES
@pytest.mark.parametrize(("one", "other", "least"), PAIRS)
def test_every_pair_can_be_read(tokens, one, other, least):
    assert contrast(getattr(tokens, one), getattr(tokens, other)) >= least


def test_no_pair_was_forgotten():
    assert len(PAIRS) >= 29
    assert len(set(PAIRS)) == len(PAIRS)


def test_the_figures_of_the_design():
    assert contrast(LIGHT.text, LIGHT.surface) == pytest.approx(17.68, abs=0.01)
    assert contrast(DARK.text3, DARK.surface) == pytest.approx(6.34, abs=0.01)
    assert contrast(LIGHT.accent, LIGHT.surface) == pytest.approx(6.51, abs=0.01)


@THEMES
def test_every_token_is_a_colour(tokens):
    assert all(re.fullmatch(r"#(?:[0-9A-F]{2})?[0-9A-F]{6}", c) for c in asdict(tokens).values())


@THEMES
def test_every_ink_and_tone_has_its_colours(tokens):
    assert all(getattr(tokens, ink.value) for ink in Ink)
    assert all(contrast(getattr(tokens, t.ink.value), t.fill(tokens)) >= 4.5 for t in Tone)
