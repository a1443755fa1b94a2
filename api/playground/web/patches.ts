// Mends the markup of GraphiQL where it keeps assistive technology out, as no option of it does.
import type { Plugin } from "vite";

interface Patch {
  file: string;
  why: string;
  changes: [from: string, to: string][];
}

const PATCHES: Patch[] = [
  {
    file: "@graphiql/react/dist/components/tabs/index.js",
    why: "A tab must hold no buttons: operations are a list, each with a button to show it and one to close it.",
    changes: [
      ['\t\t\t"aria-selected": isActive,\n', ""],
      ['\t\t\trole: "tab",\n', ""],
      ['\t\t\trole: "tablist",\n', ""],
    ],
  },
  {
    file: "graphiql/dist/GraphiQL.js",
    why: "The button of the operation that is shown says so; what it shows is no panel of a tab any more.",
    changes: [
      ['"aria-controls": "graphiql-session", id:', '"aria-controls": "graphiql-session", "aria-current": index_1 === activeTabIndex, id:'],
      ['role: "tabpanel", id: "graphiql-session"', 'role: "group", id: "graphiql-session"'],
    ],
  },
  {
    file: "graphiql-explorer/dist/Explorer.js",
    why: "The choice of the kind of a new operation has no label.",
    changes: [["value: this.state.newOperationType,\n", "value: this.state.newOperationType,\n'aria-label': 'Kind of operation',\n"]],
  },
];

/** Fails the build when a file is not as it was when its patch was written. */
export function patched(): Plugin {
  const done = new Set<string>();
  return {
    name: "patched",
    transform(code, id) {
      const path = id.split("?")[0]?.replaceAll("\\", "/") ?? "";
      const patch = PATCHES.find(({ file }) => path.endsWith(`/node_modules/${file}`));
      if (!patch) return null;
      for (const [from, to] of patch.changes) {
        if (code.split(from).length !== 2) this.error(`${patch.file} has changed; write its patch anew: ${patch.why}`);
        code = code.replace(from, to);
      }
      done.add(patch.file);
      return { code, map: null };
    },
    buildEnd(error) {
      const missed = PATCHES.filter(({ file }) => !done.has(file)).map(({ file }) => file);
      if (!error && missed.length) this.error(`Nothing was built from ${missed.join(", ")}; take its patch out.`);
    },
  };
}
