import { z } from "zod"
import { inReviewAfter } from "@/db/statements/running-stages"
import type { Instant } from "@/domain/core/instant"
import { good } from "@/domain/core/outcome"
import { look } from "@/usecases/look"
import { waitingStages } from "./waiting-stages"

/** A stage that nobody is left to decide: of which request, by its number alone. */
export type Unseated = {
  no: number
  stage: string
  entityId: string
  since: Instant
  named: boolean
  /** Somebody may take it, but not somebody else than another stage of the request needs. */
  short: boolean
}

const MOST = 100
const PAGE = 200

/**
 * The stages of requests in review that nobody may take but their authors and who sits already, or for which
 * too few different people are left: for whoever gives roles,
 * who reads nothing of the requests themselves. What is restricted is not among them: its named persons see it.
 */
export const readUnseated = look<Record<string, never>, Unseated[]>({
  name: "person.read",
  input: z.strictObject({}) as unknown as z.ZodType<Record<string, never>>,
  run: async (tx, { scene }) => {
    const found: Unseated[] = []
    for (let no = 0; found.length < MOST;) {
      const page = await inReviewAfter(tx, no, PAGE)
      const ids = page.map((one) => one.id)
      for (const one of (await waitingStages(tx, ids, scene.now)).waiting)
        if ((one.asked.length === 0 || one.short) && one.restrictedTo === null)
          found.push({
            ...{ no: one.no, stage: one.stage, entityId: one.entityId, since: one.openedAt },
            ...{ named: one.asked.length === 0 && one.persons !== null, short: one.asked.length > 0 },
          })
      const last = page[page.length - 1]
      if (page.length < PAGE || !last) break
      no = last.no
    }
    return good(found.slice(0, MOST))
  },
})
