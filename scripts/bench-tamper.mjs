// `npm run bench -- tamper [COUNT] [PACKAGE]`: random changes to the bytes of a package, of which the verifier has to find each.
import { mkdirSync, readFileSync, rmSync } from "node:fs"
import { dirname, join } from "node:path"
import { fileURLToPath, pathToFileURL } from "node:url"
import { build } from "esbuild"

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)))

/** Runs them and says how many were found; the exit code is 0 only where all were. */
export async function benchTamper([count = "10000", path] = process.argv.slice(3)) {
  const code = join(ROOT, "dist", "bench")
  mkdirSync(code, { recursive: true })
  const outfile = join(code, "tamper.mjs")
  await build({
    absWorkingDir: ROOT,
    stdin: {
      contents:
        'export * from "@/verifier/core/verify"; export * from "@/verifier/testing/mutate"; export * from "@/verifier/testing/small-register"',
      resolveDir: ROOT,
      loader: "ts",
    },
    outfile,
    bundle: true,
    platform: "node",
    target: "node20",
    format: "esm",
    alias: { "@": ROOT },
    logLevel: "warning",
  })
  const { verifyPackage, mutations, sourceOf, aRegister } = await import(pathToFileURL(outfile))
  rmSync(code, { recursive: true, force: true })
  const bytes = path ? new Uint8Array(readFileSync(path)) : aRegister().pack()
  const seed = Number(process.env.ONWARD_SEED ?? Math.floor(Math.random() * 2 ** 31))
  const began = Date.now()
  const verdicts = {}
  const missed = []
  for (const { what, bytes: changed } of mutations(bytes, seed, Number(count))) {
    const { verdict } = await verifyPackage({ source: sourceOf(changed) })
    verdicts[verdict] = (verdicts[verdict] ?? 0) + 1
    if (verdict === "intact") missed.push(what)
  }
  const whole = (await verifyPackage({ source: sourceOf(bytes) })).verdict
  process.stdout.write(
    `${JSON.stringify({ bytes: bytes.length, seed, count: Number(count), whole, verdicts, missed, seconds: (Date.now() - began) / 1000 })}\n`,
  )
  return missed.length === 0 && whole === "intact" ? 0 : 1
}
