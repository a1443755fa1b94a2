/** The page: GraphiQL, the query library at its left, the answer's views at its right. */
import { DOC_EXPLORER_PLUGIN } from "@graphiql/plugin-doc-explorer";
import { explorerPlugin } from "@graphiql/plugin-explorer";
import { HISTORY_PLUGIN } from "@graphiql/plugin-history";
import { GraphiQL } from "graphiql";
import { useEffect, useState } from "react";
import { EDITOR_THEMES } from "./editors";
import { makeFetcher } from "./fetcher";
import { LIBRARY } from "./Library";
import { memoryStorage } from "./memory";
import { loadLibrary } from "./questions";
import { Results } from "./Results";

const WELCOME = `# Choose a question at the left, or write an operation of your own.
# Ctrl-Enter runs it, Ctrl-Space completes it, Shift-Ctrl-P prettifies it.
# Nothing that you write or see here is kept when you close the page.

{
  sponsors(first: 10, orderBy: [{ field: CHILD_COUNT, direction: DESC }]) {
    totalCount
    nodes { firstName lastName childCount addresses { nodes { street city state } } }
  }
}
`;

const fetcher = makeFetcher();
const plugins = [LIBRARY, HISTORY_PLUGIN, explorerPlugin({})];
const storage = memoryStorage({ "graphiql:docExplorerFlex": "0.36", "graphiql:editorFlex": "0.55" });

export function App() {
  return (
    <GraphiQL
      fetcher={fetcher}
      plugins={plugins}
      referencePlugin={DOC_EXPLORER_PLUGIN}
      visiblePlugin={LIBRARY}
      storage={storage}
      shouldPersistHeaders={false}
      showPersistHeadersSettings={false}
      defaultQuery={WELCOME}
      editorTheme={EDITOR_THEMES}
    >
      <GraphiQL.Logo>
        <form method="post" action="/sign-out" className="sl-logo">
          <h1>Sightline</h1>
          <a href="/imports">Import files</a>
          <Reviewer />
          <button type="submit" className="sl-button">
            Sign out
          </button>
        </form>
      </GraphiQL.Logo>
      <GraphiQL.Footer>
        <Results />
      </GraphiQL.Footer>
    </GraphiQL>
  );
}

/** Under which name reviews are stored. */
function Reviewer() {
  const [name, setName] = useState("");
  useEffect(() => {
    loadLibrary().then(({ reviewer }) => setName(reviewer), () => undefined);
  }, []);
  return name && <span className="sl-reviewer" title={`Signed in as ${name}`}>{name}</span>;
}
