"""Start the service: ``python -m stockpile.registry --database URL --listen HOST:PORT``."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from stockpile import log
from stockpile.domain.errors import StockpileError
from stockpile.registry.opening import opened_books
from stockpile.registry.serving import DEFAULT_LISTEN, serve


def main(words: Sequence[str] | None = None) -> None:
    """Serve until told to stop; say on standard output, as one line of JSON, when it listens."""
    asked = argparse.ArgumentParser(prog="stockpile registry serve")
    asked.add_argument("--database", default="", help="file, sqlite:// or postgresql:// URL")
    asked.add_argument("--listen", default=DEFAULT_LISTEN, help="HOST:PORT")
    asked.add_argument("--key", type=Path, default=None, help="file of the registry's own key")
    told = asked.parse_args(words)
    log.to_stderr()
    with opened_books(told.database, told.key) as books:

        def said(host: str, port: int) -> None:
            line = {"url": _url(host, port), "registry": books.key.node}
            sys.stdout.write(json.dumps(line) + "\n")
            sys.stdout.flush()

        serve(books, told.listen, said)


def _url(host: str, port: int) -> str:
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


if __name__ == "__main__":
    try:
        main()
    except StockpileError as error:
        sys.exit(str(error))
