"""The compiler: turns a validated operation into one Cypher statement and the shape of its response; nothing waits.

The stages, in order:

1. `operation` reads the document: fields after fragments, directives and aliases, with their arguments.
2. `context` holds what one compilation shares: the model, the actor's access, the cost so far, and the table of
fields that it is given (`api.fields` declares them; nothing here knows a field by name).
3. The table says what compiles each root field; `objects` and `connections` compile what is selected below it.
4. `filters`, `keyset`, `paging` and `access_paths` make conditions, orders and pages; `row_sources` makes their rows.
5. Each selection becomes a `projection`: the expression that the statement returns, and the `shapes` of its value.
6. `program` prints the tree once. It also records where each value of the statement comes from (`parameters`), and what
must be `awaited` in addition to the statement: prefetches, and the effect of a mutation.
"""
