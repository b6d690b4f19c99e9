// The build writes what many pages share once for each of them, under a name of its own each time: the server then holds the same code
// as often as there are pages. Here what has the same content stands once, and the other names lead to it.
import { createHash } from "node:crypto"
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { join } from "node:path"

/** A file shorter than this is not worth a name that leads elsewhere. */
const LEAST = 2_000
const MAP = /\s*\/\/# sourceMappingURL=.*\s*$/

/**
 * In each folder of server chunks: of files that say the same, but for where their source map lies, the first by name stays. Gives how
 * many lead elsewhere now, and how many signs of code went.
 */
export function sameChunks(dist) {
  const out = { files: 0, signs: 0 }
  for (const folder of [join(dist, "server", "chunks"), join(dist, "server", "chunks", "ssr")]) {
    const first = new Map()
    for (const name of existsSync(folder) ? readdirSync(folder).sort() : []) {
      if (!name.endsWith(".js")) continue
      const text = readFileSync(join(folder, name), "utf8").replace(MAP, "")
      // The runtime holds the state of all modules, and is loaded by its own name.
      if (text.length < LEAST || !text.startsWith("module.exports=[")) continue
      const hash = createHash("sha256").update(text).digest("hex")
      const same = first.get(hash)
      if (same === undefined) {
        first.set(hash, name)
        continue
      }
      // A new file, for the old one may be shared with a copy of the tree.
      rmSync(join(folder, name))
      writeFileSync(join(folder, name), `module.exports=require(${JSON.stringify(`./${same}`)})\n`)
      rmSync(join(folder, `${name}.map`), { force: true })
      out.files += 1
      out.signs += text.length
    }
  }
  return out
}
