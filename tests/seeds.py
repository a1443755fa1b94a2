"""The seed of a run, the same in all of its processes: `TEST_SEED` gives another one than the usual."""

from __future__ import annotations

import os

VARIABLE = "TEST_SEED"
USUAL = 2026


def choose_run_seed() -> None:
    """Choose the seed before any process of the run starts, so that all of them inherit it."""
    os.environ.setdefault(VARIABLE, str(USUAL))


def run_seed() -> int:
    return int(os.environ[VARIABLE])
