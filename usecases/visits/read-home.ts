import { z } from "zod"
import { good, type Outcome } from "@/domain/core/outcome"
import { look } from "@/usecases/look"
import { questionsFor, type QuestionsPage } from "@/usecases/questions/read-questions"
import { inReviewFor, type RequestLine } from "@/usecases/requests/list-requests"
import { changesFor, type ChangesPage } from "./read-changes"

export type VisitorsHome = { questions: QuestionsPage; changes: ChangesPage; inReview: RequestLine[] }

const SHOWN = 5

/**
 * What a supervisor's home shows, all of it in one look: what they asked last, what changed since their last visit, what is in review.
 * Opening it is one entry of the log, which says that it was the home.
 */
export const readVisitorsHome = look<Record<string, never>, VisitorsHome>({
  name: "visit.read",
  input: z.strictObject({}) as unknown as z.ZodType<Record<string, never>>,
  about: () => [{ type: "answer", id: "home" }],
  run: async (tx, on): Promise<Outcome<VisitorsHome>> => {
    const changes = await changesFor(tx, { since: null, day: null, after: "", size: SHOWN }, on)
    if (!changes.ok) return changes
    const asked = { state: "all" as const, subjectId: null, after: "", size: SHOWN }
    return good({
      questions: await questionsFor(tx, asked, on),
      changes: changes.value,
      inReview: await inReviewFor(tx, on),
    })
  },
})
