"""Updates weights when no finding changed: after a birthday, or when a birth date was corrected."""

from __future__ import annotations

from collections.abc import Sequence

from graph.writing.touched import WEIGHT
from queries.findings.lease import WRITTEN, Turn
from queries.findings.statements import ABOUT, DAY, FENCE, Occasion, batches
from queries.findings.weighing import weighed_lines


async def reweigh(turn: Turn, occasion: Occasion, keys: Sequence[str] | None, *, batch_size: int) -> None:
    """Correct every weight that does not match the child's findings on the day, for these children or for all."""
    if keys is None or keys:
        statement = reweigh_statement(touched=keys is not None, batch_size=batch_size)
        ((changed,),) = await turn.write(statement, occasion.parameters(keys))
        if changed:
            turn.touched.whole |= WRITTEN


def reweigh_statement(*, touched: bool, batch_size: int) -> str:
    """Return the statement for `reweigh`; with `touched`, its additional parameter is a list of children's keys."""
    return "\n".join(
        [
            "CYPHER 25",
            "MATCH (child_:Child)",
            *([f"WHERE child_.key IN {ABOUT}"] if touched else []),
            *weighed_lines(DAY),
            f"WITH child_ WHERE coalesce(child_.{WEIGHT}, 0) <> coalesce(weight_, 0)",
            "CALL (child_) {",
            f"  {FENCE}",
            "  SET child_.weighed = true",
            *(f"  {line}" for line in weighed_lines(DAY)),
            f"  SET child_.{WEIGHT} = weight_",
            "  REMOVE child_.weighed",
            batches(batch_size),
            "RETURN count(*)",
        ]
    )
