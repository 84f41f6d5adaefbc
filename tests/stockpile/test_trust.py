"""The system's store counts where a line is sealed, as it is now; a plain line trusts nobody."""

from __future__ import annotations

import ssl

import pytest

from stockpile.trust import trusted_for
from tests.helpers.certificates import self_signed


@pytest.fixture
def installed(monkeypatch, tmp_path):
    """Let this computer have one authority, after others were asked for."""
    trusted_for("https://registry.example")
    self_signed(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "own.pem"))


@pytest.mark.parametrize("urls", [["https://a.example"], ["http://a.example", "HTTPS://b.example"]])
def test_a_sealed_line_believes_what_is_installed_now(installed, urls):
    assert trusted_for(*urls).cert_store_stats()["x509"] == 1


@pytest.mark.parametrize("url", ["http://a.example", "HTTP://a.example"])
def test_a_plain_line_would_believe_nobody(installed, url):
    trusted = trusted_for(url)
    assert trusted.cert_store_stats()["x509"] == 0
    assert (trusted.verify_mode, trusted.check_hostname) == (ssl.CERT_REQUIRED, True)
