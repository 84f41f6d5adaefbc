"""Addresses of registries: which lines are open to who listens."""

from __future__ import annotations

import pytest

from stockpile.domain.addresses import is_in_clear


@pytest.mark.parametrize(
    "url",
    [
        "http://registry.example.org", "HTTP://Registry.example.org:8080/",
        " http://10.0.0.7:8801 ", "http://[2001:db8::1]:8801", "http://127.0.0.1.example.org",
        "http://localhost.example.org",
    ],
)  # fmt: skip
def test_a_line_without_tls_to_another_computer_is_in_clear(url):
    assert is_in_clear(url)


@pytest.mark.parametrize(
    "url",
    [
        "https://registry.example.org", "https://10.0.0.7", "http://127.0.0.1:8801",
        "http://127.3.2.1", "http://localhost:8801", "http://[::1]:8801", "", "http://", "http:",
        "http://[broken", "registry.example.org",
    ],
)  # fmt: skip
def test_one_with_it_or_within_this_computer_is_not(url):
    assert not is_in_clear(url)
