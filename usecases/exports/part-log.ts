import { leafHashesBefore } from "@/db/statements/log"
import { checkpointOver, leavesFrom } from "@/db/statements/tree"
import { canonical } from "@/domain/core/canonical"
import { keyHistory } from "@/usecases/log/keys"
import { once, type PackageContext, type PackagePart } from "./context"
import { isSealedLook, toldEntries } from "./entries-in"
import { previousPackage } from "./previous"

const BATCH = 500

/** The log as far as the package is about: its entries, the hashes of all leaves, the checkpoint over them, the keys. */
export const logPart: PackagePart = async function* (on) {
  const point = await checkpointOver(on.tx, on.covers)
  if (!point) throw new Error("the log has not signed so far as the package is about")
  yield { name: "log/events.jsonl", text: entries(on) }
  yield { name: "log/leaves.bin", bytes: leaves(on, point.size) }
  yield { name: "log/checkpoint.txt", text: once(point.note) }
  yield { name: "log/keys.json", text: once(`${canonical(await keys(on))}\n`) }
  yield { name: "log/previous.json", text: once(`${canonical(await previousPackage(on))}\n`) }
}

async function* entries(on: PackageContext): AsyncGenerator<string> {
  const { logSize } = on.about
  let [told, looks] = [0, 0]
  const isTold = toldEntries(on)
  for (let from = 0; from < logSize; from += BATCH) {
    const page = await leavesFrom(on.tx, from, Math.min(BATCH, logSize - from))
    on.step(page.length)
    const mine = await isTold(page)
    const lines = page.filter((leaf) => mine.has(leaf.index)).map((leaf) => `${leaf.bytes}\n`)
    told += lines.length
    looks += page.filter(isSealedLook).length
    if (lines.length > 0) yield lines.join("")
  }
  on.count.withheld.looks = looks
  on.count.withheld.entries = logSize - told - looks
}

async function* leaves({ tx }: PackageContext, size: number): AsyncGenerator<Uint8Array> {
  for await (const hashes of leafHashesBefore(tx, size)) yield Buffer.concat(hashes)
}

/** Every key by which the log signed, whenever: whoever checks the note of a package needs the newest as well. */
async function keys({ tx }: PackageContext) {
  return (await keyHistory(tx)).map(({ name, id, key, from, until, index, by, signature }) => ({
    ...{ name, id, key, from, until, index, by, signature },
  }))
}
