/** The page for importing a file: what it would change is shown first, and what could not be used can be downloaded. */
import { type FormEvent, useEffect, useRef, useState } from "react";
import { Changes } from "./Changes";
import { KINDS, type Told, upload } from "./upload";

type State = { at: "asked" } | { at: "busy"; doing: string } | { at: "told"; told: Told } | { at: "failed"; why: string };

export function ImportPage() {
  const [kind, setKind] = useState(KINDS[0]);
  const [file, setFile] = useState<File | null>(null);
  const [state, setState] = useState<State>({ at: "asked" });
  const running = useRef<AbortController | null>(null);
  useEffect(() => () => running.current?.abort(), []);

  const send = async (write: boolean) => {
    if (!kind || !file) return;
    const stop = new AbortController();
    running.current = stop;
    setState({ at: "busy", doing: write ? `Importing ${file.name}` : `Reading ${file.name}` });
    try {
      setState({ at: "told", told: await upload(kind, file, write, stop.signal) });
    } catch (error) {
      setState(stop.signal.aborted ? { at: "asked" } : { at: "failed", why: (error as Error).message });
    }
  };
  const look = (event: FormEvent) => {
    event.preventDefault();
    void send(false);
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
              onChange={(event) => {
                setFile(event.target.files?.[0] ?? null);
                setState({ at: "asked" });
              }}
            />
          </label>
          <button type="submit" disabled={busy} className="im-main">
            See what it would change
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
