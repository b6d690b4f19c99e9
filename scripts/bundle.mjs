// One bundle for the command line and the worker, one for the threads beside it, one for the reader of signatures (Node 20
// runs no TypeScript). Packages stay outside the first two.
import { cpSync, mkdirSync, rmSync } from "node:fs"
import { dirname, join } from "node:path"
import { fileURLToPath } from "node:url"
import { build } from "esbuild"
import { writeVerifyPage } from "./verify-page.mjs"

const root = dirname(dirname(fileURLToPath(import.meta.url)))

// What the browser needs to draw a page of a PDF, served from our own address: the library's own files, as they are.
const pdfjs = join(root, "node_modules", "pdfjs-dist")
const shown = join(root, "public", "pdf")
rmSync(shown, { recursive: true, force: true })
mkdirSync(shown, { recursive: true })
for (const name of ["pdf.min.mjs", "pdf.worker.min.mjs"])
  cpSync(join(pdfjs, "legacy", "build", name), join(shown, name))
for (const name of ["cmaps", "standard_fonts"]) cpSync(join(pdfjs, name), join(shown, name), { recursive: true })
cpSync(join(pdfjs, "wasm"), join(shown, "wasm"), { recursive: true, filter: (path) => !path.endsWith(".wasm") })

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

// Readers of hostile files run apart and may open no file but their own: all that each needs is in it.
await build({
  absWorkingDir: root,
  entryPoints: { signatures: "cli/signatures-apart.ts", redact: "cli/redact-apart.ts" },
  outdir: "dist",
  outExtension: { ".js": ".mjs" },
  bundle: true,
  platform: "node",
  target: "node20",
  format: "esm",
  alias: { "@": root },
  logLevel: "warning",
})

// The page that checks a package, and what it is made of.
await writeVerifyPage(root)
