/** The pages of an answer: an operation is asked again with another cursor, when a variable gives its `after`. */
import { useGraphiQL, useGraphiQLActions } from "@graphiql/react";
import { type DocumentNode, Kind, parse } from "graphql";
import { useRef } from "react";
import type { Asked, Outcome, Part } from "./outcome";

export interface Pages {
  /** How many rows come before those shown; `null` when nobody knows. */
  before: number | null;
  next: (() => void) | null;
  previous: (() => void) | null;
}

/** Where the page that begins after a cursor came from. */
interface Origin {
  after: unknown;
  before: number | null;
}

export function usePages(outcome: Outcome, part: Part | undefined): Pages {
  const { queryEditor, variableEditor } = useGraphiQL((state) => ({
    queryEditor: state.queryEditor,
    variableEditor: state.variableEditor,
  }));
  const { run, setOperationName, stop } = useGraphiQLActions();
  const origins = useRef(new Map<unknown, Origin>());
  const asked = outcome.state === "done" ? outcome.asked : null;
  const variable = asked && part ? cursorVariable(asked, part.name) : null;
  if (!asked || !part || !variable) return { before: 0, next: null, previous: null };

  const after = asked.variables[variable] ?? null;
  const origin = origins.current.get(after);
  const before = after === null ? 0 : (origin?.before ?? null);
  const turn = (cursor: unknown) => {
    const { [variable]: _, ...others } = asked.variables;
    stop();
    queryEditor?.setValue(asked.query);
    variableEditor?.setValue(JSON.stringify(cursor === null ? others : { ...others, [variable]: cursor }, null, 2));
    if (asked.operationName) setOperationName(asked.operationName);
    run();
  };
  const { next, rows } = part;
  return {
    before,
    next:
      next === null
        ? null
        : () => {
            origins.current.set(next, { after, before: before === null ? null : before + rows.length });
            turn(next);
          },
    previous: after !== null && origin ? () => turn(origin.after) : null,
  };
}

/** Returns the variable that is the argument `after` of a root field. */
function cursorVariable({ query, operationName }: Asked, part: string): string | null {
  let document: DocumentNode;
  try {
    document = parse(query);
  } catch {
    return null;
  }
  for (const definition of document.definitions) {
    if (definition.kind !== Kind.OPERATION_DEFINITION || (operationName && definition.name?.value !== operationName)) continue;
    for (const field of definition.selectionSet.selections) {
      if (field.kind !== Kind.FIELD || (field.alias ?? field.name).value !== part) continue;
      const after = field.arguments?.find(({ name }) => name.value === "after");
      if (after?.value.kind === Kind.VARIABLE) return after.value.name.value;
    }
  }
  return null;
}
