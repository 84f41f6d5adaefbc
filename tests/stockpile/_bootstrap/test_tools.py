"""Tools are run alone and without input, and their failures become advice."""

from __future__ import annotations

import sys

import pytest

from stockpile._bootstrap.tools import CannotPrepare, demand, remedy, run


@pytest.mark.parametrize(
    ("said", "advice"),
    [
        ("ERROR: Could not install packages: [Errno 28] No space left on device", "disk is full"),
        ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE", "reviewed"),
        ("SSLError(SSLCertVerificationError(1, '[SSL: CERTIFICATE_VERIFY_FAILED]", "PIP_CERT"),
        ("Failed to establish a new connection: [Errno -3] Temporary failure", "cannot be reached"),
        ("Temporary failure in name resolution", "cannot be reached"),
        ("ERROR: No matching distribution found for annotated-doc==0.0.7", "wheelhouse"),
        ("[WinError 5] Access is denied: 'C:\\\\clone\\\\.venv'", "other windows"),
        ("PermissionError: [Errno 13] Permission denied: '/opt/clone/.venv'", "STOCKPILE_VENV"),
        ("something nobody has seen before", "reason stands above"),
    ],
)
def test_a_failure_is_told_with_what_to_do(said: str, advice: str):
    assert advice in remedy(said)


def test_a_tool_that_failed_stops_the_start_and_its_words_are_shown(
    capsys: pytest.CaptureFixture[str],
):
    demand(run([sys.executable, "-c", "pass"]))
    failed = run([sys.executable, "-c", "import sys; sys.exit('[Errno 28] on /var')"])
    with pytest.raises(CannotPrepare, match="disk is full"):
        demand(failed)
    assert "[Errno 28] on /var" in capsys.readouterr().err


def test_a_tool_gets_no_input_and_not_the_callers_python_settings(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("PYTHONPATH", "/nowhere")
    monkeypatch.setenv("PIP_USER", "1")
    code = (
        "import os, sys; print(sys.stdin.read(), os.getenv('PYTHONPATH'), os.environ['PIP_USER'])"
    )
    assert run([sys.executable, "-c", code]).stdout.split() == ["None", "0"]
