/** Whether the answer takes the editor's place: as last chosen, else from the first question that a form asks. */
import { useSyncExternalStore } from "react";

let wide = false;
let chosen = false;
const listeners = new Set<() => void>();

function set(next: boolean): void {
  wide = next;
  for (const listener of listeners) listener();
}

export function suggestWide(): void {
  if (!chosen) set(true);
}

export function chooseWide(next: boolean): void {
  chosen = true;
  set(next);
}

export function useWide(): boolean {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => wide,
  );
}
