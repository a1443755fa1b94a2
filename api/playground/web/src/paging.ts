/** The pages of an answer: an operation is asked again with another cursor, when a variable gives its `after`. */
import { type DocumentNode, Kind, parse } from "graphql";
import { useRef } from "react";
import { useAsking } from "./asking";
import type { Asked, Outcome } from "./outcome";
import type { Part } from "./parts";

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
  const { ask } = useAsking();
  const origins = useRef(new Map<unknown, Origin>());
  const asked = outcome.state === "done" ? outcome.asked : null;
  const variable = asked && part ? cursorVariable(asked, part.field) : null;
  if (!asked || !part || !variable) return { before: 0, next: null, previous: null };

  const after = asked.variables[variable] ?? null;
  const origin = origins.current.get(after);
  const before = after === null ? 0 : (origin?.before ?? null);
  const turn = (cursor: unknown) => {
    const { [variable]: _, ...others } = asked.variables;
    ask({ ...asked, variables: cursor === null ? others : { ...others, [variable]: cursor } }, asked);
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
function cursorVariable({ query, operationName }: Asked, name: string): string | null {
  let document: DocumentNode;
  try {
    document = parse(query);
  } catch {
    return null;
  }
  for (const definition of document.definitions) {
    if (definition.kind !== Kind.OPERATION_DEFINITION || (operationName && definition.name?.value !== operationName)) continue;
    for (const field of definition.selectionSet.selections) {
      if (field.kind !== Kind.FIELD || (field.alias ?? field.name).value !== name) continue;
      const after = field.arguments?.find(({ name }) => name.value === "after");
      if (after?.value.kind === Kind.VARIABLE) return after.value.name.value;
    }
  }
  return null;
}
