import { mkdtemp, open, rm, type FileHandle } from "node:fs/promises"
import { join } from "node:path"

/** So many texts are held; more lie sorted on the disk, in runs. */
const HELD = 50_000
const BATCH = 500

/**
 * Texts of one line each, without doubles, given back in their order: for lists of a package that are as long as the register. Holds
 * some ten megabytes, whatever their number.
 */
export class SortedTexts {
  private held = new Set<string>()
  private runs: string[] = []
  private folder: string | null = null

  /** `within`: a folder for what lies on the disk for a moment. */
  constructor(
    private readonly within: string,
    private readonly most = HELD,
  ) {}

  /** Adds a text; the order in which they come says nothing. */
  async add(text: string): Promise<void> {
    this.held.add(text)
    if (this.held.size >= this.most) await this.spill()
  }

  /** All of them in order, some at a time. */
  async *batches(): AsyncGenerator<string[]> {
    let batch: string[] = []
    let before: string | null = null
    for await (const text of this.merged()) {
      if (text === before) continue
      before = text
      batch.push(text)
      if (batch.length < BATCH) continue
      yield batch
      batch = []
    }
    if (batch.length > 0) yield batch
  }

  /** Takes away what lies on the disk. */
  async close(): Promise<void> {
    if (this.folder) await rm(this.folder, { recursive: true, force: true })
    this.held.clear()
  }

  private async spill(): Promise<void> {
    this.folder ??= await mkdtemp(join(this.within, "sorted-"))
    const path = join(this.folder, String(this.runs.length))
    const file = await open(path, "wx", 0o600)
    try {
      await file.writeFile([...this.held].sort().join("\n"))
    } finally {
      await file.close()
    }
    this.runs.push(path)
    this.held.clear()
  }

  private async *merged(): AsyncGenerator<string> {
    const held = [...this.held].sort()
    if (this.runs.length === 0) return yield* held
    const files: FileHandle[] = []
    try {
      const sources: AsyncIterator<string>[] = [fromList(held)]
      for (const path of this.runs) {
        const file = await open(path, "r")
        files.push(file)
        sources.push(file.readLines({ highWaterMark: 64 * 1024, autoClose: false })[Symbol.asyncIterator]())
      }
      const heads = await Promise.all(sources.map((source) => source.next()))
      for (;;) {
        let least = -1
        for (const [i, head] of heads.entries())
          if (!head.done && (least < 0 || head.value < (heads[least] as IteratorResult<string>).value)) least = i
        const head = heads[least]
        if (!head || head.done) return
        yield head.value
        heads[least] = await (sources[least] as AsyncIterator<string>).next()
      }
    } finally {
      for (const file of files) await file.close()
    }
  }
}

async function* fromList(list: readonly string[]): AsyncGenerator<string> {
  yield* list
}
