"""The engineers' log: ids only, whatever an exception said."""

from __future__ import annotations

import logging
import sys
import threading

import pytest

from stockpile import log

SECRET = "KB4471902 of Sgt. Okello"


@pytest.fixture
def root():
    """The root logger, put back as it was."""
    logger = logging.getLogger()
    before, level, raising = list(logger.handlers), logger.level, logging.raiseExceptions
    yield logger
    for handler in [one for one in logger.handlers if one not in before]:
        logger.removeHandler(handler)
        handler.close()
    logger.setLevel(level)
    logging.raiseExceptions = raising


@pytest.fixture
def hooks(monkeypatch):
    """What Python does with what nobody caught, put back as it was."""
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    monkeypatch.setattr(threading, "excepthook", threading.excepthook)


def failed():
    """An exception with a value in what it says, as in what it came from."""
    serial = SECRET
    try:
        try:
            {}[serial]
        except KeyError as missing:
            raise ValueError(f"no such weapon: {serial}") from missing
    except ValueError as error:
        return error


def test_lines_go_to_a_file_in_utc_without_debug(tmp_path, root):
    file = log.start(tmp_path / "logs")
    logging.getLogger("stockpile.test").info("the port is back")
    logging.getLogger("stockpile.test").debug("KB4471902")
    written = file.read_text("utf-8")
    assert "the port is back" in written
    assert "KB4471902" not in written
    assert "Z INFO stockpile.test" in written


def test_a_report_tells_kinds_and_places_and_no_value():
    said = log.report(failed())
    assert "builtins.ValueError" in said
    assert "builtins.KeyError" in said
    assert f"{__file__}:" in said
    assert "in failed" in said
    assert not any(word in said for word in (SECRET, "KB4471902", "no such weapon"))
    assert log.kind_of(failed()).startswith("ValueError in test_log.py:")
    assert log.kind_of(ValueError(SECRET)) == "ValueError"


@pytest.mark.logs_warnings
def test_a_traceback_in_the_log_tells_no_value_though_another_handler_wrote_it_in_full(
    tmp_path, root
):
    other = logging.StreamHandler(open(tmp_path / "other", "w", encoding="utf-8"))  # noqa: PTH123, SIM115
    root.addHandler(other)
    file = log.start(tmp_path / "logs")
    try:
        raise failed()
    except ValueError:
        logging.getLogger("uvicorn.error").exception("a bug")
    other.stream.close()
    assert SECRET in (tmp_path / "other").read_text("utf-8")
    written = file.read_text("utf-8")
    assert "builtins.ValueError" in written
    assert "KB4471902" not in written


@pytest.mark.logs_warnings
def test_a_line_that_cannot_be_written_shows_its_values_nowhere(tmp_path, root, capsys):
    log.start(tmp_path / "logs")
    logging.getLogger("stockpile.test").warning("one %s, two %s", SECRET)  # noqa: PLE1206 - on purpose
    assert "KB4471902" not in capsys.readouterr().err


@pytest.mark.logs_warnings
def test_a_service_says_warnings_on_standard_error_without_values(root, capsys):
    log.to_stderr()
    logging.getLogger("stockpile.test").info("nothing to see")
    logging.getLogger("stockpile.test").error("a bug", exc_info=failed())
    said = capsys.readouterr().err
    assert "nothing to see" not in said
    assert "builtins.KeyError" in said
    assert "KB4471902" not in said


@pytest.mark.logs_warnings
def test_what_nobody_caught_ends_in_the_hook_on_any_thread(hooks, capsys):
    told = []
    log.guard_crashes(log.crash_hook(told.append))
    error = failed()
    sys.excepthook(type(error), error, error.__traceback__)
    thread = threading.Thread(target=lambda: 1 / 0)
    thread.start()
    thread.join()
    sys.excepthook(KeyboardInterrupt, KeyboardInterrupt(), None)
    assert [type(one) for one in told] == [ValueError, ZeroDivisionError]
    said = capsys.readouterr().err
    assert "ZeroDivisionError" in said
    assert "KB4471902" not in said
