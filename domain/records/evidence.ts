import { z } from "zod"
import { DATA_KINDS } from "@/domain/vocabulary/data-kinds"
import { PURPOSES } from "@/domain/vocabulary/purposes"
import { PARTY_KINDS } from "@/domain/vocabulary/parties"
import { added, addedAnswer, answer, common, countryCode, dayShape, idOf, oneOf, text } from "./parts"

const title = text(300).refine((value) => value.trim().length > 0, "invalid.required")
const files = z
  .array(z.strictObject({ fileId: idOf("file"), sha256: z.string().regex(/^[0-9a-f]{64}$/), name: text(300) }))
  .max(50)

/** A consent: its wording, its scope, its first and last day. */
export const consentShape = z.strictObject({
  entityId: idOf("entity"),
  title,
  wording: answer(text(20_000)),
  wordingVersion: answer(text(100)),
  captureMethod: answer(text(300)),
  /** What it is for: passing on, change of control, publication, minors by their guardian, a permission. */
  about: z.enum(["sharing", "transfer", "publication", "guardian", "permission", "sensitive", "abroad"]),
  /** Scope: whom, for what, which data. An empty list reaches nobody; *does not apply* reaches all. */
  parties: answer(z.array(idOf("party")).max(5000)),
  purposes: answer(z.array(oneOf(PURPOSES)).max(28)),
  dataKinds: answer(z.array(oneOf(DATA_KINDS)).max(60)),
  /** Publication: medium and how long. */
  medium: answer(text(500)),
  withdrawalRoute: answer(text(500)),
  firstOn: answer(dayShape),
  /** The instant the record was closed (withdrawn for all), which ends the ground on its local day. */
  closedAt: answer(z.string().regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/)),
  recipientsTold: answer(z.enum(["told", "acknowledged"])),
  /** Asked for on its own, not bundled with other things (PIPL 23, 25, 29, 39). */
  separate: addedAnswer(z.enum(["yes", "no"])),
  files,
  ...common,
})
export type Consent = z.infer<typeof consentShape>

export const NOTICE_ITEMS = [
  "name",
  "contact",
  "purpose",
  "method",
  "data",
  "rights",
  "necessity",
  "effect",
  "countries",
  "safeguard",
] as const

/** A notice to people: what it announced, from when. */
export const noticeShape = z.strictObject({
  entityId: idOf("entity"),
  title,
  version: answer(text(100)),
  address: answer(text(500)),
  effectOn: answer(dayShape),
  endsOn: answer(dayShape),
  dataKinds: answer(z.array(oneOf(DATA_KINDS)).max(60)),
  recipientKinds: answer(z.array(oneOf(PARTY_KINDS)).max(10)),
  countries: answer(z.array(countryCode).max(250)),
  /** What it tells of a recipient. */
  items: addedAnswer(z.array(z.enum(NOTICE_ITEMS)).max(20)),
  files,
  ...common,
})
export type Notice = z.infer<typeof noticeShape>

/** A demand of an authority or court. */
export const demandShape = z.strictObject({
  entityId: idOf("entity"),
  partyId: idOf("party"),
  title,
  citation: answer(text(1000)),
  docket: answer(text(200)),
  servedOn: answer(dayShape),
  answerOn: answer(dayShape),
  dataKinds: answer(z.array(oneOf(DATA_KINDS)).max(60)),
  /** May the people concerned be told? */
  secrecy: answer(z.enum(["secret", "may-tell"])),
  /** Who asked: the office, and the person who signed for it. */
  askedBy: addedAnswer(text(300)),
  /** Whether somebody looked at the power by which it was asked. */
  powerChecked: addedAnswer(z.enum(["yes", "no"])),
  /** What was given, or is to be. */
  given: addedAnswer(text(2000)),
  files,
  ...common,
})
export type Demand = z.infer<typeof demandShape>

/** A link of a sub-processor chain: who is engaged by whom, for which sharing, at which rank. */
export const chainShape = z.strictObject({
  sharingId: idOf("sharing"),
  partyId: idOf("party"),
  engagedBy: idOf("party"),
  rank: z.int().min(1).max(20),
  title,
  task: answer(text(500)),
  countries: answer(z.array(countryCode).max(100)),
  announcedOn: answer(dayShape),
  objectUntil: answer(dayShape),
  answer: answer(z.enum(["accepted", "objected", "asked"])),
  firstOn: answer(dayShape),
  lastOn: answer(dayShape),
  ...common,
})
export type Chain = z.infer<typeof chainShape>

/** One of our own companies: the exporter. Versioned, for a changed zone moves every past day (foundation 2). */
export const entityShape = z.strictObject({
  legalName: title,
  country: countryCode,
  zone: text(60),
  lei: answer(text(20)),
  address: answer(text(500)),
  representative: answer(text(300)),
  dpo: answer(text(300)),
  department: answer(text(200)),
  /** Which regimes apply, each with its days. */
  regimes: z
    .array(
      z.strictObject({
        regime: z.enum(["EU", "UK", "CH", "CN", "CCPA", "DORA", "KR", "BR", "US", "JP"]),
        firstOn: dayShape.nullable(),
        lastOn: dayShape.nullable(),
      }),
    )
    .max(30),
  /** Seats of this entity: the DPO decides instead of advising, or seats are merged down (foundation 19). */
  dpoDecides: z.boolean(),
  mergeSeats: z.boolean(),
  /** Operator of critical infrastructure under Chinese law (PIPL 40). */
  criticalOperator: added(z.boolean(), false),
})
export type Entity = z.infer<typeof entityShape>
