"""The repository's own rules: sizes, unfinished notes, and what a lock may name."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
LONGEST_FILE = 300
LONGEST_FUNCTION = 60
MADE = {
    "dist",
    "node_modules",
    ".git",
    ".venv",
    ".hypothesis",
    ".mypy_cache",
    ".pytest_cache",
    ".ruff_cache",
    ".import_linter_cache",
    "__pycache__",
    "build",
    "sightline.egg-info",
}
"""Folders that git does not keep, and the built playground."""

REGISTRIES = (
    ("pypi", "org"),
    ("pythonhosted", "org"),
    ("maven", "org"),
    ("maven.apache", "org"),
    ("npmjs", "org"),
    ("npmjs", "com"),
    ("crates", "io"),
    ("proxy.golang", "org"),
)
UNFINISHED = re.compile("|".join(f"\\b{word}\\b" for word in ("TO" + "DO", "FIX" + "ME", "X" * 3)))


def files() -> Iterator[Path]:
    """Give every text file that git keeps; works without git."""
    for path in sorted(ROOT.rglob("*")):
        parts = path.relative_to(ROOT).parts
        if path.is_file() and MADE.isdisjoint(parts):
            yield path


def texts() -> Iterator[tuple[Path, str]]:
    for path in files():
        yield path, path.read_text(encoding="utf-8", errors="replace")


def test_files_are_short() -> None:
    lengths = {path: text.count("\n") for path, text in texts() if path.suffix in (".py", ".cypher")}

    assert {str(path.relative_to(ROOT)): n for path, n in lengths.items() if n > LONGEST_FILE} == {}


def test_functions_fit_a_screen() -> None:
    long = []
    for path, text in texts():
        if path.suffix == ".py":
            for node in ast.walk(ast.parse(text)):
                if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                    lines = (node.end_lineno or node.lineno) - node.lineno + 1
                    if lines > LONGEST_FUNCTION:
                        long.append(f"{path.relative_to(ROOT)}:{node.lineno} {node.name} ({lines} lines)")

    assert long == []


def test_nothing_is_left_unfinished() -> None:
    assert [str(path.relative_to(ROOT)) for path, text in texts() if UNFINISHED.search(text)] == []


@pytest.mark.parametrize("host", [".".join(parts) for parts in REGISTRIES])
def test_no_registry_is_named(host: str) -> None:
    assert [str(path.relative_to(ROOT)) for path, text in texts() if host in text] == []


@pytest.mark.parametrize("name", ["requirements.lock", "requirements-container.lock", "requirements-dev.lock"])
def test_locks_pin_every_package_by_hash(name: str) -> None:
    """A lock has no options, so no index lines, and each of its packages has a version and at least one hash."""
    entries = re.split(r"\n(?=\S)", re.sub(r"(?m)^ *#.*\n", "", (ROOT / name).read_text()))

    pattern = re.compile(r"[\w.-]+(\[[\w,-]+\])?==\S+( ; [^\\]+)? \\\n( +--hash=sha256:[0-9a-f]{64}( \\)?\n?)+")
    assert [entry for entry in entries if not pattern.fullmatch(entry)] == []
