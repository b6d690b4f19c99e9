import { canonical } from "@/domain/core/canonical"
import { valueOf, valueOr } from "@/domain/core/answer"
import type { Agreement } from "@/domain/records/agreement"
import type { Assessment } from "@/domain/records/assessment"
import type { Entity } from "@/domain/records/evidence"
import type { BodyOf, RecordKind } from "@/domain/records/kinds"
import type { Party } from "@/domain/records/party"
import type { Sharing } from "@/domain/records/sharing"
import { DATA_KINDS } from "@/domain/vocabulary/data-kinds"
import { hasFlag } from "@/domain/vocabulary/term"

export const STAGES = ["procurement", "legal", "dpo", "second-legal"] as const
export type StageName = (typeof STAGES)[number]

/** A stage that a request needs, whether it decides or advises, and the rows of the table that ask for it. */
export type Stage = { stage: StageName; seat: "decides" | "advises"; entityId: string; because: string[] }

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

type Row = { id: string; stages: readonly StageName[]; when: (change: Change) => boolean }

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

/** Renewed with the same text: same files and clauses, only its end and renewal moved on. */
function renewedOnly(change: Change): boolean {
  const both = agreementOf(change)
  if (!both?.before || change.op === "end") return false
  const rest = ({
    endsOn: _end,
    renewal: _renewal,
    notes: _notes,
    tags: _tags,
    signatories: _who,
    ...other
  }: Agreement) => other
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

/** The table of domain handbook section 4, version 1: which content needs which stage. A request needs the union. */
export const STAGE_RULES: { version: string; rows: readonly Row[] } = {
  version: "2026.1",
  rows: [
    {
      id: "party-identity",
      stages: ["procurement", "dpo"],
      when: (c) => c.kind === "party" && differs(c.before && identity(c.before), identity(c.after)),
    },
    { id: "agreement", stages: ["procurement", "legal"], when: (c) => agreementOf(c) !== null && !renewedOnly(c) },
    { id: "agreement-renewed", stages: ["procurement"], when: renewedOnly },
    { id: "entrust", stages: ["procurement", "legal", "dpo"], when: (c) => materialSharing(c)?.mode === "entrust" },
    {
      id: "share-partner",
      stages: ["procurement"],
      when: (c) => {
        const s = materialSharing(c)
        return s?.mode === "share" && hasGround(s, "partner")
      },
    },
    {
      id: "share",
      stages: ["legal", "dpo"],
      when: (c) => {
        const s = materialSharing(c)
        return s?.mode === "share" && hasGround(s, "affiliate", "partner", "consent")
      },
    },
    {
      id: "statute-or-exception",
      stages: ["legal", "dpo"],
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
      stages: ["legal", "dpo", "second-legal"],
      when: (c) => ["transfer", "disclose"].includes(materialSharing(c)?.mode ?? ""),
    },
    {
      id: "joint",
      stages: ["procurement", "legal", "dpo"],
      when: (c) => {
        const s = materialSharing(c)
        return s !== null && valueOf(s.role) === "joint"
      },
    },
    {
      id: "special",
      stages: ["legal", "dpo"],
      when: (c) => {
        const s = materialSharing(c)
        return s !== null && special(s)
      },
    },
    { id: "destination", stages: ["legal", "dpo"], when: destinationsAdded },
    {
      id: "derogation",
      stages: ["legal", "dpo", "second-legal"],
      when: (c) =>
        c.kind === "sharing" &&
        (materialSharing(c) !== null || destinationsAdded(c)) &&
        mechanisms(c.after).some((line) => line.mechanism.startsWith("derogation.")),
    },
    {
      id: "assessment-high",
      stages: ["legal", "dpo", "second-legal"],
      when: (c) => {
        const a = assessment(c)
        return a !== null && valueOf(a.risk) === "high"
      },
    },
    {
      id: "assessment",
      stages: ["dpo"],
      when: (c) => {
        const a = assessment(c)
        return a !== null && valueOf(a.risk) !== "high"
      },
    },
    { id: "less", stages: ["dpo"], when: onlyRemoved },
    { id: "ending", stages: ["procurement", "dpo"], when: (c) => c.kind === "sharing" && c.op === "end" },
    { id: "pack", stages: ["legal", "dpo"], when: (c) => c.kind === "pack" },
    {
      id: "details",
      stages: ["procurement"],
      when: (c) =>
        c.kind === "party" &&
        c.before !== null &&
        !differs(identity(c.before), identity(c.after)) &&
        differs(c.before, c.after),
    },
  ],
}

/** The entities that a change concerns; none for a party, an assessment or a chain: they concern every one of the request. */
export function entitiesOf(change: Pick<Change, "kind" | "after">): readonly string[] {
  if (change.kind === "pack") return (change.after as BodyOf["pack"]).entities ?? []
  return "entityId" in change.after ? [change.after.entityId] : []
}

/**
 * The stages that a request needs, for each entity it concerns: the union of all rows that match; none matches: legal
 * and DPO. The DPO advises unless the entity has it decide; an entity may merge its deciding seats down to one, the
 * lawyer's (foundation 19). What only records a flow found running needs none.
 */
export function stagesFor(
  changes: readonly Change[],
  entities: ReadonlyMap<string, Pick<Entity, "dpoDecides" | "mergeSeats">>,
): Stage[] {
  const concerned = [...new Set(changes.flatMap(entitiesOf))].sort()
  const all = concerned.length ? concerned : [...entities.keys()].slice(0, 1)
  return all.flatMap((entityId) => {
    const mine = changes.filter((change) => {
      const of = entitiesOf(change)
      return of.length === 0 || of.includes(entityId)
    })
    return forEntity(mine, entityId, entities.get(entityId))
  })
}

function forEntity(
  changes: readonly Change[],
  entityId: string,
  rules: Pick<Entity, "dpoDecides" | "mergeSeats"> | undefined,
): Stage[] {
  const needed = new Map<StageName, Set<string>>()
  const need = (stages: readonly StageName[], because: string): void => {
    for (const stage of stages) needed.set(stage, (needed.get(stage) ?? new Set()).add(because))
  }
  for (const change of changes) {
    const matched = STAGE_RULES.rows.filter((row) => row.when(change))
    for (const row of matched) need(row.stages, row.id)
    if (matched.length === 0) need(["legal", "dpo"], "no-row")
  }
  const decisive = rules?.mergeSeats ? merged(needed) : needed
  // Somebody decides: where the table names only the DPO, who advises by default, legal decides beside it.
  const dpoDecides = rules?.dpoDecides ?? false
  if (!dpoDecides && ![...decisive.keys()].some((stage) => stage !== "dpo"))
    decisive.set("legal", new Set(["dpo-advises"]))
  return STAGES.filter((stage) => decisive.has(stage)).map((stage) => ({
    stage,
    seat: stage === "dpo" && !dpoDecides ? "advises" : "decides",
    entityId,
    because: [...(decisive.get(stage) ?? [])].sort(),
  }))
}

function merged(needed: Map<StageName, Set<string>>): Map<StageName, Set<string>> {
  const because = new Set([...needed].flatMap(([stage, rows]) => (stage === "dpo" ? [] : [...rows])))
  const dpo = needed.get("dpo")
  return new Map([...(because.size ? ([["legal", because]] as const) : []), ...(dpo ? ([["dpo", dpo]] as const) : [])])
}
