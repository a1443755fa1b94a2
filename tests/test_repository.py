"""The repository's own rules: sizes, unfinished notes, and what a lock may name."""

from __future__ import annotations

import ast
import os
import re
from functools import cache
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


@cache
def texts() -> tuple[tuple[Path, str], ...]:
    """Every text file that git keeps, with its text; works without git."""
    paths = []
    for folder, inner, names in os.walk(ROOT):
        inner[:] = [name for name in inner if name not in MADE]
        paths += [Path(folder, name) for name in names if name not in MADE]
    return tuple((path, path.read_text(encoding="utf-8", errors="replace")) for path in sorted(paths))


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


ROOMS = ("api", "bench", "cli", "graph", "queries", "seed")
SUPPORT = {"fixtures", "cases"}
"""Folders of tests that hold files for the tests beside them."""
ACROSS = {
    "api": {"edges"},
    "api/compiler": {
        *("against_reference", "cases", "clerk", "doubled_links", "kept_counts", "plans", "question_pages", "shape"),
    },
    "api/playground": {"answers", "graph", "imports", "page", "panels"},
    "cli": {"fifth_question", "sweeping_faults", "workers"},
    "graph/engine": {"faults", "life", "revival"},
    "graph/writing": {"one_door"},
    "queries": {"answers", "as_of", "bodies", "documentation", "joining", "links", "rules"},
    "queries/findings": {"life", "plans"},
    "seed": {"interrupted"},
    "seed/hhs_releases": {"faults", "sources"},
    "seed/spreadsheets": {"examples"},
    "seed/synthetic": {"safety"},
}
"""Tests of what the modules of a folder do together, by folder."""


def _modules(folder: Path) -> set[str]:
    return {path.stem for path in folder.iterdir() if path.suffix == ".py" or (path.is_dir() and path.name not in MADE)}


def test_tests_mirror_the_folders_of_the_product() -> None:
    """Tests of `graph/store/plans.py` are in `tests/graph/store/test_plans.py`, those of a question in its theme."""
    strays = []
    for path in sorted((ROOT / "tests").rglob("test_*.py")):
        folder = path.parent.relative_to(ROOT / "tests")
        if folder.parts and folder.parts[0] in ROOMS and SUPPORT.isdisjoint(folder.parts):
            room = ROOT / folder
            named = room.is_dir() and path.stem.removeprefix("test_") in _modules(room) | ACROSS.get(str(folder), set())
            asked = room.is_dir() and not any(room.glob("*.py"))
            if not (named or asked):
                strays.append(str(path.relative_to(ROOT)))

    assert strays == []


def test_no_name_of_a_test_across_modules_is_left_over() -> None:
    gone = [f"{folder}/test_{name}.py" for folder, names in ACROSS.items() for name in names]

    assert [name for name in gone if not (ROOT / "tests" / name).is_file()] == []


def test_every_room_has_its_tests() -> None:
    rooms = [
        path.parent for room in ROOMS for path in (ROOT / room).rglob("__init__.py") if MADE.isdisjoint(path.parts)
    ]

    assert [
        str(room.relative_to(ROOT))
        for room in rooms
        if not any((ROOT / "tests" / room.relative_to(ROOT)).glob("test_*.py"))
    ] == []
