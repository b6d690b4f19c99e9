// One bundle for the command line and the worker (Node 20 runs no TypeScript). Packages stay outside it.
import { dirname } from "node:path"
import { fileURLToPath } from "node:url"
import { build } from "esbuild"

const root = dirname(dirname(fileURLToPath(import.meta.url)))

await build({
  absWorkingDir: root,
  entryPoints: ["cli/main.ts"],
  outfile: "dist/onward.mjs",
  bundle: true,
  platform: "node",
  target: "node20",
  format: "esm",
  packages: "external",
  alias: { "@": root },
  sourcemap: "linked",
  logLevel: "warning",
})
