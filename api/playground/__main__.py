"""`python -m api.playground` fails if the built page does not match its sources."""

from __future__ import annotations

import sys

from api.playground.files import stale_files

if __name__ == "__main__":
    if stale := stale_files():
        sys.exit(f"The built playground is stale ({', '.join(stale[:3])}); run `make playground` and commit it.")
