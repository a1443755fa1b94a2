from collections.abc import Callable
from pathlib import Path

import pytest

HEADER = (
    "ID,Child's Country of Origin,Child's Gender,Child's Date of Entry,Child's Date of Release,"
    "Sponsor Zipcode,Sponsor Category,Relationship of Sponsor"
)

WriteFile = Callable[..., Path]


@pytest.fixture
def header() -> str:
    return HEADER


@pytest.fixture
def write(tmp_path: Path) -> WriteFile:
    """Write a file in the layout: its header, then the lines given, each with a line end."""

    def write(
        *lines: str | bytes, header: str | bytes = HEADER, name: str = "releases.csv", end: bytes = b"\n"
    ) -> Path:
        path = tmp_path / name
        encoded = [line.encode() if isinstance(line, str) else line for line in (header, *lines)]
        path.write_bytes(b"".join(line + end for line in encoded))
        return path

    return write
