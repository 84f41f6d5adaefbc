from __future__ import annotations

from pathlib import Path

from stockpile import paths


def test_resources_lie_beside_the_package_in_a_checkout_and_a_wheel():
    assert paths.root() == Path(paths.__file__).resolve().parent.parent
    assert paths.resource("icons", "x.svg") == paths.root() / "resources" / "icons" / "x.svg"


def test_a_shipped_icon_is_where_the_path_says():
    assert paths.resource("icons", "truck.svg").is_file()


def test_a_frozen_build_reads_from_its_own_folder(monkeypatch, tmp_path):
    monkeypatch.setattr("sys._MEIPASS", str(tmp_path), raising=False)
    assert paths.resource("fonts") == tmp_path / "resources" / "fonts"
