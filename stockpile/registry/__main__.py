"""Start the service: ``python -m stockpile.registry --database URL --listen HOST:PORT``."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from stockpile.domain.errors import FieldUnreadable, StockpileError
from stockpile.domain.values import NodeId
from stockpile.language import plain
from stockpile.registry import journal
from stockpile.registry.database import CONNECTIONS
from stockpile.registry.limits import Limits
from stockpile.registry.service import DEFAULT_LISTEN, Service, opened
from stockpile.registry.serving import serve
from stockpile.registry.workers import serve_by_many
from stockpile.wording import error_sentence

_USUAL: Final = Limits()
_LONGEST_WAIT: Final = 86_400


def main(words: Sequence[str] | None = None) -> None:
    """Serve until told to stop; say on standard output, as one line of JSON, when it listens."""
    service = _told(words)
    journal.begin()
    if service.workers > 1:
        serve_by_many(service, _say)
        return
    with opened(service) as (books, reading):
        serve(service, books, reading, _say)


def _told(words: Sequence[str] | None) -> Service:
    """Return what the operator asks for."""
    asked = argparse.ArgumentParser(prog="stockpile registry serve")
    asked.add_argument("--database", default="", help="file, sqlite:// or postgresql:// URL")
    asked.add_argument("--read-database", default="", help="URL of a copy that follows it")
    asked.add_argument(
        "--found", action="store_true", dest="founds", help="begin a registry where there is none"
    )
    asked.add_argument("--listen", default=DEFAULT_LISTEN, help="HOST:PORT")
    asked.add_argument("--key", type=Path, default=None, help="file of the registry's own key")
    asked.add_argument("--workers", type=int, default=1, help="processes that share the port")
    asked.add_argument("--connections", type=int, default=CONNECTIONS, help="of each process")
    asked.add_argument("--photos", type=Path, default=None, help="folder where photos lie")
    asked.add_argument("--metrics", default="", help="HOST:PORT where figures are scraped")
    asked.add_argument("--forwarded-by", default="", help="address of the proxy before it")
    asked.add_argument("--ask-witnesses", type=float, default=60, help="seconds; 0 for never")
    asked.add_argument("--node-rate", type=float, default=_USUAL.node_rate, help="a second")
    asked.add_argument("--address-rate", type=float, default=_USUAL.address_rate, help="a second")
    asked.add_argument("--turns", type=int, default=_USUAL.turns, help="batches at a time")
    said = vars(asked.parse_args(words))
    for name in ("node_rate", "address_rate", "turns", "connections"):
        if said[name] <= 0:
            raise FieldUnreadable(name.replace("_", "-"), str(said[name]))
    if not 0 <= said["ask_witnesses"] <= _LONGEST_WAIT:
        raise FieldUnreadable("ask-witnesses", str(said["ask_witnesses"]))
    limits = Limits(**{name: said.pop(name) for name in ("node_rate", "address_rate", "turns")})
    return Service(**said, limits=limits)


def _say(host: str, port: int, registry: NodeId) -> None:
    line = {"url": _url(host, port), "registry": registry}
    sys.stdout.write(json.dumps(line) + "\n")
    sys.stdout.flush()


def _url(host: str, port: int) -> str:
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


if __name__ == "__main__":
    try:
        main()
    except StockpileError as error:
        sys.exit(f"{type(error).__name__}: {plain(error_sentence(error))}")
