import { valueOf } from "@/domain/core/answer"
import { intersect, subtract } from "@/domain/core/stretch"
import { waitsForTwo } from "@/domain/records/by-hand"
import { CHECKLISTS } from "@/domain/vocabulary/checklists"
import { answered, flowDays, listOf, onGround, onSharing, outside, settle } from "@/domain/checks/kit"
import { assessmentsOn, passedDays } from "@/domain/checks/assessed"
import { itemDays, paperDays, pointed } from "@/domain/checks/papers"
import type { Check, SharingFacts } from "@/domain/checks/types"

/** What a paper must say, each promise by any of the items that say it. */
const PROMISES: readonly (readonly string[])[] = [["STATEMENT"], ["CONFID", "28.3.b"], ["SECURITY", "28.3.c"]]

/** An entrusted company acts for us: as processor, without ends of its own. */
export const actsForUs: Check = onSharing(({ sharing }) => {
  const { body } = sharing
  if (body.mode !== "entrust") return settle([], [])
  return settle(flowDays(body), [
    ...answered(body.role, {
      says: "finding.S-III.A-1.role",
      path: "role",
      passes: (role) => role === "processor" || role === "sub-processor",
    }),
    ...answered(body.ownPurpose, {
      says: "finding.S-III.A-1.own",
      path: "ownPurpose",
      passes: (own) => own === "no",
    }),
  ])
})

/** A signed paper of one of the kinds covers the entrusted flow. Parameters: `kinds`. */
export const entrustPaper: Check = onSharing((facts, params) => {
  if (facts.sharing.body.mode !== "entrust") return settle([], [])
  const papered = paperDays(facts, listOf(params, "kinds"))
  return settle(flowDays(facts.sharing.body), [outside(papered, says(facts, "finding.S-III.A-2"), "covers")])
})

/** The covering paper holds the promises, each pointed to its page. Parameters: `kinds`. */
export const paperBinds: Check = onSharing((facts, params) => {
  if (facts.sharing.body.mode !== "entrust") return settle([], [])
  const kinds = listOf(params, "kinds")
  const applies = intersect(flowDays(facts.sharing.body), paperDays(facts, kinds))
  return settle(
    applies,
    PROMISES.map((items) => outside(itemDays(facts, kinds, [items]), "finding.S-III.A-3", "covers", item(items))),
  )
})

/** Group companies and partners have signed a strict confidentiality agreement that holds the promises. */
export const confidentialityFirst: Check = onSharing((facts, params) => {
  if (facts.sharing.body.mode !== "share") return settle([], [])
  const kinds = listOf(params, "kinds")
  const bound = paperDays(
    facts,
    kinds,
    (agreement) => agreement.kind === "confidentiality" || pointed(agreement, "CONFID"),
  )
  const applies = onGround(facts.sharing.body, (ground) => ground === "affiliate" || ground === "partner").days
  return settle(applies, [
    outside(bound, says(facts, "finding.S-III.B-5"), "covers"),
    ...PROMISES.map((items) => ({
      ...outside(itemDays(facts, kinds, [items]), "finding.S-III.B-5.item", "covers", item(items)),
      days: subtract(bound, itemDays(facts, kinds, [items])),
    })),
  ])
})

const item = (items: readonly string[]): Record<string, string> => ({ item: items[0] ?? "" })

/** Whether any paper is on record at all decides which sentence is shown. */
function says(facts: SharingFacts, key: string): string {
  const covering = facts.agreements.filter((paper) =>
    paper.body.covers.some((line) => line.sharingId === facts.sharing.id),
  )
  if (covering.length === 0) return `${key}.none`
  if (covering.every((paper) => paper.body.knownHow === "stated")) return `${key}.stated`
  return covering.every((paper) => waitsForTwo(paper.body, paper.confirmed)) ? `${key}.confirm` : `${key}.days`
}

/** Items that no company needs unless its law asks for them. */
const BY_REGIME: readonly { starts: string; regime: string }[] = [
  { starts: "PIPL-", regime: "CN" },
  { starts: "CCPA-", regime: "CCPA" },
]
/** Items that are asked for by the flow, not by the kind of paper. */
const BY_FLOW: readonly string[] = ["ONWARD", "NO-REID"]
/** Kinds of which one item of the list is enough. */
const ONE_OF: Readonly<Record<string, readonly string[]>> = { successor: ["BOUND", "RECONSENT"] }

/** The clause checklist of an agreement is complete for its kind. What is only stated is not looked at: it covers nothing. */
export const checklistComplete: Check = (facts) => {
  if (facts.about !== "agreement" || facts.agreement.body.knownHow === "stated") return settle([], [])
  const { body } = facts.agreement
  const regimes = facts.entity.regimes.map((line) => line.regime as string)
  const alternatives = ONE_OF[body.kind] ?? []
  const wanted = (CHECKLISTS[body.kind] ?? [])
    .map((line) => line.item)
    .filter((name) => !BY_FLOW.includes(name) && !alternatives.includes(name))
    .filter((name) => BY_REGIME.every((one) => !name.startsWith(one.starts) || regimes.includes(one.regime)))
  const missing = wanted.filter((name) => !pointed(body, name))
  const noneOf = alternatives.length > 0 && !alternatives.some((name) => pointed(body, name))
  const open = [...missing, ...(noneOf ? [alternatives.join(" / ")] : [])]
  return settle(
    [{ from: null, to: null }],
    open.length
      ? [
          {
            days: [{ from: null, to: null }],
            verdict: "broken",
            says: "finding.S-IV-4.2",
            params: { items: open.join(", ") },
            path: "checklist",
          },
        ]
      : [],
  )
}

/** De-identified data stays so: method, a re-identification test that holds, and the recipient's word not to try. */
export const deIdentified: Check = onSharing((facts) => {
  const { body } = facts.sharing
  if (valueOf(body.dataForm) !== "de-identified") return settle([], [])
  const tested = passedDays(assessmentsOn(facts, "reid"), ["passed"])
  const promised = paperDays(facts, Object.keys(CHECKLISTS), (agreement) => pointed(agreement, "NO-REID"))
  return settle(flowDays(body), [
    ...answered(body.deidentification, { says: "finding.S-III.E-7.method", path: "deidentification" }),
    outside(tested, "finding.S-III.E-7.test", "dataForm"),
    outside(promised, "finding.S-III.E-7.promise", "covers"),
  ])
})
