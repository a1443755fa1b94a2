/** The answer, as JSON, table or graph, with how long it took and how many rows it has. */
import { useGraphiQL, useGraphiQLActions } from "@graphiql/react";
import { type ReactNode, useEffect, useLayoutEffect, useRef, useState } from "react";
import { useEditorTheme, useSmallerLetters } from "./editors";
import { Graph } from "./Graph";
import { LeftOut } from "./LeftOut";
import { type Outcome, begin, begun, report, showTab, useOutcome } from "./outcome";
import { type Pages, usePages } from "./paging";
import { type Part, partsOf } from "./parts";
import { Problems } from "./Problems";
import { Table, Value } from "./Table";
import { RunAnyway, Running } from "./Running";
import { rowOf } from "./table";
import { chooseWide, useWide } from "./width";

const VIEWS = ["Table", "Graph", "JSON"] as const;
type View = (typeof VIEWS)[number];

export function Results() {
  const tab = useTab();
  const outcome = useOutcome(tab);
  const { stop } = useGraphiQLActions();
  const [view, setView] = useState<View>("Table");
  const wide = useWide();
  useSmallerLetters();
  useEditorTheme();
  const parts = partsOf(outcome.data);
  const [chosen, setChosen] = useState("");
  const part = parts.find(({ name }) => name === chosen) ?? parts[0];
  const pages = usePages(outcome, part);
  useEffect(() => {
    document.body.dataset.view = view;
    document.body.classList.toggle("sl-wide", wide);
  }, [view, wide]);
  return (
    <section className="sl-results" aria-label="Answer">
      <div className="sl-bar">
        <div role="tablist" aria-label="Show the answer as" className="sl-tabs" onKeyDown={moveFocus}>
          {VIEWS.map((name) => (
            <button
              key={name}
              type="button"
              role="tab"
              id={`sl-tab-${name}`}
              aria-selected={view === name}
              aria-controls="sl-view"
              tabIndex={view === name ? 0 : -1}
              onClick={() => setView(name)}
            >
              {name}
            </button>
          ))}
        </div>
        {parts.length > 1 && view === "Table" && (
          <select
            className="sl-input"
            aria-label="Part of the answer"
            value={part?.name}
            onChange={(event) => setChosen(event.target.value)}
          >
            {parts.map(({ name }) => (
              <option key={name}>{name}</option>
            ))}
          </select>
        )}
        <span role="status" className="sl-status">
          {outcome.state === "running" ? <Running since={outcome.since} /> : summary(outcome, part, pages)}
        </span>
        <Pager pages={pages} />
        {outcome.state === "running" && (
          <button type="button" className="sl-button sl-cancel" onClick={stop}>
            Cancel
          </button>
        )}
        <button type="button" className="sl-button" aria-pressed={wide} onClick={() => chooseWide(!wide)}>
          Wide
        </button>
      </div>
      {outcome.state === "waiting" ? <RunAnyway outcome={outcome} /> : <Problems outcome={outcome} />}
      <div id="sl-view" role="tabpanel" aria-labelledby={`sl-tab-${view}`} className="sl-view">
        <Shown key={outcome.number} view={view} outcome={outcome} part={part} />
      </div>
    </section>
  );
}

/** Returns the id of the tab that is shown; an operation ends when its tab is left, or says why it did not begin. */
function useTab(): string {
  const { tabs, activeTabIndex, queryId, responseEditor } = useGraphiQL((state) => ({
    tabs: state.tabs,
    activeTabIndex: state.activeTabIndex,
    queryId: state.queryId,
    responseEditor: state.responseEditor,
  }));
  const { stop } = useGraphiQLActions();
  const tab = tabs[activeTabIndex]?.id ?? "";
  const all = tabs.map(({ id }) => id).join(" ");
  const known = useRef(begun());
  useLayoutEffect(() => showTab(tab, all.split(" ")), [tab, all]);
  useEffect(() => stop, [tab]);
  useEffect(() => {
    if (queryId && known.current === begun()) {
      begin(tab, null);
      report(tab, { state: "failed", errors: [refusalOf(responseEditor?.getValue() ?? "")] });
    }
    known.current = begun();
  }, [queryId]);
  return tab;
}

/** GraphiQL writes into its own view of the answer why it sends nothing: variables or headers that are no JSON. */
function refusalOf(response: string): string {
  try {
    return String(JSON.parse(response).errors[0].message);
  } catch {
    return "The operation was not sent; mend its variables and headers.";
  }
}

function Pager({ pages: { previous, next } }: { pages: Pages }) {
  if (!previous && !next) return null;
  return (
    <span role="group" aria-label="Pages" className="sl-pages">
      <button type="button" className="sl-button" disabled={!previous} onClick={() => previous?.()}>
        Previous page
      </button>
      <button type="button" className="sl-button" disabled={!next} onClick={() => next?.()}>
        Next page
      </button>
    </span>
  );
}

/** Keeps what was shown once, so that a view is found again as it was left. */
function Kept({ shown, children }: { shown: boolean; children: ReactNode }) {
  const seen = useRef(shown);
  seen.current ||= shown;
  return (
    <div className="sl-kept" hidden={!shown}>
      {seen.current && children}
    </div>
  );
}

function Shown({ view, outcome, part }: { view: View; outcome: Outcome; part: Part | undefined }) {
  if (outcome.state === "running") return <p className="sl-empty">Asking…</p>;
  if (outcome.state === "waiting") return null;
  return (
    <>
      {!outcome.data || !part ? (
        !outcome.errors.length && <p className="sl-empty">{idle(outcome)}</p>
      ) : (
        <>
          <Kept shown={view === "Graph"}>
            <Graph data={outcome.data} />
          </Kept>
          <Kept shown={view === "Table"}>
            <Facts facts={part.facts} />
            <LeftOut outcome={outcome} />
            {part.rows.length ? (
              <Table key={part.name} name={part.name} values={part.rows} />
            ) : (
              <p className="sl-empty">No rows.</p>
            )}
          </Kept>
        </>
      )}
    </>
  );
}

/** What is said beside a list, such as how many things a table's groups count. */
function Facts({ facts }: { facts: Part["facts"] }) {
  const known = [...rowOf(facts)];
  if (!known.length) return null;
  return (
    <dl className="sl-facts" aria-label="Beside the rows">
      {known.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>
            <Value cell={value} />
          </dd>
        </div>
      ))}
    </dl>
  );
}

function idle(outcome: Outcome): string {
  return outcome.state === "cancelled" ? "Cancelled; nothing runs any more." : "Run a question, or an operation of your own.";
}

function summary(outcome: Outcome, part: Part | undefined, { before }: Pages): string {
  if (outcome.state === "none") return "";
  if (outcome.state === "waiting") return "Not run yet";
  const time = `${(outcome.milliseconds / 1000).toFixed(outcome.milliseconds < 10_000 ? 2 : 0)} s`;
  if (outcome.state === "cancelled") return `Cancelled after ${time}`;
  if (!part) return outcome.state === "failed" ? `Failed after ${time}` : time;
  const { refused } = outcome;
  if (refused.count) return `${refused.count} of ${refused.of} ${refused.of === 1 ? "change" : "changes"} refused in ${time}`;
  const count = part.rows.length.toLocaleString("en");
  const of = part.total !== null && part.total !== part.rows.length ? ` of ${part.total.toLocaleString("en")}` : "";
  if (before) return `${rangeOf(before, part)} in ${time}`;
  return `${count}${of} ${part.rows.length === 1 && !of ? "row" : "rows"} in ${time}`;
}

function rangeOf(before: number, part: Part): string {
  const [first, last] = [before + 1, before + part.rows.length].map((row) => row.toLocaleString("en"));
  const of = part.total === null ? "" : ` of ${part.total.toLocaleString("en")}`;
  return part.rows.length === 1 ? `row ${first}${of}` : `rows ${first} to ${last}${of}`;
}

function moveFocus(event: React.KeyboardEvent<HTMLDivElement>): void {
  const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  if (!step) return;
  const tabs = [...event.currentTarget.querySelectorAll<HTMLElement>("[role=tab]")];
  const next = tabs[(tabs.indexOf(document.activeElement as HTMLElement) + step + tabs.length) % tabs.length];
  next?.focus();
  next?.click();
}
