import { mkdtempSync, rmSync } from "node:fs"
import { join } from "node:path"
import { build } from "esbuild"

/** A program of the tests for a process of its own, as one file; `end` takes it away. */
export async function bundled(entry: string): Promise<{ file: string; end: () => void }> {
  // Inside the clone, so that the process finds its packages.
  const folder = mkdtempSync(join(process.cwd(), "node_modules", ".child-"))
  const file = join(folder, "child.mjs")
  await build({
    entryPoints: [entry],
    outfile: file,
    bundle: true,
    platform: "node",
    format: "esm",
    target: "node20",
    packages: "external",
    tsconfig: "tsconfig.json",
    logLevel: "error",
  })
  return { file, end: () => rmSync(folder, { recursive: true, force: true }) }
}
