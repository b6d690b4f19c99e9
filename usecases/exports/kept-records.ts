import { randomBytes } from "node:crypto"
import { open, type FileHandle } from "node:fs/promises"
import { join } from "node:path"
import type { PackedRecord } from "./records-in"

type Place = { asked: number; at: number; bytes: number }

/**
 * The records of one kind as they were opened the first time, for the parts that read them again: to open them costs ten times what it
 * costs to read them here. What is little stays in memory, more lies on the disk until the package's folder goes.
 */
export class KeptRecords {
  private readonly held: { asked: number; records: PackedRecord[] }[] = []
  private readonly places: Place[] = []
  private readonly path: string
  private file: FileHandle | null = null
  private end = 0

  /** `room`: so many signs of text may stay in memory, of all kinds together. */
  constructor(
    folder: string,
    private readonly room: { signs: number },
  ) {
    this.path = join(folder, `records-${randomBytes(6).toString("hex")}`)
  }

  /** Adds some, in their order; `asked`: of how many they are what the package holds. */
  async add(asked: number, records: readonly PackedRecord[]): Promise<void> {
    const text = JSON.stringify(records)
    if (this.file === null && text.length <= this.room.signs) {
      this.room.signs -= text.length
      this.held.push({ asked, records: [...records] })
      return
    }
    this.file ??= await open(this.path, "wx", 0o600)
    const bytes = Buffer.from(text, "utf8")
    await this.file.writeFile(bytes)
    this.places.push({ asked, at: this.end, bytes: bytes.length })
    this.end += bytes.length
  }

  /** No more come. */
  async close(): Promise<void> {
    await this.file?.close()
    this.file = null
  }

  /** All of them, some at a time. */
  async *read(): AsyncGenerator<{ asked: number; records: PackedRecord[] }> {
    yield* this.held
    if (this.places.length === 0) return
    const file = await open(this.path, "r")
    try {
      for (const { asked, at, bytes } of this.places)
        yield { asked, records: JSON.parse(await textAt(file, at, bytes)) }
    } finally {
      await file.close()
    }
  }

  /** All of them where they are in memory, else null. */
  atHand(): PackedRecord[] | null {
    return this.places.length > 0 ? null : this.held.flatMap(({ records }) => records)
  }
}

async function textAt(file: FileHandle, at: number, length: number): Promise<string> {
  const bytes = Buffer.allocUnsafe(length)
  for (let done = 0; done < length;) {
    const { bytesRead } = await file.read(bytes, done, length - done, at + done)
    if (bytesRead === 0) throw new Error("what was kept of the records was cut short")
    done += bytesRead
  }
  return bytes.toString("utf8")
}
