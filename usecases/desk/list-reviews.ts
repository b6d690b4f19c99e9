import type { z } from "zod"
import { good } from "@/domain/core/outcome"
import type { Due, ReviewKind } from "@/domain/reviews/dues"
import { look } from "@/usecases/look"
import { deskInput, deskPageOf, type DeskInput, type DeskPage, type DeskRow } from "./desk-page"

export type ReviewLine = DeskRow & {
  kind: ReviewKind
  rule: Due["rule"]
  sinceOn: string | null
  length: number | null
  about: string | null
}

/** What is to be looked at again, overdue first, with the arithmetic of each day. */
export const listReviews = look<DeskInput, DeskPage<ReviewLine>>({
  name: "register.read",
  input: deskInput as unknown as z.ZodType<DeskInput>,
  run: async (tx, { input, scope, scene }) =>
    good(await deskPageOf<ReviewLine>(tx, "reviews", input, { scope, now: scene.now })),
})
