// Replaces and names the code of others that Monaco carries inside itself, where npm sees neither its version nor its licence.
import { appendFileSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Plugin } from "vite";

const MONACO = join(import.meta.dirname, "node_modules", "monaco-editor");
const SANITIZER = join(import.meta.dirname, "src", "dompurify.ts");
const COPY = /(^|\/)dompurify\/dompurify\.js$/;

/** Builds Monaco with the DOMPurify of package.json; fails when Monaco no longer asks for a copy of its own. */
export function ownSanitizer(): Plugin {
  let replaced = false;
  return {
    name: "own-sanitizer",
    enforce: "pre",
    resolveId(source, importer) {
      if (!COPY.test(source) || !importer?.includes("monaco-editor")) return null;
      replaced = true;
      return SANITIZER;
    },
    buildEnd(error) {
      if (!error && !replaced) this.error("Monaco brings no DOMPurify any more; take its replacement out.");
    },
  };
}

/** Adds to the list of licences what Monaco contains: its icon font, and what its own notices name. */
export function monacoNotices(list: string): Plugin {
  return {
    name: "monaco-notices",
    writeBundle() {
      const { version } = JSON.parse(readFileSync(join(MONACO, "package.json"), "utf8"));
      const notices = readFileSync(join(MONACO, "ThirdPartyNotices.txt"), "utf8").replaceAll("\r\n", "\n").trim();
      appendFileSync(
        list,
        `\n## Codicons, the icon font of monaco-editor - ${version} (CC-BY-4.0)\n\n` +
          "Visual Studio Code Icons. Copyright (c) Microsoft Corporation. The font is unchanged, and is licensed under the\n" +
          "Creative Commons Attribution 4.0 International License: https://creativecommons.org/licenses/by/4.0/legalcode\n" +
          "It comes without warranties of any kind, as section 5 of the licence says.\n" +
          `\n## Third-party notices of monaco-editor - ${version}\n\n${notices}\n`,
      );
    },
  };
}
