from __future__ import annotations

from pathlib import Path

import pytest
from graphql import GraphQLSchema

from api.schema import build_schema, core_schema
from graph.model import MODEL
from queries.question import TODAY, Column, Ordering, Parameter, Question, Severity


@pytest.fixture(scope="session")
def question() -> Question:
    return Question(
        name="busySponsors",
        title="Busy sponsors",
        text="Which sponsors took in many children?",
        parameters=(
            Parameter("minChildren", "Int", 2, "Least number of children."),
            Parameter("asOf", "Date", TODAY, "Only facts up to this day."),
            Parameter("category", "SponsorCategory", None, "Category of the sponsor."),
        ),
        columns=(
            Column("sponsor", "Sponsor", "The sponsor."),
            Column("childCount", "Int", "Number of children."),
            Column("child", "Child", "One of them."),
        ),
        key=("sponsor",),
        order=(Ordering("childCount", descending=True),),
        severity=Severity.HIGH,
        source="default",
        example="{ busySponsors { totalCount } }",
        body="RETURN 1",
        path=Path("busy.cypher"),
        line=1,
    )


@pytest.fixture(scope="session")
def core(question: Question) -> GraphQLSchema:
    return core_schema(build_schema(MODEL, [question]))
