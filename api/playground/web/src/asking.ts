/** Asks an operation without destroying anything that someone wrote: in a tab of its own unless the tab holds it already. */
import { useGraphiQL, useGraphiQLActions } from "@graphiql/react";
import { flushSync } from "react-dom";
import { type Asked, shownTab } from "./outcome";

/** What was written last into each tab that was opened here. */
const written = new Map<string, Asked>();

export interface Asking {
  ready: boolean;
  /** Returns whether a tab was opened; none is when the one shown holds this very operation, with these variables. */
  ask(next: Asked, holding?: Asked): boolean;
}

export function useAsking(): Asking {
  const { queryEditor, variableEditor, responseEditor } = useGraphiQL((state) => ({
    queryEditor: state.queryEditor,
    variableEditor: state.variableEditor,
    responseEditor: state.responseEditor,
  }));
  const { addTab, run, setOperationName, stop } = useGraphiQLActions();
  const holds = ({ query, variables }: Asked) =>
    queryEditor?.getValue() === query && same(variableEditor?.getValue() ?? "", variables);
  return {
    ready: Boolean(queryEditor && variableEditor && responseEditor),
    ask(next, holding = written.get(shownTab())) {
      stop();
      const kept = holding?.query === next.query && holds(holding);
      // What is left of the tab before, such as the end of its operation, is over before the next one begins.
      if (!kept) flushSync(addTab);
      written.set(shownTab(), next);
      queryEditor?.setValue(next.query);
      variableEditor?.setValue(JSON.stringify(next.variables, null, 2));
      queryEditor?.setScrollPosition({ scrollLeft: 0, scrollTop: 0 });
      if (next.operationName) setOperationName(next.operationName);
      void run();
      return !kept;
    },
  };
}

function same(text: string, variables: Record<string, unknown>): boolean {
  try {
    return JSON.stringify(text.trim() ? JSON.parse(text) : {}) === JSON.stringify(variables);
  } catch {
    return false;
  }
}
