import type { z } from "zod"
import { good } from "@/domain/core/outcome"
import { look } from "@/usecases/look"
import { deskInput, deskPageOf, type DeskInput, type DeskPage, type DeskRow } from "./desk-page"

export type FoundLine = DeskRow & {
  /** Since when it is on record as found running, and since when it runs. */
  sinceOn: string
  startsOn: string | null
  /** Who took it; null: whoever is named in it, or recorded it, answers for it. */
  ownerId: string | null
  /** An authority demands it: it was not found, and is reviewed afterwards all the same. */
  underDemand: boolean
}

/** What was found running and is neither approved nor ended, the longest on record first, with its owner and its day. */
export const listFound = look<DeskInput, DeskPage<FoundLine>>({
  name: "register.read",
  input: deskInput as unknown as z.ZodType<DeskInput>,
  run: async (tx, { input, scope, scene }) =>
    good(await deskPageOf<FoundLine>(tx, "found", input, { scope, now: scene.now })),
})
