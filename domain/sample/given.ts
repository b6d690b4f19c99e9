import type { Day } from "@/domain/core/day"
import type { Id } from "@/domain/core/id"
import type { Instant } from "@/domain/core/instant"
import type { Role } from "@/domain/people/roles"
import type { Entity } from "@/domain/records/evidence"
import type { BodyOf, RecordKind } from "@/domain/records/kinds"

/** The companies of the sample group. */
export type Company = "ie" | "gb" | "cn"
/** What a request of the story proposes of one record. */
export type SampleProposal = {
  kind: RecordKind
  op: "create" | "change" | "end"
  id: string
  body: BodyOf[RecordKind]
  discovered: boolean
}
/** One request of the story: what it proposes, when it was made, and how it ended. */
export type SampleRequest = {
  title: string
  kind: "change" | "discovered"
  at: Instant
  company: Company
  proposals: SampleProposal[]
  ends: "approved" | "recorded" | "in-review" | "refused" | "draft"
}
/** What the story is told with: ids of what was made before it, and today. */
export type SampleGiven = {
  seed: number
  today: Day
  companies: Readonly<Record<Company, { id: Id<"entity">; entity: Entity }>>
  people: Readonly<Record<Role, Id<"person">>>
  file: { id: Id<"file">; sha256: string }
}
