from __future__ import annotations

import re
from pathlib import Path

import httpx

from stockpile.registry.web import statics
from tests.helpers.every import every
from ui.theme.colours import DARK, LIGHT

CSS = (Path(statics.__file__).parent / "static" / "stockpile.css").read_text("utf-8")


def test_only_our_own_files_are_given(url):
    assert httpx.get(f"{url}/static/stockpile.css").headers["content-type"].startswith("text/css")
    font = httpx.get(f"{url}/static/Inter-Regular.otf")
    assert (font.status_code, font.headers["content-type"]) == (200, "font/otf")


def test_no_path_leads_out(url):
    for path in (
        "..%2f..%2fapp.py", "../app.py", "%2e%2e/%2e%2e/app.py", "..%5c..%5capp.py", "x.css",
        "stockpile.css%00.py", "/etc/passwd", "stockpile.css/../../app.py", ".", "%00",
    ):  # fmt: skip
        answer = httpx.get(f"{url}/static/{path}")
        assert answer.status_code in (400, 404, 405, 303), path
        assert "import" not in answer.text


def test_the_colours_are_the_desktops():
    blocks = re.findall(r"\{\n((?:  --[a-z0-9-]+: #[0-9A-F]{6};\n)+)", CSS)
    assert len(blocks) == 3
    for block, tokens in zip(blocks, (LIGHT, DARK, DARK), strict=True):
        found = dict(re.findall(r"--([a-z0-9-]+): (#[0-9A-F]{6});", block))
        assert len(found) > 30
        for name, colour in found.items():
            assert colour == getattr(tokens, name.replace("-", "_")), name


@every(re.findall(r"var\(--([a-z0-9-]+)\)", CSS))
def test_every_colour_used_is_defined(name):
    assert f"--{name}:" in CSS


def test_nothing_is_fetched_from_elsewhere():
    assert not re.search(r"https?:|//[a-z]|@import", CSS)
    assert set(re.findall(r"url\(([^)]*)\)", CSS)) <= {f"/static/{one}" for one in statics._FILES}
