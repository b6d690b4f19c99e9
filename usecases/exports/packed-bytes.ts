import { createHash } from "node:crypto"
import type { Why } from "@/domain/exports/files"
import { openFile } from "@/usecases/files/read-file"
import type { PackageContext } from "./context"

/** What is wrong with a file whose bytes were asked for; null: nothing. */
export async function faultOf(on: PackageContext, sha256: string): Promise<Why | null> {
  if (!(await on.files.has(sha256))) return "missing"
  return (await on.files.check(sha256)) ? "damaged" : null
}

/** The bytes of a file, opened as they are read and held against their hash. */
export async function* bytesOf(on: PackageContext, sha256: string): AsyncGenerator<Uint8Array> {
  const opened = await openFile({ files: on.files }, sha256)
  if (!opened.ok || !opened.value) throw new Error(`the bytes of file ${sha256} went away while they were packed`)
  const hash = createHash("sha256")
  for await (const piece of opened.value as AsyncIterable<Buffer>) {
    hash.update(piece)
    on.step(0)
    yield piece
  }
  if (hash.digest("hex") !== sha256) throw new Error(`file ${sha256} is not what it was while it was packed`)
}
