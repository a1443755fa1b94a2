from __future__ import annotations

import pytest

from graph.errors import QueryFileError
from graph.store import Store
from queries.asking.plans import check_plans
from queries.library import load_library
from tests.queries.files import BODY, FIRST_BODY_LINE, HEADER, PATH, checked, declared


async def refused(store: Store, header: str, body: str) -> str:
    with pytest.raises(QueryFileError) as error:
        await check_plans([declared(header, body)], store)
    return str(error.value).removeprefix(f"{PATH}:")


async def test_built_in_questions_plan(empty: Store) -> None:
    await check_plans(load_library(), empty)


async def test_names_of_the_model_that_the_database_does_not_hold_yet(empty: Store) -> None:
    body = BODY.replace("WITH sponsor", "MATCH (contact:ContactAttempt) WHERE contact.childWithSponsor\nWITH sponsor")
    await check_plans([checked(HEADER, body)], empty)


@pytest.mark.parametrize(
    ("old", "new", "line", "wanted"),
    [
        ("count(placement)", "nosuch(placement)", 2, "the database does not accept this: Unknown function 'nosuch'"),
        ("$asOf", "$asOf AND x = 1", 1, "the database does not accept this: Variable `x` not defined"),
        ("WITH sponsor", "SORT sponsor", 2, "the database does not accept this: Invalid input"),
        ("Placement)", "Plcement)", 0, "neither the model nor the database has a label Plcement; correct the name"),
        ("releasedOn", "relesedOn", 1, "neither the model nor the database has a property relesedOn; correct the name"),
        (
            ":WITH_SPONSOR]",
            ":WTH_SPONSOR]",
            0,
            "neither the model nor the database has a relationship type WTH_SPONSOR; correct the name",
        ),
        (
            "WHERE childCount",
            "CREATE (:Child) WITH * WHERE childCount",
            0,
            "the body would write; a question only reads",
        ),
    ],
)
async def test_body_that_the_database_refuses(store: Store, old: str, new: str, line: int, wanted: str) -> None:
    assert old in BODY
    message = await refused(store, HEADER, BODY.replace(old, new, 1))
    assert message.startswith(f"{FIRST_BODY_LINE + line}: {wanted}")


async def test_node_column_that_is_no_node(store: Store) -> None:
    body = BODY.replace("RETURN sponsor,", "RETURN 1 AS sponsor,").replace("WITH sponsor,", "WITH")
    message = await refused(store, HEADER, body)
    assert message.startswith(
        "10: column sponsor is declared Sponsor, but the body returns something else; correct the type or the body"
    )
