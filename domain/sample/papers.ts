import { known, NOT_APPLICABLE } from "@/domain/core/answer"
import { addDays, type Day } from "@/domain/core/day"
import type { Id } from "@/domain/core/id"
import type { Agreement } from "@/domain/records/agreement"
import { paperBody, type Between } from "./bodies"
import type { SampleGiven, SampleProposal } from "./given"

/** One request of the life of papers: so many days ago, by this title. */
export type PaperStep = { ago: number; title: string; proposals: SampleProposal[] }
/** Parties of the sample that papers are made with, by what they are to us, with the flows that they get. */
export type PaperParties = readonly { name: string; between: Between; covers: readonly Id<"sharing">[] }[]

/**
 * The life of papers, one of each: a framework with what its clauses oblige to, an order under it, an amendment with what it
 * changes, a paper in the place of another that names a second party, and one without end of which notice was given.
 */
export function lifeOfPapers(
  given: Pick<SampleGiven, "today" | "file">,
  parties: PaperParties,
  newId: (ago: number) => Id<"agreement">,
): PaperStep[] {
  const [a, b, c] = parties
  if (!a || !b || !c) throw new Error("the sample lacks parties for its papers")
  const ago = (days: number): Day => addDays(given.today, -days)
  const paper = (with_: PaperParties[number], title: string, from: number, over: Partial<Agreement>): Agreement => ({
    ...paperBody(with_.between, over.kind ?? "processing", title, [], { from: ago(from), to: null, file: given.file }),
    ...over,
  })
  const make = (id: Id<"agreement">, body: Agreement, op: SampleProposal["op"] = "create"): SampleProposal[] => [
    { kind: "agreement", op, id, body, discovered: false },
  ]
  const notice = {
    noticeCounts: known("received" as const),
    noticeForm: known("In writing, by registered letter"),
    noticeAddress: known("Contracts, 1 Harbour Square, Dublin"),
    owner: known("Petra (procurement)"),
  }
  const [framework, order, amendment] = [newId(300), newId(250), newId(120)]
  const terms = {
    ...{ ...notice, initialMonths: known(24), renewalsMost: known(3) },
    renewal: known({ way: "tacit" as const, months: 12, noticeMonths: 3 }),
  }
  const due = (what: "audit" | "certificate" | "report", says: string, inDays: number, every: number) => ({
    ...{ what, says, who: "party" as const, firstOn: known(addDays(given.today, inDays)) },
    ...{ everyMonths: known(every), doneOn: { state: "blank" as const } },
  })
  const [old, anew, open] = [newId(400), newId(60), newId(200)]
  const endless = {
    ...{ ...notice, noticeOurs: known(60), noticeTheirs: known(90) },
    renewal: known({ way: "never" as const, months: 0, noticeMonths: 0 }),
  }
  const openPaper = paper(c, `Terms of use without end with ${c.name}`, 210, endless)
  return [
    {
      ...{ ago: 300, title: `Framework with ${a.name}` },
      proposals: make(
        framework,
        paper(a, `Framework terms with ${a.name}`, 310, {
          ...terms,
          obligations: [
            due("audit", "Our yearly right to audit", 45, 12),
            due("certificate", "The certificate of the year", 20, 12),
            due("report", "Report on incidents of the half year", -10, 6),
          ],
        }),
      ),
    },
    {
      ...{ ago: 250, title: `Order under the framework with ${a.name}` },
      proposals: make(
        order,
        paper(a, `Order 2 under the framework with ${a.name}`, 255, {
          ...{ parentId: framework, endsOn: known(addDays(given.today, 150)) },
          renewal: known({ way: "express", months: 12, noticeMonths: 1 }),
          covers: a.covers.map((sharingId) => ({ sharingId, firstOn: null, lastOn: null })),
        }),
      ),
    },
    {
      ...{ ago: 120, title: `Amendment 1 to the framework with ${a.name}` },
      proposals: make(
        amendment,
        paper(a, `Amendment 1 to the framework with ${a.name}`, 125, {
          ...{ ...terms, amends: framework, initialMonths: { state: "blank" }, renewalsMost: { state: "blank" } },
          renewal: NOT_APPLICABLE,
          changes: [
            { what: "notice", clause: "12.2", says: "Notice goes to the address of the contracts desk." },
            { what: "annex", clause: "Annex C", says: "A list of sub-processors is added." },
          ],
        }),
      ),
    },
    {
      ...{ ago: 400, title: `Confidentiality with ${b.name}` },
      proposals: make(
        old,
        paper(b, `Confidentiality agreement of the pilot with ${b.name}`, 410, { ...notice, kind: "confidentiality" }),
      ),
    },
    {
      ...{ ago: 60, title: `New agreement in place of the pilot's with ${b.name}` },
      proposals: make(
        anew,
        paper(b, `Agreement with ${b.name} and ${c.name}`, 61, {
          ...{ ...terms, replaces: old, furtherParties: [c.between.partyId] },
        }),
      ),
    },
    { ago: 200, title: `Terms of use with ${c.name}`, proposals: make(open, openPaper) },
    {
      ...{ ago: 18, title: `Notice to ${c.name}` },
      proposals: make(open, { ...openPaper, noticeGivenOn: known(ago(20)), noticeGivenBy: known("entity") }, "change"),
    },
  ]
}
