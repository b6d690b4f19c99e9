import { readLog, type LogLine, type LogPage } from "@/usecases/audit/read-log"
import type { Call } from "./commands"
import { must, print, Refused } from "./say"
import { commandScene, findPlace } from "./wiring"

/** `log [--record ID] [--limit N]`: `[{index, at, actor, act, recordKind, recordId, leafHash}]`, oldest first. */
export async function log({ options, json }: Call): Promise<void> {
  if (options.limit !== undefined && !/^[1-9]\d{0,8}$/.test(options.limit))
    throw new Refused(`--limit is "${options.limit}": give a number from 1.`)
  const place = findPlace(options.sample ? "sample" : "main")
  const { scene, close } = await commandScene(place)
  try {
    const limit = options.limit ? Number(options.limit) : Number.POSITIVE_INFINITY
    const lines: LogLine[] = []
    for (let before: number | null = null; lines.length < limit;) {
      const page: LogPage = must(await readLog(scene, { before, object: options.record ?? "", size: 200 }))
      lines.push(...page.lines)
      before = page.next
      if (before === null) break
    }
    const out = lines
      .slice(0, limit)
      .reverse()
      .map((line) => ({
        index: line.index,
        at: line.at,
        actor: line.actorId,
        act: line.act,
        recordKind: line.objects[0]?.type ?? null,
        recordId: line.objects[0]?.id ?? null,
        leafHash: line.hash,
      }))
    print(
      json,
      out,
      out.map((line) => `${line.index}\t${line.at}\t${line.actor}\t${line.act}\t${line.recordId ?? ""}`).join("\n"),
    )
  } finally {
    await close()
    place.leave()
  }
}
