"""The library: reads, checks and declares the question files before any question is asked."""

from queries.library.library import (
    BUILT_IN,
    QueryLibrary,
    load_library,
)

__all__ = ["BUILT_IN", "QueryLibrary", "load_library"]
