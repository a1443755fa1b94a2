// Builds the page into ../dist, every file compressed, beside a list of what it was made from.
import { createHash } from "node:crypto";
import { readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { gzipSync } from "node:zlib";
import react from "@vitejs/plugin-react";
import { defineConfig, type Plugin } from "vite";
import { patched } from "./patches";
import { monacoNotices, ownSanitizer } from "./vendored";

const root = join(import.meta.dirname, "..");
const built = join(root, "dist");
const LICENSES = "licenses.md";

function filesBelow(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    if (name === "node_modules") return [];
    return statSync(path).isDirectory() ? filesBelow(path) : [path];
  });
}

function compressed(): Plugin {
  return {
    name: "compressed",
    closeBundle() {
      for (const path of filesBelow(built)) {
        writeFileSync(`${path}.gz`, gzipSync(readFileSync(path), { level: 9 }));
        rmSync(path);
      }
      const lines = [...filesBelow(join(root, "web")), ...filesBelow(built)].map((path) => {
        const digest = createHash("sha256").update(readFileSync(path)).digest("hex");
        return `${digest}  ${relative(root, path).split(sep).join("/")}`;
      });
      lines.sort((a, b) => (a.slice(66) < b.slice(66) ? -1 : 1));
      writeFileSync(join(built, "sources.sha256"), lines.join("\n") + "\n");
    },
  };
}

export default defineConfig({
  base: "/playground/",
  plugins: [patched(), ownSanitizer(), react(), monacoNotices(join(built, LICENSES)), compressed()],
  worker: { format: "es" },
  build: {
    outDir: built,
    emptyOutDir: true,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    chunkSizeWarningLimit: 8000,
    license: { fileName: LICENSES },
    rolldownOptions: { input: ["index.html", "imports.html"] },
  },
});
