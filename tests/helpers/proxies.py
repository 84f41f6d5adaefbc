"""A real nginx with the shipped configuration, on a free port of this machine, for tests.

Only what belongs to a place is put in: the port, the certificate, the registry's addresses. A
missing nginx is a skip with its reason.
"""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.helpers.certificates import self_signed

SHIPPED = Path(__file__).resolve().parents[2] / "packaging" / "registry" / "nginx.conf"
_AROUND = """\
daemon off;
worker_processes 2;
pid {folder}/pid;
error_log {folder}/errors;
{user}
events {{ worker_connections 512; }}
http {{
    access_log off;
    client_body_temp_path {folder}/bodies;
    proxy_temp_path {folder}/answers;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    include {folder}/registry.conf;
}}
"""


@dataclass(frozen=True)
class Proxy:
    """A running proxy: its address, the certificate that it shows, its folder."""

    url: str
    certificate: Path
    folder: Path
    running: subprocess.Popen


def program() -> str | None:
    """Return where nginx is."""
    return os.environ.get("STOCKPILE_TEST_NGINX") or shutil.which(
        "nginx", path="/usr/sbin:/usr/bin"
    )


@contextmanager
def proxied(before: Sequence[str], changed: Sequence[tuple[str, str]] = ()) -> Iterator[Proxy]:
    """Start nginx before registries that listen on these ports' addresses, and stop it afterwards.

    ``changed`` names lines of the shipped file that a test wants otherwise.
    """
    found = program()
    if found is None:
        pytest.skip("no nginx here (set STOCKPILE_TEST_NGINX)")
    folder = Path(tempfile.mkdtemp(prefix="spx"))
    try:
        self_signed(folder)
        # nginx is given the open port: nobody else takes it meanwhile, and nobody calls too early
        with socket.create_server(("127.0.0.1", 0), backlog=512) as port:
            address = f"127.0.0.1:{port.getsockname()[1]}"
            shown = _in_its_place(folder, address, before, changed)
            (folder / "registry.conf").write_text(shown)
            user = "user root;" if os.geteuid() == 0 else ""
            (folder / "nginx.conf").write_text(_AROUND.format(folder=folder, user=user))
            running = subprocess.Popen(
                [found, "-c", folder / "nginx.conf", "-p", folder, "-e", folder / "errors"],
                pass_fds=[port.fileno()], env={"NGINX": f"{port.fileno()};"},
            )  # fmt: skip
        try:
            yield Proxy(f"https://{address}", folder / "own.pem", folder, running)
        finally:
            running.terminate()
            running.wait()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _in_its_place(
    folder: Path, address: str, before: Sequence[str], changed: Sequence[tuple[str, str]]
) -> str:
    """Return the shipped configuration with what belongs to this place put in."""
    shown = SHIPPED.read_text("utf-8")
    for was, is_now in changed:
        assert was in shown, was
        shown = shown.replace(was, is_now)
    servers = "\n".join(f"server {one} \\1" for one in before)
    for was, is_now in (
        (r"server 127\.0\.0\.1:8750([^\n]*)", servers),
        (r"listen +\[::\]:443[^\n]*\n", ""),
        (r"listen +443\b", f"listen {address}"),
        (r"ssl_certificate +\S+;", f"ssl_certificate {folder}/own.pem;"),
        (r"ssl_certificate_key +\S+;", f"ssl_certificate_key {folder}/own.pem;"),
        (r"/var/log/nginx/", f"{folder}/"),
    ):
        shown, count = re.subn(was, is_now, shown)
        assert count or was.startswith("/var"), was
    return shown
