import { closedOn } from "@/domain/checks/closed"
import { flowDays } from "@/domain/checks/kit"
import type { SharingFacts } from "@/domain/checks/types"
import { valueOf } from "@/domain/core/answer"
import { stretchOf } from "@/domain/core/dated"
import { intersect, union, type Stretch } from "@/domain/core/stretch"
import type { GroundLine, Sharing } from "@/domain/records/sharing"

const GOOD: Readonly<Record<Sharing["mode"], readonly string[]>> = {
  entrust: [],
  share: ["consent", "statute", "affiliate", "partner"],
  transfer: ["consent", "merger"],
  disclose: ["consent", "statute"],
}

/**
 * The days of the flow on which a ground of the statement held, with its evidence (domain handbook, 5, G(s)). An
 * entrusted company acts for us and needs none of its own. Legal bases by regime join when their packs are loaded.
 */
export function groundDays(facts: SharingFacts): Stretch[] {
  const { body } = facts.sharing
  const flow = flowDays(body)
  if (body.mode === "entrust") return flow
  const good = GOOD[body.mode]
  return intersect(
    flow,
    union(
      ...body.grounds
        .filter((line) => good.includes(line.ground) || line.ground.startsWith("exception"))
        .map((line) => intersect([stretchOf(line)], evidenceDays(facts, line))),
    ),
  )
}

/** The days on which the evidence of a line held. */
function evidenceDays(facts: SharingFacts, line: GroundLine): Stretch[] {
  const all: Stretch[] = [{ from: null, to: null }]
  if (line.ground === "consent") {
    const consent = facts.consents.find((one) => one.id === line.consentId && one.standing !== "ended")?.body
    const given = consent ? valueOf(consent.firstOn) : null
    return consent && given ? union([{ from: given, to: closedOn(facts.entity, consent) }]) : []
  }
  if (line.ground === "affiliate") {
    const kind = facts.party.body.kinds.filter((one) => one.kind === "affiliate").map(stretchOf)
    return intersect(kind, facts.party.body.groupLinks.map(stretchOf))
  }
  if (line.ground === "statute") {
    const cited = [line.citation, line.caseNumber].some((answer) => (valueOf(answer) ?? "").trim() !== "")
    return cited || line.demandId !== null ? all : []
  }
  return all
}
