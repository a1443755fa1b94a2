/** How GraphiQL's editors look here. */
import { useGraphiQL, useGraphiQLActions, useMonaco } from "@graphiql/react";
import { useEffect } from "react";
import { useTheme } from "./theme";

export const EDITOR_THEMES = { light: "sightline-light", dark: "sightline-dark" };

const COLOURS = {
  light: { comment: "4a6b3a", argument: "5a57b8", back: "#ffffff", number: "#5b6675" },
  dark: { comment: "8fbf7a", argument: "a39ffb", back: "#1e242e", number: "#a3adbb" },
};

/** Defines the two themes, and lets the editors follow the system's when it changes, as the rest of the page does. */
export function useEditorTheme(): void {
  const monaco = useMonaco((state) => state.monaco);
  const chosen = useGraphiQL((state) => state.theme);
  const { setTheme } = useGraphiQLActions();
  const theme = useTheme();
  useEffect(() => {
    for (const [name, colours] of Object.entries(COLOURS)) {
      monaco?.editor.defineTheme(`sightline-${name}`, {
        base: name === "dark" ? "vs-dark" : "vs",
        inherit: true,
        rules: [
          { token: "comment", foreground: colours.comment },
          { token: "argument.identifier.gql", foreground: colours.argument },
        ],
        colors: {
          "editor.background": colours.back,
          "editorLineNumber.foreground": colours.number,
          "editorLineNumber.dimmedForeground": colours.number,
          "scrollbar.shadow": "#ffffff00",
        },
      });
    }
    if (monaco) setTheme(chosen);
  }, [monaco, theme]);
}

/** Gives the editors the size of letters that the rest of the page has. */
export function useSmallerLetters(): void {
  const editors = useGraphiQL((state) => ({
    query: state.queryEditor,
    variables: state.variableEditor,
    headers: state.headerEditor,
    response: state.responseEditor,
  }));
  useEffect(() => {
    for (const editor of Object.values(editors)) editor?.updateOptions({ fontSize: 12.5, lineHeight: 18 });
  }, Object.values(editors));
}
