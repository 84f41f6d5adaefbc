"""The key to a bare clone: `python3 -m stockpile` prepares what is missing and hands over."""

from __future__ import annotations

import sys

from stockpile._bootstrap.start import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
