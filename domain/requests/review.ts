import { valueOf } from "@/domain/core/answer"
import type { Day } from "@/domain/core/day"
import { fold } from "@/domain/core/fold"
import type { BodyOf, RecordKind } from "@/domain/records/kinds"
import type { Party } from "@/domain/records/party"
import { countUnknowns, titleOf } from "@/domain/records/project"

/** How a record would come into force as the request stands; *unchecked* while a draft was edited since it was checked. */
export const ENTERS = ["approved", "discovered", "blocked", "ended", "unchecked"] as const
export type Enters = (typeof ENTERS)[number]

/** What a reviewer of many proposals sees, sorts and filters of one. Derived; the proposal itself is what is decided. */
export type ReviewRow = {
  recordId: string
  position: number
  kind: RecordKind
  op: "create" | "change" | "end"
  title: string
  fold: string
  entityId: string | null
  /** Kinds and country of the party that it is about. */
  kinds: string[]
  country: string | null
  /** The clauses that block it on its approval day. */
  clauses: string[]
  enters: Enters
  unknowns: number
  /** Who answers for it: words while it is a draft, the commitment once it was submitted. */
  owner: string | null
  dueOn: Day | null
  /** The party of the register whose name is near; kept where null is given. */
  nearId: string | null
  sheet: string | null
  row: number | null
}

type Proposed = {
  recordId: string
  position: number
  kind: RecordKind
  op: ReviewRow["op"]
  body: BodyOf[RecordKind]
  sheet: string | null
  row: number | null
}

/** The row of one proposal. `clauses` null: it was not checked as it stands now. */
export function reviewRow(
  proposal: Proposed,
  on: { party: Pick<Party, "kinds" | "country"> | null; clauses: readonly string[] | null; importing: boolean },
): ReviewRow {
  const { recordId, position, kind, op, body, sheet, row } = proposal
  const title = titleOf(kind, body)
  const sharing = kind === "sharing" ? (body as BodyOf["sharing"]) : null
  return {
    ...{ recordId, position, kind, op, title, sheet, row },
    fold: fold(title),
    entityId: "entityId" in body ? (body.entityId as string) : null,
    kinds: [...new Set((on.party?.kinds ?? []).map((line) => line.kind as string))].sort(),
    country: on.party ? valueOf(on.party.country) : null,
    clauses: [...new Set(on.clauses ?? [])].sort(),
    enters: entersAs(op, kind, on.clauses, on.importing),
    unknowns: countUnknowns(body),
    owner: sharing ? valueOf(sharing.owner) : null,
    dueOn: sharing ? valueOf(sharing.dueOn) : null,
    nearId: null,
  }
}

/** Foundation 12: in an import, a sharing that a clause blocks enters as found running; anything else blocked stops it. */
function entersAs(
  op: ReviewRow["op"],
  kind: RecordKind,
  clauses: readonly string[] | null,
  importing: boolean,
): Enters {
  if (op === "end") return "ended"
  if (clauses === null) return "unchecked"
  if (clauses.length === 0) return "approved"
  return importing && kind === "sharing" ? "discovered" : "blocked"
}

/** The party that a record is about: itself, or the one that it names. */
export function partyIdOf(kind: RecordKind, recordId: string, body: BodyOf[RecordKind]): string | null {
  if (kind === "party") return recordId
  return "partyId" in body && typeof body.partyId === "string" ? body.partyId : null
}
