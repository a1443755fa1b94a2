"""How long to wait before retrying something that failed."""

LONGEST = 30.0


def pause(failures: int) -> float:
    """Return the seconds to wait after this many failures in a row: none at first, then twice as long each time."""
    return min(2.0 ** (failures - 1), LONGEST) if failures else 0.0
