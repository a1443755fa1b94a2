/** The theme that is in force: the one that was chosen, else the system's. */
import { useGraphiQL } from "@graphiql/react";
import { useSyncExternalStore } from "react";
import type { Theme } from "./palette";

const dark = window.matchMedia("(prefers-color-scheme: dark)");

export function useTheme(): Theme {
  const chosen = useGraphiQL((state) => state.theme);
  const system = useSyncExternalStore(
    (listener) => {
      dark.addEventListener("change", listener);
      return () => dark.removeEventListener("change", listener);
    },
    () => (dark.matches ? "dark" : "light"),
  );
  return chosen ?? system;
}
