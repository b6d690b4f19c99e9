import { canonical } from "@/domain/core/canonical"
import type { RecordKind } from "@/domain/records/kinds"
import { FREQUENCIES } from "@/domain/vocabulary/sharings"

/** One field of a record that an edit changed: whether that is material, and whether it touches every stage. */
export type FieldChange = { field: string; material: boolean; resetsAll: boolean }

type Body = Readonly<Record<string, unknown>>
/** Whether a field that differs is nevertheless not material. */
type Slight = (before: unknown, after: unknown) => boolean
type State = { state?: string; value?: unknown }

const always: Slight = () => true

/** Only where both are known: what was open and is answered now, or the reverse, was looked at by nobody. */
const known =
  <T>(slight: (before: T, after: T) => boolean): Slight =>
  (before, after) => {
    const [was, is] = [before as State, after as State]
    return was.state === "known" && is.state === "known" && slight(was.value as T, is.value as T)
  }

/** The same but for members that say nothing to a decider; lines in another order are the same lines. */
const but =
  (...members: string[]) =>
  (before: unknown, after: unknown): boolean =>
    word(without(before, members)) === word(without(after, members))

function without(list: unknown, members: readonly string[]): unknown {
  return (list as Body[]).map((line) =>
    Object.fromEntries(Object.entries(line).filter(([name]) => !members.includes(name))),
  )
}

/** Of files only the bytes count. */
const sameBytes: Slight = (before, after) => {
  const bytes = (list: unknown): unknown => (list as { sha256: string }[]).map((file) => file.sha256)
  return word(bytes(before)) === word(bytes(after))
}

/** Number of people from which a flow is of another size: those of the Chinese rules on volumes. */
export const VOLUME_BANDS = [10_000, 100_000, 1_000_000] as const
const bandOf = (people: number): number => VOLUME_BANDS.filter((from) => people >= from).length
const sameBand = known<number>((before, after) => bandOf(before) === bandOf(after))

const rareness = (code: string): number => FREQUENCIES.findIndex((term) => term.code === code)
const rarer = known<string>((before, after) => rareness(after) <= rareness(before))
const onlyMore = known<string[]>((before, after) => before.every((item) => after.includes(item)))
const later = known<string>((before, after) => after >= before)
const endsSooner: Slight = (before, after) => {
  const [was, is] = [before as State, after as State]
  if (is.state !== "known") return false
  return was.state === "not-applicable" || (was.state === "known" && String(is.value) <= String(was.value))
}

type Retention = { days: State; trigger: unknown; deletion: unknown }
const keptShorter = known<Retention>(
  (before, after) =>
    before.days.state === "known" &&
    after.days.state === "known" &&
    Number(after.days.value) <= Number(before.days.value) &&
    word([before.trigger, before.deletion]) === word([after.trigger, after.deletion]),
)

const HOUSEKEEPING = { tags: always, extra: always, notes: always, title: always }

/**
 * What is not material (domain handbook, 4), by record and field; a field that differs and is not named here is
 * material, so that a field that comes later is looked at until somebody decides otherwise.
 */
const SLIGHT: Record<RecordKind, Readonly<Record<string, Slight>>> = {
  party: {
    ...HOUSEKEEPING,
    contacts: always,
    website: always,
    hosts: always,
    latinName: always,
    otherNames: always,
  },
  sharing: {
    ...HOUSEKEEPING,
    owner: always,
    dueOn: always,
    missingPaperReason: always,
    whyNotLess: always,
    dataLines: known<unknown[]>(but("necessity", "reviewedOn")),
    measures: onlyMore,
    startsOn: later,
    endsOn: endsSooner,
    retention: keptShorter,
    frequency: rarer,
    peopleCount: sameBand,
    sensitiveCount: sameBand,
  },
  agreement: {
    ...HOUSEKEEPING,
    reference: always,
    missingReason: always,
    owner: always,
    files: sameBytes,
    checklist: but("page"),
    marks: always,
    cameBack: always,
  },
  assessment: { ...HOUSEKEEPING, files: sameBytes },
  consent: { ...HOUSEKEEPING, files: sameBytes },
  notice: { ...HOUSEKEEPING, files: sameBytes },
  demand: { ...HOUSEKEEPING, files: sameBytes },
  chain: HOUSEKEEPING,
  pack: { ...HOUSEKEEPING },
}

/** "Mode, ground, party or destination reset all"; so does whose it is, and who may know of it. */
const ALL = new Set(["mode", "grounds", "partyId", "destinations", "entityId", "restrictedTo"])

/** Every field in which two bodies of a record differ, with what that means for decisions taken on the first. */
export function fieldChanges(kind: RecordKind, before: object, after: object): FieldChange[] {
  const [was, is] = [before as Body, after as Body]
  return [...new Set([...Object.keys(was), ...Object.keys(is)])].flatMap((field): FieldChange[] => {
    if (word(was[field] ?? null) === word(is[field] ?? null)) return []
    const slight = SLIGHT[kind][field]
    const material = !(slight && field in was && field in is && slight(was[field], is[field]))
    return [{ field, material, resetsAll: material && ALL.has(field) }]
  })
}

/** Canonical, with the lines of every list in one order. */
function word(value: unknown): string {
  return canonical(sorted(value) as never)
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) {
    const words = value.map((item) => [canonical(sorted(item) as never), item] as const)
    return words.sort((a, b) => (a[0] < b[0] ? -1 : a[0] > b[0] ? 1 : 0)).map(([, item]) => sorted(item))
  }
  if (typeof value !== "object" || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, sorted(item)]))
}
