/** How many rows a question leaves out because they are about people who have turned 18: asked once the rows are shown. */
import { useEffect, useState } from "react";
import { send } from "./fetcher";
import { isObject } from "./json";
import type { Outcome } from "./outcome";
import { loadLibrary } from "./questions";

export function LeftOut({ outcome }: { outcome: Outcome }) {
  const [count, setCount] = useState(0);
  const { asked, state, number } = outcome;
  useEffect(() => {
    setCount(0);
    if (!asked || state !== "done") return;
    const stop = new AbortController();
    countLeftOut(asked.query, asked.variables, stop.signal).then(setCount, () => undefined);
    return () => stop.abort();
  }, [number, state]);
  if (!count) return null;
  return (
    <p className="sl-hint" role="note">
      {count.toLocaleString("en")} more about people who have turned 18; set includeGrownUp to true to see them.
    </p>
  );
}

async function countLeftOut(query: string, variables: Record<string, unknown>, signal: AbortSignal): Promise<number> {
  const { questions } = await loadLibrary();
  const question = questions.find(({ document }) => document === query);
  if (!question?.leftOut) return 0;
  const { first: _, after: __, ...others } = variables;
  const answer = await send({ query: question.leftOut, variables: others }, signal);
  const told = answer.data?.[question.name];
  return isObject(told) && typeof told.grownUpLeftOut === "number" ? told.grownUpLeftOut : 0;
}
