from __future__ import annotations

from datetime import date

import pytest

from graph.store import Store
from queries.findings.sweep import Sweeper
from queries.findings.thresholds import Thresholds, indicators
from queries.library import load_library
from tests.api.compiler.asking import Asker

SWEPT = ("sponsorsWithMultipleChildren", "childrenWithoutNoticeToAppear", "childrenWithoutContactAfterMissedHearing")
GRAPH = """
CREATE (s:Sponsor {key: 's', lastName: 'Example'}), (:Child {key: 'c', firstName: 'Cee', transferredOn: $day})
WITH s UNWIND ['a', 'b'] AS key
CREATE (child:Child {key: key, firstName: toUpper(key), transferredOn: $day})
  -[:HAS_PLACEMENT]->(:Placement {key: key + 'p', releasedOn: $day, relationship: 'UNRELATED'})-[:WITH_SPONSOR]->(s)
WITH child WHERE child.key = 'a'
CREATE (child)-[:RESPONDENT_IN]->(:CourtCase {key: 'cc'})
  -[:HAS_HEARING]->(:Hearing {key: 'h', outcome: 'MISSED', scheduledOn: $day})
"""


@pytest.fixture(scope="session")
def ask(store: Store) -> Asker:
    """The compiler on the run's database."""
    return Asker(store)


@pytest.fixture
async def graph(empty: Store) -> Store:
    """Three children without a notice, one of them with a missed hearing, and a sponsor of two; swept."""
    await empty.write(GRAPH, {"day": date(2024, 1, 31)})
    swept = [one for one in indicators(load_library(), Thresholds()) if one.name in SWEPT]
    await Sweeper(empty, swept)(day=date(2024, 5, 31))
    return empty
