"""Start the service: ``python -m stockpile.registry [DATABASE [HOST:PORT]]``, for service units."""

from __future__ import annotations

import json
import sys
from typing import Final

from stockpile.registry.serving import DEFAULT_LISTEN, opened_books, serve

_MOST_WORDS: Final = 2


def main(words: list[str]) -> None:
    """Serve the named database until told to stop."""
    if len(words) > _MOST_WORDS:
        sys.exit(__doc__)
    database, listen = (*words, *("", DEFAULT_LISTEN)[len(words) :])
    with opened_books(database) as books:
        serve(books, listen, _said)


def _said(host: str, port: int) -> None:
    sys.stdout.write(json.dumps({"listening": f"http://{host}:{port}"}) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1:])
