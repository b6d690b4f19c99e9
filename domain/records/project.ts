import { acceptedOnline } from "./acceptance"
import { valueOf, valueOr, type Answer } from "@/domain/core/answer"
import { fold } from "@/domain/core/fold"
import { lastDayOf } from "@/domain/agreements/rules-of"
import { routesOf } from "@/domain/flows/routes"
import type { Agreement } from "./agreement"
import type { BodyOf, RecordKind } from "./kinds"
import type { Party } from "./party"
import type { Sharing } from "./sharing"

/** What a list shows, sorts, filters and searches of one version. A pure function of its body, so it can be rebuilt. */
export type Projected = {
  title: string
  fold: string
  search: string
  restrictedTo: string[] | null
  columns: Record<string, string | number | boolean | string[] | null>
}

/** The list row of a version (which table it belongs to follows from the kind). */
export function project<K extends RecordKind>(kind: K, body: BodyOf[K]): Projected {
  const title = titleOf(kind, body)
  const words = [title, ...searchWords(kind, body), ...body.tags, ...body.extra.map((item) => item.value)]
  return {
    title,
    fold: fold(title),
    search: fold(words.join(" ")).slice(0, 8000),
    restrictedTo: body.restrictedTo,
    columns: columnsOf(kind, body),
  }
}

/** The name under which people know a record. */
export function titleOf<K extends RecordKind>(kind: K, body: BodyOf[K]): string {
  return kind === "party" ? (body as Party).legalName : (body as { title: string }).title
}

function searchWords<K extends RecordKind>(kind: K, body: BodyOf[K]): string[] {
  if (kind === "party") {
    const party = body as Party
    return [
      valueOr(party.latinName, ""),
      ...party.otherNames,
      ...party.hosts,
      valueOr(party.website, ""),
      ...party.identifiers.map((item) => item.value),
    ]
  }
  if (kind === "sharing") return [valueOr((body as Sharing).purposeText, "")]
  if (kind === "agreement") return [valueOr((body as Agreement).reference, "")]
  return []
}

function columnsOf<K extends RecordKind>(kind: K, body: BodyOf[K]): Projected["columns"] {
  if (kind === "party") return partyColumns(body as Party)
  if (kind === "sharing") return sharingColumns(body as Sharing)
  if (kind === "agreement") return agreementColumns(body as Agreement)
  return otherColumns(kind, body as Record<string, unknown>)
}

function partyColumns(party: Party): Projected["columns"] {
  return {
    kinds: distinct(party.kinds.map((line) => line.kind)),
    sub_kind: valueOf(party.subKind),
    country: valueOf(party.country),
    data_decision: party.dataDecision,
    risk: valueOf(party.risk),
  }
}

function sharingColumns(sharing: Sharing): Projected["columns"] {
  const destinations = valueOr(sharing.destinations, [])
  return {
    entity_id: sharing.entityId,
    party_id: sharing.partyId,
    mode: sharing.mode,
    role: valueOf(sharing.role),
    grounds: distinct(sharing.grounds.map((line) => line.ground)),
    purposes: distinct(valueOr(sharing.purposes, [])),
    data_kinds: distinct(valueOr(sharing.dataLines, []).map((line) => line.kind)),
    subjects: distinct(valueOr(sharing.subjects, [])),
    countries: distinct(destinations.map((line) => line.country)),
    mechanisms: distinct(destinations.flatMap((line) => line.mechanisms.map((item) => item.mechanism))),
    starts_on: valueOf(sharing.startsOn),
    ends_on: valueOf(sharing.endsOn),
    due_on: valueOf(sharing.dueOn),
    unknowns: countUnknowns(sharing),
    routes: routesOf(sharing),
    people: valueOf(sharing.peopleCount),
  }
}

function agreementColumns(agreement: Agreement): Projected["columns"] {
  return {
    entity_id: agreement.entityId,
    party_id: agreement.partyId,
    kind: agreement.kind,
    known_how: agreement.knownHow,
    effect_on: valueOf(agreement.effectOn),
    // A paper that renews of itself has no last day until notice was given.
    ends_on: lastDayOf(agreement),
    cover_count: agreement.covers.length,
    has_file: agreement.files.length > 0,
    signed:
      acceptedOnline(agreement) !== null ||
      (["entity", "party"] as const).every((side) =>
        agreement.signatories.some((item) => item.side === side && item.signedOn.state === "known"),
      ),
  }
}

function otherColumns(kind: RecordKind, body: Record<string, unknown>): Projected["columns"] {
  const text = (name: string): string | null => (typeof body[name] === "string" ? (body[name] as string) : null)
  const answered = (name: string): string | null => {
    const item = body[name] as Answer<unknown> | undefined
    return item && typeof item === "object" && item.state === "known" && typeof item.value === "string"
      ? item.value
      : null
  }
  return {
    record_kind: kind,
    kind: text("kind") ?? text("about"),
    entity_id: text("entityId"),
    party_id: text("partyId"),
    sharing_id: text("sharingId"),
    outcome: answered("outcome"),
    first_on: answered("doneOn") ?? answered("firstOn") ?? answered("effectOn") ?? answered("servedOn"),
    last_on: answered("validUntil") ?? answered("endsOn") ?? answered("answerOn") ?? answered("lastOn"),
  }
}

/** How many answers of a record are *not known yet*, wherever they stand in it. */
export function countUnknowns(body: unknown): number {
  if (Array.isArray(body)) return body.reduce<number>((sum, item) => sum + countUnknowns(item), 0)
  if (body === null || typeof body !== "object") return 0
  if ("state" in body && body.state === "unknown") return 1
  return Object.values(body).reduce<number>((sum, item) => sum + countUnknowns(item), 0)
}

function distinct(list: readonly string[]): string[] {
  return [...new Set(list)].sort()
}

/** The table of list rows that a kind belongs to. */
export function rowTable(kind: RecordKind): "party_rows" | "sharing_rows" | "agreement_rows" | "other_rows" {
  if (kind === "party") return "party_rows"
  if (kind === "sharing") return "sharing_rows"
  if (kind === "agreement") return "agreement_rows"
  return "other_rows"
}
