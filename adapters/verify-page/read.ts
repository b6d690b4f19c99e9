import { createHash } from "node:crypto"
import { existsSync, readFileSync } from "node:fs"
import { dirname, join } from "node:path"

/** The page that checks packages, what it is made of, and the hash by which it is known. */
export type VerifyPage = { html: Buffer; source: Buffer; sha256: string }

let held: VerifyPage | null = null

/** As this release built it: beside the command line, else in `dist` of the folder the server was started in. Null: not built. */
export function verifyPage(): VerifyPage | null {
  if (held) return held
  const folders = [dirname(process.argv[1] ?? ""), join(process.cwd(), "dist")]
  const folder = folders.find((one) => existsSync(join(one, "verify.html")))
  if (!folder) return null
  const [html, source] = [readFileSync(join(folder, "verify.html")), readFileSync(join(folder, "verify.source.txt"))]
  held = { html, source, sha256: createHash("sha256").update(html).digest("hex") }
  return held
}
