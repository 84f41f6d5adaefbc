"""A small checkout with its own locks and wheels, and its environment, built once for all."""

from __future__ import annotations

import hashlib
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from stockpile._bootstrap.environment import ensure
from stockpile._bootstrap.place import Place

ADDED = "tinytools"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Keep what needs the built environment together: building it takes many seconds."""
    for item in items:
        if {"built", "prepared"} & set(getattr(item, "fixturenames", ())):
            item.add_marker(pytest.mark.xdist_group("environment"))


def a_wheel(folder: Path, name: str) -> str:
    """Write a real wheel that holds one module, and return its line for a lock."""
    folder.mkdir(parents=True, exist_ok=True)
    about = f"{name}-1.0.dist-info"
    wheel = folder / f"{name}-1.0-py3-none-any.whl"
    files = {
        f"{name}.py": f"NAME = {name!r}\n",
        f"{about}/METADATA": f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n",
        f"{about}/WHEEL": "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    record = "".join(f"{file},,\n" for file in [*files, f"{about}/RECORD"])
    with zipfile.ZipFile(wheel, "w") as archive:
        for file, text in {**files, f"{about}/RECORD": record}.items():
            archive.writestr(file, text)
    return f"{name}==1.0 --hash=sha256:{hashlib.sha256(wheel.read_bytes()).hexdigest()}\n"


@pytest.fixture
def bare(tmp_path: Path) -> Place:
    """A checkout that nothing was prepared for, in a folder whose name has a space."""
    return a_checkout(tmp_path / "my checkout")


def a_checkout(folder: Path) -> Place:
    wheels = folder / "packaging/wheelhouse"
    program, tools = a_wheel(wheels, "tinyarms"), a_wheel(wheels, ADDED)
    (folder / "packaging/requirements.txt").write_text(program, "utf-8")
    (folder / "packaging/requirements-dev.txt").write_text(program + tools, "utf-8")
    return Place(folder, folder / ".venv")


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Place:
    """The same after its first start; to be copied, not touched."""
    place = a_checkout(tmp_path_factory.mktemp("built") / "checkout")
    ensure(place, tools=False)
    return place


@pytest.fixture
def prepared(built: Place, tmp_path: Path) -> Place:
    """A checkout of one's own after its first start."""
    folder = tmp_path / "prepared"
    shutil.copytree(built.checkout, folder, symlinks=True)
    return Place(folder, folder / ".venv")


@pytest.fixture
def spoil() -> Callable[[Place], None]:
    """Exchange the program's wheel after its review: another file under the same name."""

    def exchange(place: Place) -> None:
        with zipfile.ZipFile(next(place.checkout.rglob("tinyarms*.whl")), "a") as archive:
            archive.writestr("more.py", "")
        lock = place.checkout / "packaging/requirements.txt"
        lock.write_text(lock.read_text("utf-8") + "\n# a later release\n", "utf-8")

    return exchange
