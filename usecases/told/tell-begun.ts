import { delegationsAt } from "@/db/statements/away"
import { waitsForMe } from "@/db/statements/inbox"
import { decidersNow, insertTellings, type Telling } from "@/db/statements/tellings"
import { plusMillis } from "@/domain/core/instant"
import type { Scene } from "@/usecases/scene"
import { scopeOf } from "@/usecases/scope"
import { standInsNow } from "./delegates"
import { readerOf } from "./inbox"

/** So long after it began a delegation is told of, should no round have come by before. */
const BEGAN = 2 * 86_400_000
const MOST = 200

/**
 * Tells whoever stands in since a short while of the requests that wait for them on another's behalf: once each, however
 * many rounds come by. Gives how many tellings it was about.
 */
export async function tellBegun({ db, now }: Pick<Scene, "db" | "now">): Promise<number> {
  return db.transaction(async (tx) => {
    const before = new Set((await delegationsAt(tx, plusMillis(now, -BEGAN), null)).map((one) => one.delegationId))
    const holders = await decidersNow(tx, now)
    const tellings: Telling[] = []
    for (const [id, standsIn] of await standInsNow(tx, holders, now)) {
      const begun = standsIn.filter((one) => !before.has(one.delegationId))
      if (begun.length === 0) continue
      const actor = {
        kind: "person" as const,
        id: id as never,
        name: "",
        held: [],
        via: "page" as const,
        session: null,
      }
      const held = [...(holders.find((one) => one.id === id)?.held ?? [])]
      const reader = readerOf({ id: actor.id, held: [] }, scopeOf({ ...actor, held }), begun)
      for (const request of await waitsForMe(tx, reader, { after: null, size: MOST }))
        tellings.push({
          kind: "decide",
          to: [id],
          requestId: request.id,
          occasion: `stand-in:${begun[0]?.delegationId}:${request.id}`,
        })
    }
    await insertTellings(tx, { occasion: "stand-in", at: now, byPerson: null, mails: true }, tellings)
    return tellings.length
  })
}
