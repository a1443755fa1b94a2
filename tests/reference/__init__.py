"""An independent reference for what the API answers: a small graph of plain objects that graphql-core walks.

`reference_schema` builds the API's own schema with resolvers; `reference_answer` executes a document over a
`SmallGraph`. `random_graph`, `random_document` and `random_walk` make graphs and documents from a seed, `write_graph`
puts the same graph into Neo4j, and `shrink` makes a document that fails small. Nothing here shares code with the
compiler but the model, the schema, global ids and `fold`.
"""

from tests.reference.answer import reference_answer, reference_schema
from tests.reference.compare import difference
from tests.reference.documents import random_document
from tests.reference.generate import random_graph
from tests.reference.hidden import disguised, seen, settled
from tests.reference.shrink import shrink
from tests.reference.small import SmallGraph, Thing, Tie
from tests.reference.walks import Walk, question_walk, random_walk
from tests.reference.write import write_graph

__all__ = [
    "SmallGraph",
    "Thing",
    "Tie",
    "Walk",
    "difference",
    "disguised",
    "question_walk",
    "random_document",
    "random_graph",
    "random_walk",
    "reference_answer",
    "reference_schema",
    "seen",
    "settled",
    "shrink",
    "write_graph",
]
