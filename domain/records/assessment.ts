import { z } from "zod"
import { ASSESSMENT_KINDS } from "@/domain/vocabulary/assessments"
import { addedAnswer, answer, common, dayShape, idOf, oneOf, text } from "./parts"

/** Due diligence, audit, appraisal or impact assessment, with the days on which it holds. */
export const assessmentShape = z.strictObject({
  kind: oneOf(ASSESSMENT_KINDS),
  partyId: idOf("party"),
  /** The sharing it is about; null: the party as a whole. */
  sharingId: idOf("sharing").nullable(),
  title: text(300).refine((title) => title.trim().length > 0, "invalid.required"),
  outcome: answer(z.enum(["passed", "passed-with-conditions", "failed", "equivalent", "not-equivalent"])),
  risk: answer(z.enum(["low", "medium", "high"])),
  doneOn: answer(dayShape),
  /** Last day on which it holds, inclusive. */
  validUntil: answer(dayShape),
  files: z
    .array(z.strictObject({ fileId: idOf("file"), sha256: z.string().regex(/^[0-9a-f]{64}$/), name: text(300) }))
    .max(50),
  summary: answer(text(4000)),
  doneBy: answer(text(200)),
  /** The parts that an impact assessment of the mainland needs, and how long it is kept (PIPL 56). */
  parts: addedAnswer(z.array(z.enum(["lawful", "effect", "measures"])).max(3)),
  keptUntil: addedAnswer(dayShape),
  ...common,
})

export type Assessment = z.infer<typeof assessmentShape>
