import { canonical } from "@/domain/core/canonical"
import { valueOf, valueOr } from "@/domain/core/answer"
import type { Agreement } from "@/domain/records/agreement"
import type { Assessment } from "@/domain/records/assessment"
import type { BodyOf, RecordKind } from "@/domain/records/kinds"
import type { Party } from "@/domain/records/party"
import type { Sharing } from "@/domain/records/sharing"
import { DATA_KINDS } from "@/domain/vocabulary/data-kinds"
import { hasFlag } from "@/domain/vocabulary/term"

/** What one proposal does: the record before (null: new) and after, and the entity that it concerns. */
export type Change = {
  [K in RecordKind]: {
    op: "create" | "change" | "end"
    kind: K
    before: BodyOf[K] | null
    after: BodyOf[K]
    discovered: boolean
  }
}[RecordKind]

/** The rows of the table, by id; the last is for what no other row looks for. */
export const ROWS = [
  "party-identity",
  "agreement",
  "agreement-renewed",
  "entrust",
  "share-partner",
  "share",
  "statute-or-exception",
  "control-or-public",
  "joint",
  "special",
  "destination",
  "derogation",
  "assessment-high",
  "assessment",
  "less",
  "ending",
  "pack",
  "details",
  "no-row",
] as const
export type RowId = (typeof ROWS)[number]
type MatchedRow = Exclude<RowId, "no-row">

const differs = (before: unknown, after: unknown): boolean => before === null || canonical(before) !== canonical(after)
const bothSharing = (change: Change): [Sharing | null, Sharing] | null =>
  change.kind === "sharing" ? [change.before, change.after] : null

/** Fields of a sharing whose change is material (domain handbook, 4). */
const MATERIAL = [
  "role",
  "grounds",
  "bases",
  "purposes",
  "dataForm",
  "subjects",
  "frequency",
  "channel",
  "noticeId",
  "consentIds",
  "client",
  "packLines",
  "saleNoticeOn",
  "objectionWeeks",
  "minors",
  "peopleCount",
  "onward",
] as const

function materialSharing(change: Change): Sharing | null {
  const both = bothSharing(change)
  if (!both || change.op === "end") return null
  const [before, after] = both
  if (before === null) return after
  const moved =
    MATERIAL.some((field) => differs(before[field], after[field])) ||
    kindsAdded(before, after) ||
    longer(before, after) ||
    startsEarlier(before, after) ||
    measureGone(before, after)
  return moved ? after : null
}

const kindsOf = (sharing: Sharing): string[] => valueOr(sharing.dataLines, []).map((line) => line.kind)
const kindsAdded = (before: Sharing, after: Sharing): boolean =>
  kindsOf(after).some((kind) => !kindsOf(before).includes(kind))
const measureGone = (before: Sharing, after: Sharing): boolean =>
  valueOr(before.measures, []).some((item) => !valueOr(after.measures, []).includes(item))
const startsEarlier = (before: Sharing, after: Sharing): boolean =>
  (valueOf(after.startsOn) ?? "~") < (valueOf(before.startsOn) ?? "~")
const daysKept = (sharing: Sharing): number => {
  const retention = valueOf(sharing.retention)
  return (retention && valueOf(retention.days)) ?? Number.POSITIVE_INFINITY
}
const endOf = (sharing: Sharing): string => (sharing.endsOn.state === "known" ? sharing.endsOn.value : "~")
const longer = (before: Sharing, after: Sharing): boolean =>
  daysKept(after) > daysKept(before) || endOf(after) > endOf(before)
const hasGround = (sharing: Sharing, ...grounds: string[]): boolean =>
  sharing.grounds.some((line) => grounds.includes(line.ground))
const mechanisms = (sharing: Sharing) => valueOr(sharing.destinations, []).flatMap((line) => line.mechanisms)

function special(sharing: Sharing): boolean {
  const flagged = kindsOf(sharing).some(
    (kind) => hasFlag(DATA_KINDS, kind, "art9") || hasFlag(DATA_KINDS, kind, "art10"),
  )
  return flagged || valueOr(sharing.subjects, []).includes("child") || valueOf(sharing.inferable) === "yes"
}

function destinationsAdded(change: Change): boolean {
  const both = bothSharing(change)
  if (!both || change.op === "end") return false
  const key = (sharing: Sharing | null): string[] =>
    sharing ? valueOr(sharing.destinations, []).map((line) => canonical(line)) : []
  return key(both[1]).some((line) => !key(both[0]).includes(line))
}

function onlyRemoved(change: Change): boolean {
  const both = bothSharing(change)
  if (!both?.[0] || change.op === "end" || materialSharing(change) || destinationsAdded(change)) return false
  const [before, after] = both as [Sharing, Sharing]
  return (
    daysKept(after) < daysKept(before) ||
    kindsOf(before).some((kind) => !kindsOf(after).includes(kind)) ||
    differs(before.destinations, after.destinations)
  )
}

function agreementOf(change: Change): { before: Agreement | null; after: Agreement } | null {
  return change.kind === "agreement" ? { before: change.before, after: change.after } : null
}

/** How often it may renew of itself grew: that is more than a term. */
const mayMore = (before: Agreement, after: Agreement): boolean => {
  const [was, is] = [before, after].map((one) => valueOf(one.renewalsMost) ?? Number.POSITIVE_INFINITY)
  return (is ?? 0) > (was ?? 0)
}

/** Renewed with the same text: same files and clauses, only its end and renewal moved on. */
function renewedOnly(change: Change): boolean {
  const both = agreementOf(change)
  if (!both?.before || change.op === "end") return false
  const rest = ({
    endsOn: _end,
    renewal: _renewal,
    renewalsMost: _most,
    notes: _notes,
    tags: _tags,
    signatories: _who,
    ...other
  }: Agreement) => other
  if (mayMore(both.before, both.after)) return false
  return differs(both.before.endsOn, both.after.endsOn) && !differs(rest(both.before), rest(both.after))
}

const assessment = (change: Change): Assessment | null => (change.kind === "assessment" ? change.after : null)
const identity = ({
  legalName,
  country,
  kinds,
  subKind,
  identifiers,
  groupLinks,
  conditions,
  dataDecision,
}: Party) => ({ legalName, country, kinds, subKind, identifiers, groupLinks, conditions, dataDecision })

/**
 * What a row of the table looks for (domain handbook, 4). Which stages a row asks for is data; what it looks for is not:
 * nobody types code, and a row means the same in every version of the rules.
 */
const WHEN: readonly { id: MatchedRow; when: (change: Change) => boolean }[] = [
  {
    id: "party-identity",
    when: (c) => c.kind === "party" && differs(c.before && identity(c.before), identity(c.after)),
  },
  { id: "agreement", when: (c) => agreementOf(c) !== null && !renewedOnly(c) },
  { id: "agreement-renewed", when: renewedOnly },
  { id: "entrust", when: (c) => materialSharing(c)?.mode === "entrust" },
  {
    id: "share-partner",
    when: (c) => {
      const s = materialSharing(c)
      return s?.mode === "share" && hasGround(s, "partner")
    },
  },
  {
    id: "share",
    when: (c) => {
      const s = materialSharing(c)
      return s?.mode === "share" && hasGround(s, "affiliate", "partner", "consent")
    },
  },
  {
    id: "statute-or-exception",
    when: (c) => {
      const s = materialSharing(c)
      return (
        s !== null &&
        hasGround(
          s,
          "statute",
          "exception-1",
          "exception-2",
          "exception-3",
          "exception-4",
          "exception-5",
          "exception-6",
        )
      )
    },
  },
  {
    id: "control-or-public",
    when: (c) => ["transfer", "disclose"].includes(materialSharing(c)?.mode ?? ""),
  },
  {
    id: "joint",
    when: (c) => {
      const s = materialSharing(c)
      return s !== null && valueOf(s.role) === "joint"
    },
  },
  {
    id: "special",
    when: (c) => {
      const s = materialSharing(c)
      return s !== null && special(s)
    },
  },
  { id: "destination", when: destinationsAdded },
  {
    id: "derogation",
    when: (c) =>
      c.kind === "sharing" &&
      (materialSharing(c) !== null || destinationsAdded(c)) &&
      mechanisms(c.after).some((line) => line.mechanism.startsWith("derogation.")),
  },
  {
    id: "assessment-high",
    when: (c) => {
      const a = assessment(c)
      return a !== null && valueOf(a.risk) === "high"
    },
  },
  {
    id: "assessment",
    when: (c) => {
      const a = assessment(c)
      return a !== null && valueOf(a.risk) !== "high"
    },
  },
  { id: "less", when: onlyRemoved },
  { id: "ending", when: (c) => c.kind === "sharing" && c.op === "end" },
  { id: "pack", when: (c) => c.kind === "pack" },
  {
    id: "details",
    when: (c) =>
      c.kind === "party" &&
      c.before !== null &&
      !differs(identity(c.before), identity(c.after)) &&
      differs(c.before, c.after),
  },
]

/** The rows that a change matches; what none looks for falls to the last. */
export function rowsOf(change: Change): RowId[] {
  const matched = WHEN.filter((row) => row.when(change)).map((row) => row.id)
  return matched.length ? matched : ["no-row"]
}
