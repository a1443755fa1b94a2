"""Every class of error that the driver has, and every code of the server that we know, means something to a caller."""

from __future__ import annotations

import inspect

import neo4j
import neo4j.exceptions
import pytest

from graph.errors import BadInput, CostLimitExceeded, SightlineError, StoreError, StoreTimeout, StoreUnavailable
from graph.store import Store
from graph.store.driver_errors import translate

CLASSES: dict[str, type[SightlineError]] = {
    "AuthConfigurationError": BadInput,
    "AuthError": StoreUnavailable,
    "BrokenRecordError": BadInput,
    "CertificateConfigurationError": BadInput,
    "ClientError": StoreError,
    "ConfigurationError": BadInput,
    "ConnectionAcquisitionTimeoutError": StoreUnavailable,
    "ConnectionPoolError": StoreUnavailable,
    "ConstraintError": StoreUnavailable,
    "CypherSyntaxError": StoreError,
    "CypherTypeError": StoreError,
    "DatabaseError": StoreError,
    "DatabaseUnavailable": StoreUnavailable,
    "DriverError": StoreError,
    "Forbidden": StoreUnavailable,
    "ForbiddenOnReadOnlyDatabase": StoreUnavailable,
    "GqlError": StoreError,
    "IncompleteCommit": StoreUnavailable,
    "Neo4jError": StoreError,
    "NotALeader": StoreUnavailable,
    "ReadServiceUnavailable": StoreUnavailable,
    "ResultConsumedError": StoreError,
    "ResultError": StoreError,
    "ResultFailedError": StoreError,
    "ResultNotSingleError": StoreError,
    "RoutingServiceUnavailable": StoreUnavailable,
    "ServiceUnavailable": StoreUnavailable,
    "SessionError": StoreError,
    "SessionExpired": StoreUnavailable,
    "TokenExpired": StoreUnavailable,
    "TransactionError": StoreError,
    "TransactionNestingError": StoreError,
    "TransientError": StoreUnavailable,
    "UnsupportedServerProduct": BadInput,
    "WriteServiceUnavailable": StoreUnavailable,
}


def errors() -> dict[str, type[BaseException]]:
    found = inspect.getmembers(neo4j.exceptions, inspect.isclass)
    return {name: one for name, one in found if issubclass(one, Exception) and not issubclass(one, Warning)}


def test_the_driver_has_these_classes_of_errors_and_no_others() -> None:
    assert set(errors()) == set(CLASSES)


@pytest.mark.parametrize("name", sorted(CLASSES))
def test_each_class_is_one_of_ours(name: str) -> None:
    fault = translate([kind.__name__ for kind in errors()[name].__mro__], "")
    assert type(fault) is CLASSES[name]


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("Neo.ClientError.Transaction.TransactionTimedOutClientConfiguration", StoreTimeout),
        ("Neo.ClientError.Transaction.TransactionTimedOut", StoreTimeout),
        ("Neo.ClientError.Transaction.LockAcquisitionTimeout", StoreTimeout),
        ("Neo.ClientError.Transaction.InvalidBookmark", BadInput),
        ("Neo.ClientError.Transaction.InvalidBookmarkMixture", BadInput),
        ("Neo.TransientError.Transaction.BookmarkTimeout", StoreUnavailable),
        ("Neo.ClientError.Statement.ArgumentError", BadInput),
        ("Neo.ClientError.Statement.ArithmeticError", BadInput),
        ("Neo.TransientError.General.StackOverFlowError", BadInput),
        ("Neo.TransientError.General.MemoryPoolOutOfMemoryError", CostLimitExceeded),
        ("Neo.TransientError.General.TransactionOutOfMemoryError", CostLimitExceeded),
        ("Neo.ClientError.Security.AuthenticationRateLimit", StoreUnavailable),
        ("Neo.ClientError.Database.DatabaseNotFound", StoreUnavailable),
        ("Neo.TransientError.Database.DatabaseUnavailable", StoreUnavailable),
        ("Neo.DatabaseError.Transaction.TransactionLogError", StoreUnavailable),
        ("Neo.DatabaseError.Transaction.TransactionStartFailed", StoreUnavailable),
        ("Neo.ClientError.Schema.ConstraintValidationFailed", StoreUnavailable),
        ("Neo.ClientError.Statement.SyntaxError", StoreError),
        ("Neo.DatabaseError.General.UnknownError", StoreError),
    ],
)
def test_each_known_code_is_one_of_ours(code: str, kind: type[SightlineError]) -> None:
    error = neo4j.exceptions.Neo4jError._hydrate_neo4j(code=code, message="a value")
    fault = translate([one.__name__ for one in type(error).__mro__], code)
    assert type(fault) is kind
    assert "a value" not in str(fault)


@pytest.mark.parametrize(
    ("status", "kind"),
    [("22003", BadInput), ("22000", BadInput), ("22012", BadInput), ("22N01", StoreError), ("42001", StoreError)],
)
def test_a_status_of_the_standard_tells_what_a_value_caused(status: str, kind: type[SightlineError]) -> None:
    fault = translate(["ClientError", "Neo4jError"], "Neo.ClientError.Statement.SemanticError", status)
    assert type(fault) is kind


@pytest.mark.parametrize(
    ("statement", "value"),
    [
        ("RETURN $x * 9223372036854775807", 3),
        ("RETURN date('2024-01-01') + duration({years: $x})", 2**31 - 1),
        ("RETURN date('2024-01-01') - duration({years: $x})", 5_000),
        ("RETURN 1 / $x", 0),
        ("UNWIND [1] AS a RETURN a LIMIT $x", -1),
        ("RETURN 'a' =~ $x", "("),
        ("RETURN date($x)", "2024-13-01"),
        ("RETURN toInteger($x)", "9" * 30),
        ("RETURN $x", 2**63),
        ("RETURN $x", "\ud800"),
    ],
)
async def test_an_error_that_a_value_caused_is_bad_input(store: Store, statement: str, value: object) -> None:
    with pytest.raises(BadInput):
        await store.read(f"CYPHER 25 {statement}", {"x": value})


@pytest.mark.parametrize("mark", ["aGVsbG8gd29ybGQ=", "FB:kcwQ", "FB:" + "A" * 200])
async def test_a_bookmark_that_is_none_is_bad_input(store: Store, mark: str) -> None:
    with pytest.raises(BadInput, match="bookmarks"):
        await store.read("RETURN 1", bookmarks=[mark])


async def test_a_value_too_long_for_an_index_is_bad_input(empty: Store) -> None:
    with pytest.raises(BadInput):
        await empty.write("CREATE (:Child {key: 'c', lastName: $name})", {"name": "x" * 40_000})
