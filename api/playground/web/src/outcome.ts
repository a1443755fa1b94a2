/** What became of the last operation, for whoever shows it. */
import { useSyncExternalStore } from "react";
import { type Json, type JsonObject, isObject, listOf } from "./json";

export interface Outcome {
  state: "none" | "running" | "done" | "failed" | "cancelled";
  /** The answer's data, with the types and ids that were asked for beside it. */
  data: JsonObject | null;
  errors: string[];
  milliseconds: number;
}

let current: Outcome = { state: "none", data: null, errors: [], milliseconds: 0 };
const listeners = new Set<() => void>();

export function report(next: Partial<Outcome>): void {
  current = { ...current, ...next };
  for (const listener of listeners) listener();
}

export function useOutcome(): Outcome {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => current,
  );
}

export interface Part {
  name: string;
  rows: Json[];
  total: number | null;
}

/** The root fields of an answer, each as rows: of its list or connection, or one row for a single object. */
export function partsOf(data: JsonObject | null): Part[] {
  return Object.entries(data ?? {})
    .filter(([name]) => !name.startsWith("__"))
    .map(([name, value]) => {
      const rows = listOf(value) ?? (value === null ? [] : [value]);
      const total = isObject(value) && typeof value.totalCount === "number" ? value.totalCount : null;
      return { name, rows, total };
    });
}
