import { z } from "zod"
import { AGREEMENT_KINDS } from "@/domain/vocabulary/agreements"
import { OBLIGATIONS, PAPER_CHANGES } from "@/domain/vocabulary/obligations"
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
  /** How long the first term lasts, where the paper says a length; a last day that it says as well goes before. */
  initialMonths: addedAnswer(z.int().min(1).max(1200)),
  /** How often it renews of itself at most; does not apply: without bound. */
  renewalsMost: addedAnswer(z.int().min(0).max(100)),
  /** Whether notice is in time once it was sent, or once it was received. */
  noticeCounts: addedAnswer(z.enum(["received", "sent"])),
  /** In what form notice has to be given. */
  noticeForm: addedAnswer(text(500)),
  /** Notice not to renew: the paper ends with the first term for which it was in time. */
  noticeGivenOn: addedAnswer(dayShape),
  noticeGivenBy: addedAnswer(z.enum(["entity", "party"])),
  /** Who sees to its renewal; nobody named: procurement of the company. Committed. */
  owner: addedAnswer(text(200)),
  /** The paper in whose place it stands: that one holds no more once this one does. */
  replaces: added(idOf("agreement").nullable(), null),
  /** Companies and parties besides the first ones: it stands between each of ours and each of theirs. */
  furtherEntities: added(z.array(idOf("entity")).max(50), []),
  furtherParties: added(z.array(idOf("party")).max(50), []),
  /** The framework under which it was called off. */
  parentId: added(idOf("agreement").nullable(), null),
  /** What an amendment or annex changes, in words. Committed. */
  changes: added(
    z.array(z.strictObject({ what: oneOf(PAPER_CHANGES), clause: text(100), says: text(1000) })).max(100),
    [],
  ),
  /**
   * How it was signed: in the file itself, or by hand or with a seal on paper, of which the file is a picture. That such a
   * picture shows what was signed is confirmed by people (`by-hand.ts`).
   */
  signing: addedAnswer(z.enum(["digitally", "by-hand", "by-seal"])),
  /** What its clauses oblige somebody to do by a day, once or again and again. The words are committed. */
  obligations: added(
    z
      .array(
        z.strictObject({
          what: oneOf(OBLIGATIONS),
          who: z.enum(["party", "entity"]),
          says: text(300),
          /** The first day on which it is due. */
          firstOn: answer(dayShape),
          /** Months from one to the next; does not apply: once. */
          everyMonths: answer(z.int().min(1).max(600)),
          /** When it was done last. */
          doneOn: answer(dayShape),
        }),
      )
      .max(50),
    [],
  ),
  /**
   * The file that came back for a paper made from our template, held against what was sent, and on which day somebody looked at what
   * differs. Set where the two are compared.
   */
  cameBack: added(
    z
      .strictObject({
        paperId: idOf("paper"),
        fileId: idOf("file").nullable(),
        found: z.enum(["same", "changed", "no-text"]),
        lookedOn: dayShape.nullable(),
      })
      .nullable(),
    null,
  ),
  ...common,
})

export type Agreement = z.infer<typeof agreementShape>
export type Mark = Agreement["marks"][number]
export type Area = z.infer<typeof areaShape>
export type Signatory = Agreement["signatories"][number]

/** Every company of ours and every party between whom the paper stands. */
export function sidesOf(body: Agreement): { entities: Agreement["entityId"][]; parties: Agreement["partyId"][] } {
  return {
    entities: [...new Set([body.entityId, ...body.furtherEntities])],
    parties: [...new Set([body.partyId, ...body.furtherParties])],
  }
}
