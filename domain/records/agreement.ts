import { z } from "zod"
import { AGREEMENT_KINDS } from "@/domain/vocabulary/agreements"
import { KNOWN_HOW, added, addedAnswer, answer, common, dayShape, idOf, oneOf, span, text } from "./parts"

/** A part of a page, in ten-thousandths of its width and height from the upper left. */
const areaShape = z.strictObject({
  left: z.int().min(0).max(10_000),
  top: z.int().min(0).max(10_000),
  width: z.int().min(1).max(10_000),
  height: z.int().min(1).max(10_000),
})

/** A paper between entity and party (product, The words). An amendment is a record of its own. */
export const agreementShape = z.strictObject({
  entityId: idOf("entity"),
  partyId: idOf("party"),
  kind: oneOf(AGREEMENT_KINDS),
  title: text(300).refine((title) => title.trim().length > 0, "invalid.required"),
  reference: answer(text(100)),
  /** The agreement that this one amends, and the text it amends it to. */
  amends: idOf("agreement").nullable(),
  files: z
    .array(
      z.strictObject({
        fileId: idOf("file"),
        sha256: z.string().regex(/^[0-9a-f]{64}$/),
        name: text(300),
        pages: answer(z.int().min(1).max(100_000)),
      }),
    )
    .max(50),
  /** How the paper as a whole is known: stated never covers (foundation 21). */
  knownHow: z.enum(KNOWN_HOW),
  /** Signed or, for the kinds that need no signature, accepted. Names are committed. */
  signatories: z
    .array(
      z.strictObject({
        side: z.enum(["entity", "party"]),
        name: text(200),
        capacity: text(200),
        signedOn: answer(dayShape),
        how: z.enum(["signed", "accepted"]),
        knownHow: z.enum(KNOWN_HOW),
      }),
    )
    .max(50),
  effectOn: answer(dayShape),
  /** Last day, inclusive; *does not apply*: open-ended. */
  endsOn: answer(dayShape),
  /** A termination takes effect on this day: the day itself is no longer covered. */
  terminatedOn: answer(dayShape),
  renewal: answer(
    z.strictObject({
      way: z.enum(["never", "express", "tacit"]),
      months: z.int().min(0).max(600),
      noticeMonths: z.int().min(0).max(120),
    }),
  ),
  governingLaw: answer(text(200)),
  noticeOurs: answer(z.int().min(0).max(3660)),
  noticeTheirs: answer(z.int().min(0).max(3660)),
  noticeAddress: answer(text(1000)),
  /** Days the entity has to object to a new sub-processor. */
  objectionDays: answer(z.int().min(0).max(3660)),
  /** The clause checklist: each required clause pointed to a page of a file. */
  checklist: z
    .array(
      z.strictObject({
        item: text(40),
        fileId: idOf("file").nullable(),
        page: answer(z.int().min(1).max(100_000)),
        verdict: z.enum(["there", "missing", "partly", "again"]),
      }),
    )
    .max(200),
  /** The sharings it covers, each with its own days. */
  covers: z.array(z.strictObject({ sharingId: idOf("sharing"), ...span })).max(5000),
  /** Why the paper is missing or late; the gap stays (handbook 7.19). */
  missingReason: answer(text(500)),
  notes: answer(text(4000)),
  /** Where each clause stands in a file: the words themselves, or an area of a page that has none. Set in the reader of papers. */
  marks: added(
    z
      .array(
        z.strictObject({
          item: text(40),
          fileId: idOf("file").nullable(),
          page: z.int().min(1).max(100_000),
          quote: text(2000),
          area: areaShape.nullable(),
        }),
      )
      .max(400),
    [],
  ),
  /** Days the party has to delete or return the data once a flow under it has ended. */
  deletionDays: addedAnswer(z.int().min(0).max(3660)),
  /**
   * Terms accepted online: where they stood, in which version, their text as it was captured then, and who accepted them on
   * which day. Who accepted is committed.
   */
  online: addedAnswer(
    z.strictObject({
      address: text(2000),
      version: text(200),
      fileId: idOf("file").nullable(),
      acceptedBy: text(200),
      acceptedOn: dayShape,
    }),
  ),
  ...common,
})

export type Agreement = z.infer<typeof agreementShape>
export type Mark = Agreement["marks"][number]
export type Area = z.infer<typeof areaShape>
export type Signatory = Agreement["signatories"][number]
