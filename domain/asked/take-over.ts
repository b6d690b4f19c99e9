import { known } from "@/domain/core/answer"
import type { Assessment } from "@/domain/records/assessment"
import { blankOf, FIELDS } from "@/domain/records/fields"
import type { Party } from "@/domain/records/party"
import type { Chain } from "@/domain/records/evidence"
import type { Destination, Sharing } from "@/domain/records/sharing"
import type { Answers, Question, SubLine } from "./questions"

/** The field of a proposal that a question is about, by the kind of the proposal. Others make records of their own. */
export const FIELD_OF: Partial<Record<Question, { kind: "sharing" | "party"; field: string }>> = {
  where: { kind: "sharing", field: "destinations" },
  measures: { kind: "sharing", field: "measures" },
  retention: { kind: "sharing", field: "retention" },
  contact: { kind: "party", field: "contacts" },
}

/**
 * The countries that a party says, as lines of a flow: what stood there of a place that still runs and that the party does not
 * name goes, what it names as well keeps its mechanisms, and lines that have ended stay.
 */
function destinationsSaid(before: Sharing["destinations"], said: Pick<Answers, "hosting" | "access">): Destination[] {
  const old = before.state === "known" ? before.value : []
  const wanted = [
    ...said.hosting.map((country) => ({ country, kind: "storage" as const })),
    ...said.access.map((country) => ({ country, kind: "access" as const })),
  ]
  const asked = new Set([...(said.hosting.length ? ["storage"] : []), ...(said.access.length ? ["access"] : [])])
  const stays = old.filter(
    (line) =>
      line.lastOn !== null ||
      !asked.has(line.kind) ||
      wanted.some((one) => one.country === line.country && one.kind === line.kind),
  )
  const news = wanted.filter((one) => !stays.some((line) => line.country === one.country && line.kind === one.kind))
  return [...stays, ...news.map((one) => ({ ...one, mechanisms: [], firstOn: null, lastOn: null }))]
}

/**
 * The flow with what a party says of one question; null where that question is about no field of a flow, or where nothing was
 * said that the field holds: what stands there is not emptied by a silence, or by words beside the list.
 */
export function intoSharing(question: Question, said: Answers, body: Sharing): Sharing | null {
  if (question === "where")
    return said.hosting.length + said.access.length === 0
      ? null
      : { ...body, destinations: known(destinationsSaid(body.destinations, said)) }
  if (question === "measures")
    return said.measures.length === 0 ? null : { ...body, measures: known([...said.measures]) }
  if (question !== "retention" || (said.retentionDays === null && said.deletion === "")) return null
  const blank = { days: { state: "blank" }, trigger: { state: "blank" }, deletion: { state: "blank" } } as const
  const before = body.retention.state === "known" ? body.retention.value : blank
  return {
    ...body,
    retention: known({
      ...before,
      ...(said.retentionDays === null ? {} : { days: known(said.retentionDays) }),
      ...(said.deletion === "" ? {} : { deletion: known(said.deletion) }),
    }),
  }
}

/** The party with the contact that it names: in place of one with the same address, else beside the others. */
export function intoParty(question: Question, said: Answers, body: Party): Party | null {
  if (question !== "contact" || said.contact === null) return null
  const { contact } = said
  const line = { task: "privacy", ...contact }
  const others = body.contacts.filter((one) => one.email === "" || one.email !== contact.email)
  return { ...body, contacts: [...others, line].slice(-20) }
}

/** A party as a sub-processor that somebody named: its name and country, and nothing decided about it. */
export function partyNamed(line: SubLine): Party {
  return {
    ...(blankOf(FIELDS.party) as Party),
    legalName: line.name,
    ...(line.country === "" ? {} : { country: known(line.country) }),
    kinds: [{ kind: "processor", firstOn: null, lastOn: null }],
    dataDecision: "undecided",
  }
}

/** The link of the chain that a party says it has: first rank, engaged by that party. */
export function chainNamed(line: SubLine, between: Pick<Chain, "sharingId" | "partyId" | "engagedBy">): Chain {
  return {
    ...(blankOf(FIELDS.chain) as Chain),
    ...between,
    rank: 1,
    title: (line.task === "" ? line.name : `${line.name}: ${line.task}`).slice(0, 300),
    ...(line.task === "" ? {} : { task: known(line.task) }),
    ...(line.country === "" ? {} : { countries: known([line.country]) }),
  }
}

/** A look at the party that begins with what it sent of its certificates: no outcome, no day, nothing found good. */
export function assessmentBegun(
  said: Answers,
  about: { partyId: Assessment["partyId"]; title: string; files: Assessment["files"] },
): Assessment {
  const lines = said.certificates.map((one) => `${one.name}${one.until ? ` (${one.until})` : ""}`)
  return {
    ...(blankOf(FIELDS.assessment) as Assessment),
    kind: "due-diligence",
    partyId: about.partyId,
    title: about.title.slice(0, 300),
    files: about.files.slice(0, 50),
    ...(lines.length ? { summary: known(lines.join("\n").slice(0, 4000)) } : {}),
  }
}
