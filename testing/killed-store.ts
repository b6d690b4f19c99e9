import { randomBytes } from "node:crypto"
import { folderStore } from "@/adapters/files/folder"
import { TEST_KEYS } from "./keys"

/**
 * A process that keeps a file in a folder and stands still where it is told to, for a test to kill it there: with a part of it
 * written, staged, or laid in its place and named by nobody. Says where it is, and the hash.
 */
async function main(): Promise<void> {
  const [folder = "", at = ""] = process.argv.slice(2)
  const store = folderStore(folder, TEST_KEYS)
  const here = (sha256: string): Promise<never> => {
    process.stdout.write(`${at} ${sha256}\n`)
    return new Promise(() => setInterval(() => undefined, 1_000))
  }
  const staged = await store.stage(
    (async function* () {
      yield randomBytes(150_000)
      if (at === "written") await here("")
      yield randomBytes(50_000)
    })(),
  )
  if (at === "staged") await here(staged.sha256)
  await store.keep(staged)
  await here(staged.sha256)
}

void main()
