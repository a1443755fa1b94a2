/** What became of the last operation of each tab, for whoever shows it. */
import { useSyncExternalStore } from "react";
import type { JsonObject } from "./json";
import type { Refused } from "./parts";

export interface Asked {
  query: string;
  variables: Record<string, unknown>;
  operationName: string | null;
}
export interface Outcome {
  /** `waiting` is for the person, who must say whether something long is to be run. */
  state: "none" | "running" | "waiting" | "done" | "failed" | "cancelled";
  /** Grows with every operation of the page; 0 before the first. */
  number: number;
  asked: Asked | null;
  /** The answer's data, with the types and ids that were asked for beside it. */
  data: JsonObject | null;
  errors: string[];
  /** Which changes of a mutation were refused, though the operation as a whole was done. */
  refused: Refused;
  milliseconds: number;
  /** When the operation was begun, by the page's clock. */
  since: number;
  /** How many seconds it is expected to take, when it was not run for that reason. */
  expected: number | null;
}

const NONE: Outcome = {
  state: "none",
  number: 0,
  asked: null,
  data: null,
  errors: [],
  refused: { reasons: [], count: 0, of: 0 },
  milliseconds: 0,
  since: 0,
  expected: null,
};

let shown = "";
let number = 0;
const outcomes = new Map<string, Outcome>();
const listeners = new Set<() => void>();

/** Says which tab is shown, and which there are; what the others answered is forgotten. */
export function showTab(id: string, all: string[]): void {
  shown = id;
  for (const known of outcomes.keys()) if (!all.includes(known)) outcomes.delete(known);
}

export function shownTab(): string {
  return shown;
}

/** How many operations were begun so far. */
export function begun(): number {
  return number;
}

/** The tabs whose next operation runs however long it is expected to take. */
const patient = new Set<string>();

/** Lets a tab's next operation run however long it is expected to take. */
export function waitFor(tab: string): void {
  patient.add(tab);
}

/** Returns whether a tab's operation runs however long that takes; asked once for each operation. */
export function takePatience(tab: string): boolean {
  return patient.delete(tab);
}

/** Begins an operation in a tab. */
export function begin(tab: string, asked: Asked | null): void {
  number += 1;
  report(tab, { ...NONE, state: "running", number, asked, since: performance.now() });
}

export function report(tab: string, next: Partial<Outcome>): void {
  outcomes.set(tab, { ...(outcomes.get(tab) ?? NONE), ...next });
  for (const listener of listeners) listener();
}

export function useOutcome(tab: string): Outcome {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => outcomes.get(tab) ?? NONE,
  );
}
