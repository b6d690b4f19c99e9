// One bundle for the command line and the worker, one for the reader of signatures (Node 20 runs no TypeScript). Packages
// stay outside the first.
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

// The reader of hostile files runs apart and may open no file but its own: all that it needs is in it.
await build({
  absWorkingDir: root,
  entryPoints: ["usecases/signatures/worker.ts"],
  outfile: "dist/signatures.mjs",
  bundle: true,
  platform: "node",
  target: "node20",
  format: "esm",
  alias: { "@": root },
  logLevel: "warning",
})
