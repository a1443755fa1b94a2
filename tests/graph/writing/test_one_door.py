"""One door for writing: no module outside `graph.writing` writes records, and the few others say what they write."""

from __future__ import annotations

import ast
import inspect
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from api.telemetry import Telemetry
from graph.engine.aot import exercise
from graph.maintenance.contents import delete_all
from graph.maintenance.definitions import defined_by
from graph.maintenance.lease import hold
from graph.maintenance.prepare import prepare_store
from graph.maintenance.record import read_record
from graph.maintenance.schema import schema_statements
from graph.maintenance.upgrades import upgrade
from graph.store import Store
from graph.store.revoked import write_revoked
from graph.writing.writer import Writer
from queries.findings.birthdays import reweigh_statement
from queries.findings.lease import take_turn
from queries.findings.review import review_finding
from queries.findings.standing import withdraw
from queries.findings.statements import rows_statement
from queries.findings.weighing import weigh_lines
from queries.library.check import check_body
from seed.court_dump.choosing import Dump

ROOT = Path(__file__).parents[3]
PRODUCT = ("api", "cli", "graph", "queries", "seed")
WRITES = re.compile(r"\b(CREATE|MERGE|INSERT|SET|REMOVE|DELETE|DETACH)\b")
RUNS = ("write", "write_auto", "transaction")
"""What runs a writing statement on a store."""
SWEEPS = "a sweep's statements for whole sets of rows, which `Turn.write` runs and for which it tells the change log"
STATEMENTS: dict[Any, str] = {
    Telemetry: "names methods of HTTP",
    check_body: "names the words that a question may not have",
    defined_by: "reads statements of the schema",
    exercise: "statements that warm up a server, in a database of its own that is thrown away",
    schema_statements: "constraints and indexes",
    read_record: "the constraint of the store's own record",
    hold: "the lease, in the store's own record",
    prepare_store: "which indexes are ours, in the store's own record",
    upgrade: "the version, in the store's own record; what earlier versions kept beside the records",
    write_revoked: "tokens that were revoked",
    delete_all: "emptying, and what the synthetic data are",
    take_turn: "the state that sweeps keep for themselves",
    review_finding: "a review, which runs in a transaction of the writer",
    rows_statement: SWEEPS,
    withdraw: "which findings stand, which sweeps keep for themselves",
    reweigh_statement: SWEEPS,
    weigh_lines: SWEEPS,
    Dump: "tables of DuckDB, in memory",
}
"""What else has writing statements, and why it may."""
RUNNERS: dict[Any, str] = {
    Store: "the store itself",
    exercise: STATEMENTS[exercise],
    hold: STATEMENTS[hold],
    prepare_store: "constraints and indexes, and the store's own record",
    upgrade: STATEMENTS[upgrade],
    write_revoked: STATEMENTS[write_revoked],
    delete_all: STATEMENTS[delete_all],
    take_turn: "a sweep's statements, for which it tells the change log",
    withdraw: STATEMENTS[withdraw],
}
"""What else runs writing statements on a store, and why it may."""


def product() -> Iterator[tuple[str, ast.Module]]:
    """Give each module of the product, the writing ones aside."""
    door = Path(inspect.getfile(Writer)).parent
    for folder in PRODUCT:
        for path in sorted((ROOT / folder).rglob("*.py")):
            if not path.is_relative_to(door) and "node_modules" not in path.parts:
                yield str(path.relative_to(ROOT)), ast.parse(path.read_text(encoding="utf-8"))


def allowed(reasons: dict[Any, str]) -> set[str]:
    """Return the modules of what may."""
    return {str(Path(inspect.getfile(inspect.unwrap(one))).relative_to(ROOT)) for one in reasons}


def texts(tree: ast.Module) -> Iterator[str]:
    """Give the texts of a module, descriptions aside."""
    told = {
        node.body[0].value
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    told |= {node.value for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node not in told:
            yield node.value


def found(holds: Callable[[ast.Module], bool]) -> set[str]:
    """Return the modules of which something holds."""
    return {name for name, tree in product() if holds(tree)}


def test_writing_statements_stand_where_they_may() -> None:
    assert found(lambda tree: any(WRITES.search(text) for text in texts(tree))) == allowed(STATEMENTS)


def test_statements_are_run_where_they_may_write() -> None:
    def runs(tree: ast.Module) -> bool:
        calls = (node.func for node in ast.walk(tree) if isinstance(node, ast.Call))
        stores = (func for func in calls if isinstance(func, ast.Attribute) and func.attr in RUNS)
        return any(re.search(r"\bstore$|^self$", ast.unparse(func.value)) for func in stores)

    assert found(runs) == allowed(RUNNERS)
