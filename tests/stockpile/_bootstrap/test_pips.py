"""The ladder of pips, as far as it can be climbed without a network."""

from __future__ import annotations

import subprocess
import sys
from importlib.machinery import PathFinder
from pathlib import Path

from stockpile._bootstrap.pips import host_pip, own_pip, pip_for, venv_package
from stockpile._bootstrap.place import Place


def test_an_environment_with_a_pip_is_filled_by_it(built: Place):
    assert pip_for(built) == (own_pip(built) or host_pip(built))


def test_an_environment_without_a_pip_says_so(tmp_path: Path):
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", tmp_path / "venv"], check=True)
    assert own_pip(Place(tmp_path, tmp_path / "venv")) == []


def test_one_without_is_filled_by_the_hosts_where_that_can(tmp_path: Path):
    place = Place(tmp_path, Path(sys.prefix))
    # Past setuptools' own finder, which warns where another test has met distutils.
    has_pip = PathFinder.find_spec("pip") is not None
    command = [sys.executable, "-m", "pip", "--python", str(place.python)]
    assert host_pip(place) == (command if has_pip else [])


def test_debians_package_is_named_after_this_python():
    assert venv_package() == f"python3.{sys.version_info.minor}-venv"
