// One bundle for the command line and the worker, and one for the threads beside it (Node 20 runs no TypeScript). Packages stay outside.
import { dirname } from "node:path"
import { fileURLToPath } from "node:url"
import { build } from "esbuild"

const root = dirname(dirname(fileURLToPath(import.meta.url)))

await build({
  absWorkingDir: root,
  entryPoints: { onward: "cli/main.ts", "what-if-part": "cli/what-if-part.ts" },
  outdir: "dist",
  outExtension: { ".js": ".mjs" },
  bundle: true,
  platform: "node",
  target: "node20",
  format: "esm",
  packages: "external",
  alias: { "@": root },
  sourcemap: "linked",
  logLevel: "warning",
})
