/** That an operation runs, and for how long; and the question before one that is expected to take long. */
import { useGraphiQLActions } from "@graphiql/react";
import { useEffect, useState } from "react";
import { type Outcome, shownTab, waitFor } from "./outcome";

/** Nothing is said of what is over before anybody can read it. */
const SAID_AFTER = 300;

/** Says for how long an operation has been running, second by second. */
export function Running({ since }: { since: number }) {
  const [now, setNow] = useState(() => performance.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(performance.now()), 100);
    return () => clearInterval(timer);
  }, [since]);
  const milliseconds = now - since;
  if (milliseconds < SAID_AFTER) return null;
  const seconds = Math.floor(milliseconds / 1000);
  // The seconds are for the eye: a screen reader would read each of them out.
  return (
    <>
      Running
      {seconds > 0 && <span aria-hidden="true"> for {seconds} s</span>}
    </>
  );
}

/** Asks whether to run what is expected to take long. */
export function RunAnyway({ outcome }: { outcome: Outcome }) {
  const { run } = useGraphiQLActions();
  if (outcome.state !== "waiting") return null;
  const anyway = () => {
    waitFor(shownTab());
    void run();
  };
  return (
    <p className="sl-empty" role="alert">
      This takes about {outcome.expected} s.{" "}
      <button type="button" className="sl-button sl-run" onClick={anyway}>
        Run it
      </button>
    </p>
  );
}
