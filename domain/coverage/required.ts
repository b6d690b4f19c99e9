import { flowDays, onGround } from "@/domain/checks/kit"
import { paperDays, papersOf, pointed } from "@/domain/checks/papers"
import type { LawFacts } from "@/domain/checks/law"
import type { SharingFacts } from "@/domain/checks/types"
import { valueOf } from "@/domain/core/answer"
import { stretchOf } from "@/domain/core/dated"
import { lately } from "@/domain/core/once"
import { intersect, subtract, union, type Stretch } from "@/domain/core/stretch"
import type { Agreement } from "@/domain/records/agreement"
import { bindsOn, type Also } from "./areas"

/** A kind of paper that the flow needs on some days, and the days on which it was there. */
export type Required = { kind: string; needed: Stretch[]; there: Stretch[] }

/** Without these pointed to, processing clauses are there on paper only (domain handbook 7.3). */
const CORE: readonly string[] = ["PARTICULARS", "28.3.a", "28.3.b", "28.3.d", "28.3.g", "28.3.h"]

const complete = (agreement: Agreement): boolean => CORE.every((item) => pointed(agreement, item))
const secret = (agreement: Agreement): boolean => agreement.kind === "confidentiality" || pointed(agreement, "CONFID")

const PROCESSING: Also = (rules) => rules.processing
const PROCESSING_ELSEWHERE: Also = (rules) => rules.processing && rules.regime !== "EU"
const THIRD_PARTY: Also = (rules) => rules.thirdPartyTerms

/** The papers that a sharing needs, following mode, role, ground and regimes (domain handbook, 5 and 7.6). */
export function requiredPapers(facts: SharingFacts, law: LawFacts): Required[] {
  const { body } = facts.sharing
  const flow = flowDays(body)
  const asks = (also: Also): Stretch[] =>
    intersect(flow, union(...facts.entity.regimes.map((line) => bindsOn(law, facts.entity, line, also))))
  const required: Required[] = []
  const need = (kind: string, needed: Stretch[], there: Stretch[]): void => {
    if (needed.length) required.push({ kind, needed, there })
  }
  if (body.mode === "entrust") {
    need("confidentiality", flow, paperDays(facts, ["confidentiality", "processing"]))
    const elsewhere = asks(PROCESSING_ELSEWHERE)
    const clauses = subtract(standardClauses(facts), elsewhere)
    need("processing", asks(PROCESSING), union(paperDays(facts, ["processing"], complete), clauses))
  }
  if (body.mode === "share") {
    const bound = onGround(body, (ground) => ground === "affiliate" || ground === "partner").days
    const kinds = ["confidentiality", "controller-sharing", "intragroup", "processing"]
    need("confidentiality", bound, paperDays(facts, kinds, secret))
    need("ccpa", intersect(bound, asks(THIRD_PARTY)), paperDays(facts, ["ccpa", "controller-sharing"], hasCcpaTerms))
  }
  if (valueOf(body.role) === "joint") need("joint-arrangement", flow, paperDays(facts, ["joint-arrangement"]))
  if (body.mode === "transfer") {
    const merged = onGround(body, (ground) => ground === "merger").days
    need("successor", merged, union(paperDays(facts, ["successor"]), asksAnew(facts)))
  }
  return required
}

/** The Commission's clauses say their core themselves; what the sides filled in stands in the annexes. */
const ANNEXES: readonly string[] = ["ANNEX-I.B", "ANNEX-II"]

/** Days on which standard clauses of modules 2 or 3 stand in for processing clauses: under the Union's law only. */
export function standardClauses(facts: SharingFacts): Stretch[] {
  return standIn(facts)
}

const standIn = lately((facts: SharingFacts): Stretch[] => {
  const lines = (valueOf(facts.sharing.body.destinations) ?? [])
    .flatMap((destination) => destination.mechanisms)
    .filter(({ mechanism, module }) => mechanism === "scc-2021" && ["2", "3"].includes(valueOf(module) ?? ""))
  if (lines.length === 0) return []
  return union(
    ...papersOf(facts).flatMap(({ paper, root, days }) => {
      const filled = ANNEXES.every((item) => pointed(paper.body, item))
      const named = lines.filter(({ agreementId }) => agreementId === paper.id || agreementId === root.id)
      return filled ? [intersect(days, named.map(stretchOf))] : []
    }),
  )
})

const hasCcpaTerms = (agreement: Agreement): boolean => agreement.kind === "ccpa" || pointed(agreement, "CCPA-7053")

/** Days of merger lines whose fresh consent is sought before they begin (S-III.C-2). */
function asksAnew(facts: SharingFacts): Stretch[] {
  const merged = onGround(facts.sharing.body, (ground) => ground === "merger")
  return merged.lines.flatMap(({ line, days }) => {
    const asks = valueOf(line.reconsentOn)
    const begins = days[0]?.from ?? null
    return asks !== null && begins !== null && asks <= begins ? days : []
  })
}
