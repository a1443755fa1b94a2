/** The page for importing a file: what it would change is shown first, and what could not be used can be downloaded. */
import { type FormEvent, useEffect, useRef, useState } from "react";
import { Changes } from "./Changes";
import { Mapping } from "./Mapping";
import { KINDS, SPREADSHEET, type Suggestion, type Told, suggest, upload } from "./upload";

type State = { at: "asked" } | { at: "busy"; doing: string } | { at: "told"; told: Told } | { at: "failed"; why: string };

export function ImportPage() {
  const [kind, setKind] = useState(KINDS[0]);
  const [file, setFile] = useState<File | null>(null);
  const [suggestion, setSuggestion] = useState<Suggestion | null>(null);
  const [mapping, setMapping] = useState("");
  const [state, setState] = useState<State>({ at: "asked" });
  const running = useRef<AbortController | null>(null);
  useEffect(() => () => running.current?.abort(), []);

  const mapped = kind?.name === SPREADSHEET;
  const run = async (doing: string, work: (signal: AbortSignal) => Promise<State>) => {
    const stop = new AbortController();
    running.current = stop;
    setState({ at: "busy", doing });
    try {
      setState(await work(stop.signal));
    } catch (error) {
      setState(stop.signal.aborted ? { at: "asked" } : { at: "failed", why: (error as Error).message });
    }
  };
  const send = async (write: boolean) => {
    if (!kind || !file) return;
    const words = mapped ? mapping : null;
    await run(write ? `Importing ${file.name}` : `Reading ${file.name}`, async (signal) => ({
      at: "told",
      told: await upload(kind, file, words, write, signal),
    }));
  };
  const ask = async () => {
    if (!kind || !file) return;
    await run(`Reading ${file.name}`, async (signal) => {
      const found = await suggest(kind, file, signal);
      setSuggestion(found);
      if (!mapping.trim()) setMapping(found.mapping);
      return { at: "asked" };
    });
  };
  const choose = (chosen: File | null) => {
    setFile(chosen);
    setSuggestion(null);
    setState({ at: "asked" });
  };
  const look = (event: FormEvent) => {
    event.preventDefault();
    void (mapped && !suggestion ? ask() : send(false));
  };
  const busy = state.at === "busy";
  return (
    <>
      <header>
        <p className="im-name">Sightline</p>
        <nav aria-label="Pages">
          <a href="/">Questions</a>
          <a href="/imports" aria-current="page">
            Import files
          </a>
        </nav>
        <form method="post" action="/sign-out">
          <button type="submit">Sign out</button>
        </form>
      </header>
      <main>
        <h1>Import a file</h1>
        <p>You see first what the file would change. Nothing is written before you say so.</p>
        <form onSubmit={look} aria-label="What to import">
          <fieldset disabled={busy}>
            <legend>What does the file hold?</legend>
            {KINDS.map((one) => (
              <label key={one.name} className="im-kind">
                <input
                  type="radio"
                  name="kind"
                  checked={kind === one}
                  onChange={() => {
                    setKind(one);
                    setSuggestion(null);
                    setState({ at: "asked" });
                  }}
                />
                <span>
                  {one.title}
                  <span className="im-hint">{one.hint}</span>
                </span>
              </label>
            ))}
          </fieldset>
          <label className="im-file">
            File
            <input
              type="file"
              required
              disabled={busy}
              accept={kind?.endings}
              onChange={(event) => choose(event.target.files?.[0] ?? null)}
            />
          </label>
          {mapped && suggestion && (
            <Mapping
              suggestion={suggestion}
              text={mapping}
              disabled={busy}
              onChange={(text) => {
                setMapping(text);
                if (state.at !== "busy") setState({ at: "asked" });
              }}
            />
          )}
          <button type="submit" disabled={busy} className="im-main">
            {mapped && !suggestion ? "Read the columns" : "See what it would change"}
          </button>
        </form>
        <div role="status">
          {busy && (
            <p>
              {state.doing}…{" "}
              <button type="button" onClick={() => running.current?.abort()}>
                Cancel
              </button>
            </p>
          )}
        </div>
        {state.at === "failed" && <p role="alert">{state.why}</p>}
        {state.at === "told" && <Changes told={state.told} onImport={() => void send(true)} />}
      </main>
    </>
  );
}
