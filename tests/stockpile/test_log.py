"""The engineers' log."""

from __future__ import annotations

import logging

import pytest

from stockpile import log


@pytest.fixture
def root():
    """The root logger, put back as it was."""
    logger = logging.getLogger()
    before, level = list(logger.handlers), logger.level
    yield logger
    for handler in [one for one in logger.handlers if one not in before]:
        logger.removeHandler(handler)
        handler.close()
    logger.setLevel(level)


def test_lines_go_to_a_file_in_utc_without_debug(tmp_path, root):
    file = log.start(tmp_path / "logs")
    logging.getLogger("stockpile.test").info("the port is back")
    logging.getLogger("stockpile.test").debug("KB4471902")
    written = file.read_text("utf-8")
    assert "the port is back" in written
    assert "KB4471902" not in written
    assert "Z INFO stockpile.test" in written
