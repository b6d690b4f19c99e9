import { known, unknown } from "@/domain/core/answer"
import { addDays, type Day } from "@/domain/core/day"
import type { Id } from "@/domain/core/id"
import { fromMillis, toMillis, type Instant } from "@/domain/core/instant"
import { blankOf, FIELDS } from "@/domain/records/fields"
import type { BodyOf, RecordKind } from "@/domain/records/kinds"
import type { Sharing } from "@/domain/records/sharing"
import {
  assessmentBody,
  consentBody,
  demandBody,
  noticeBody,
  paperBody,
  partyBody,
  sharingBody,
  vettingBody,
  withoutPaper,
  type Between,
  type Evidence,
} from "./bodies"
import { MECHANISM_FLOWS, SAMPLE_FLOWS, type SampleFlow } from "./flows.data"
import { SAMPLE_PARTIES, type SampleParty } from "./parties.data"
import type { Company, SampleGiven, SampleProposal, SampleRequest } from "./given"
import { lifeOfPapers } from "./papers"
import { idsFrom, randomFrom } from "./random"

const HOUR = 3_600_000
const BEGAN = 720
const SAFEGUARDS: readonly string[] = [
  ...["scc-2021", "scc-2010", "scc-sa", "bcr", "code", "certification", "public-instrument", "adhoc"],
  ...["uk-idta", "uk-addendum"],
]
const ASSESSED = { tia: "Transfer impact assessment", pia: "Impact assessment", lia: "Balancing of interests" } as const

/** The story of the sample company over the last two years, in order. The same seed and day tell the same story. */
export function sampleStory(given: SampleGiven): SampleRequest[] {
  const teller = tellerOf(given)
  teller.notices(BEGAN + 4)
  const withFlows = SAMPLE_PARTIES.filter((party) => party.flows.length > 0)
  withFlows.forEach((party, i) => {
    const first = companyOf(party)
    const day = BEGAN - Math.round((i * 600) / withFlows.length)
    const partyId = teller.party(party, i, first, day)
    const others = party.kind === "processor" || party.kind === "affiliate" || party.kind === "partner"
    if (!others || party.flows.some((name) => SAMPLE_FLOWS[name]?.ground === "consent")) return
    for (const company of (["ie", "gb", "cn"] as const).filter((one) => one !== first)) {
      // Not every company of the group uses every party: the one in Shenzhen few of them.
      if (company === "gb" || i % 2 === 0 || i % 3 === 0) teller.also(party, partyId, company, i, day - 14)
    }
  })
  SAMPLE_PARTIES.filter((party) => party.flows.length === 0).forEach((party, i) => teller.supplier(party, 100 - i * 3))
  MECHANISM_FLOWS.forEach((flow, i) => teller.mechanism(flow, 80 - i))
  teller.endings(50)
  teller.papers()
  teller.found(45)
  teller.secret(20)
  teller.open(6)
  return teller.requests.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0))
}

function companyOf(party: SampleParty): Company {
  return party.country === "CN" ? "cn" : "ie"
}

function tellerOf(given: SampleGiven) {
  const newId = idsFrom(randomFrom(given.seed))
  const noon = toMillis(`${given.today}T08:00:00.000Z` as Instant)
  const requests: SampleRequest[] = []
  const perDay = new Map<number, number>()
  const known_ = new Map<string, { id: Id<"party">; vetted: boolean }>()
  const notices = new Map<string, Id<"notice">>()
  const kept: { id: string; body: Sharing; company: Company }[] = []
  const dayAgo = (ago: number): Day => addDays(given.today, -ago)

  const request = (
    ago: number,
    company: Company,
    title: string,
    proposals: SampleProposal[],
    more: Partial<SampleRequest> = {},
  ) => {
    const nth = perDay.get(ago) ?? 0
    perDay.set(ago, nth + 1)
    const at = fromMillis(noon - ago * 24 * HOUR + nth * HOUR)
    requests.push({ title: title.slice(0, 300), kind: "change", at, company, proposals, ends: "approved", ...more })
  }
  const make = <K extends RecordKind>(kind: K, id: string, body: BodyOf[K], discovered = false): SampleProposal => ({
    ...{ kind, op: "create", id, discovered },
    body,
  })
  const betweenOf = (company: Company, partyId: Id<"party">): Between => ({
    partyId,
    entityId: given.companies[company].id,
    entity: given.companies[company].entity,
  })

  /** How long a paper runs, so that every state is there: for years, to soon, to a while ago, without end. */
  const paperEnds = (i: number): Day | null =>
    i % 7 === 3
      ? dayAgo(45)
      : i % 7 === 5
        ? addDays(given.today, 40)
        : i % 3 === 0
          ? null
          : addDays(given.today, 300 + i)

  /** What is assessed of a flow before it begins: its impact, the law of the place, interests against each other. */
  const assessmentsFor = (on: Between, id: Id<"sharing">, body: Sharing, flow: SampleFlow, ago: number) => {
    const laws = on.entity.regimes.map((line) => line.regime)
    const away = body.destinations.state === "known" ? body.destinations.value.flatMap((one) => one.mechanisms) : []
    const kinds = [
      ...(away.some((line) => line.regime !== "CN" && SAFEGUARDS.includes(line.mechanism)) ? (["tia"] as const) : []),
      ...(laws.includes("CN") || flow.minors ? (["pia"] as const) : []),
      ...(flow.ground === "merger" ? (["lia"] as const) : []),
    ]
    return kinds.map((kind) =>
      make(
        "assessment",
        newId("assessment", noon - ago * 24 * HOUR),
        assessmentBody(kind, { partyId: on.partyId, sharingId: id }, `${ASSESSED[kind]}: ${flow.title}`, {
          from: dayAgo(ago + 2),
          until: addDays(given.today, 380),
        }),
      ),
    )
  }
  const appraisal = (partyId: Id<"party">, name: string, ago: number): SampleProposal =>
    make(
      "assessment",
      newId("assessment", noon - ago * 24 * HOUR),
      assessmentBody("appraisal", { partyId, sharingId: null }, `Appraisal of ${name}`, {
        from: dayAgo(ago + 6),
        until: addDays(given.today, 200),
      }),
    )

  /** Flows of a party with one company, with the papers and consents that they need. */
  const flows = (
    on: Between,
    partyName: string,
    list: readonly SampleFlow[],
    ago: number,
    i: number,
    paperKind: "processing" | "confidentiality" | "successor",
  ): SampleProposal[] => {
    const millis = noon - ago * 24 * HOUR
    const from = dayAgo(ago - 5)
    const agreementId = newId("agreement", millis)
    const out: SampleProposal[] = []
    const covered: Id<"sharing">[] = []
    for (const flow of list) {
      const once = flow.frequency === "once"
      const noticeId = notices.get(on.entityId) ?? null
      const evidence: Evidence = { agreementId, noticeId, consentId: null, guardianId: null, demandId: null }
      if (flow.ground === "consent") {
        evidence.consentId = newId("consent", millis)
        const about = flow.mode === "transfer" ? "transfer" : flow.mode === "disclose" ? "publication" : "sharing"
        out.push(
          make(
            "consent",
            evidence.consentId,
            consentBody(on.entityId, about, `Consent: ${flow.title}`, dayAgo(ago), on.partyId),
          ),
        )
      }
      if (flow.minors) {
        evidence.guardianId = newId("consent", millis)
        out.push(
          make(
            "consent",
            evidence.guardianId,
            consentBody(on.entityId, "guardian", `Guardians' consent: ${flow.title}`, dayAgo(ago), on.partyId),
          ),
        )
      }
      if (flow.ground === "statute") {
        evidence.demandId = newId("demand", millis)
        out.push(
          make("demand", evidence.demandId, demandBody(on, `Demand: ${flow.title}`, dayAgo(ago + 3), flow.kinds)),
        )
      }
      const needsPaper =
        flow.mode === "entrust" || flow.ground === "partner" || flow.ground === "affiliate" || flow.ground === "merger"
      if (!needsPaper) evidence.agreementId = null
      const id = newId("sharing", millis)
      // What law or an exception carried is over after its days; the exception of the hospital after a month.
      const to =
        once && flow.ground?.startsWith("exception")
          ? addDays(from, 25)
          : flow.mode === "disclose"
            ? addDays(given.today, 200)
            : null
      const body = sharingBody(on, flow, evidence, { from, to })
      out.push(make("sharing", id, body))
      out.push(...assessmentsFor(on, id, body, flow, ago))
      kept.push({ id, body, company: companyName(given, on.entityId) })
      if (needsPaper) covered.push(id)
    }
    if (covered.length) {
      const ends = paperEnds(i)
      const title = `${paperKind === "processing" ? "Processing clauses" : paperKind === "successor" ? "Successor undertaking" : "Confidentiality agreement"} with ${partyName}`
      out.push(
        make(
          "agreement",
          agreementId,
          paperBody(on, paperKind, title, covered, { from: dayAgo(ago + 10), to: ends, file: given.file }),
        ),
      )
    }
    return out
  }
  const paperKind = (party: SampleParty) =>
    party.kind === "processor" ? "processing" : party.kind === "successor" ? "successor" : "confidentiality"
  const flowsOf = (party: SampleParty): SampleFlow[] => party.flows.flatMap((name) => SAMPLE_FLOWS[name] ?? [])

  return {
    requests,
    /** Each company tells people whom their data reaches. */
    notices(ago: number): void {
      for (const company of ["ie", "gb", "cn"] as const) {
        const { id: entityId, entity } = given.companies[company]
        const id = newId("notice", noon - ago * 24 * HOUR)
        notices.set(entityId, id)
        const body = noticeBody(entityId, entity.legalName, dayAgo(ago))
        request(ago, company, body.title, [make("notice", id, body)])
      }
    },
    /** A party comes in with its vetting and what it gets from one company. */
    party(from: SampleParty, i: number, company: Company, ago: number): Id<"party"> {
      const millis = noon - ago * 24 * HOUR
      const id = newId("party", millis)
      known_.set(from.name, { id, vetted: true })
      const proposals = [make("party", id, partyBody(from))]
      const runsOut = i % 9 === 4 ? dayAgo(20) : addDays(given.today, 400)
      if (["processor", "affiliate", "partner"].includes(from.kind))
        proposals.push(
          make("assessment", newId("assessment", millis), vettingBody(id, from.name, dayAgo(ago + 20), runsOut)),
          appraisal(id, from.name, ago),
        )
      proposals.push(...flows(betweenOf(company, id), from.name, flowsOf(from), ago, i, paperKind(from)))
      request(ago, company, `Take on ${from.name}`, proposals)
      return id
    },
    /** Another company of the group uses a party that is known. */
    also(from: SampleParty, partyId: Id<"party">, company: Company, i: number, ago: number): void {
      const proposals = flows(betweenOf(company, partyId), from.name, flowsOf(from), ago, i + 1, paperKind(from))
      request(ago, company, `${from.name} for ${given.companies[company].entity.legalName}`, proposals)
    },
    /** A supplier of whom nothing is decided, or who was found to get no personal data. */
    supplier(from: SampleParty, ago: number): void {
      const id = newId("party", noon - ago * 24 * HOUR)
      request(
        ago,
        "ie",
        `${from.name}: ${from.decision === "undecided" ? "to be looked at" : "no personal data found"}`,
        [make("party", id, partyBody(from))],
      )
    },
    /** One flow that shows one transfer mechanism. */
    mechanism({ mechanism, country, company, frequency }: (typeof MECHANISM_FLOWS)[number], ago: number): void {
      const from = SAMPLE_PARTIES.find((party) => party.country === country && party.kind === "processor")
      const party = from ? known_.get(from.name) : undefined
      if (!from || !party) throw new Error(`no party of the sample lies in ${country}`)
      const flow: SampleFlow = {
        title: `Remote help with test benches, ${mechanism}`,
        ...{ mode: "entrust", purpose: "svc.support", kinds: ["device.id"], subjects: ["employee"] },
        text: "Looks from afar at a test bench that does not answer.",
        where: [{ country, kind: "access", mechanism }],
        frequency: frequency ?? "often",
      }
      const proposals = flows(betweenOf(company, party.id), from.name, [flow], ago, 1, "processing")
      // Old clauses cannot be agreed on any more, and more people leave the mainland than go without a route: such flows
      // can only be found, never approved.
      if (mechanism === "scc-2010" || mechanism === "cn-volume") {
        // It ran already when it was found.
        const running = {
          startsOn: known(dayAgo(ago + 60)),
          dueOn: known(addDays(given.today, 30)),
          foundHow: known("Seen in the list of who looks from afar."),
        }
        const found = proposals.flatMap((item) =>
          item.kind === "sharing"
            ? [{ ...item, discovered: true, body: { ...withoutPaper(item.body as Sharing), ...running } }]
            : [],
        )
        request(ago, company, `Found running: ${flow.title}`, found, { kind: "discovered", ends: "recorded" })
        return
      }
      request(ago, company, `${from.name}: ${mechanism}`, [...proposals, appraisal(party.id, from.name, ago)])
    },
    /** Some flows have ended. */
    endings(ago: number): void {
      for (const [nth, one] of kept.filter((item) => item.body.mode === "entrust").entries())
        if (nth % 23 === 7)
          request(ago, one.company, `End: ${one.body.title}`, [
            { kind: "sharing", op: "end", id: one.id, discovered: false, body: one.body },
          ])
    },
    /** The life of papers with parties that the company in Dublin entrusts data to. */
    papers(): void {
      const parties = [...known_].flatMap(([name, { id }]) => {
        const covers = kept.filter(
          (one) => one.company === "ie" && one.body.partyId === id && one.body.mode === "entrust",
        )
        const between = betweenOf("ie", id)
        return covers.length
          ? [{ name, between, covers: covers.slice(0, 1).map((one) => one.id as Id<"sharing">) }]
          : []
      })
      for (const { ago, title, proposals } of lifeOfPapers(given, parties, (days) =>
        newId("agreement", noon - days * 24 * HOUR),
      ))
        request(ago, "ie", title, proposals)
    },
    /** Flows that were found running, with what is known of them. */
    found(ago: number): void {
      const names = [...known_.keys()].slice(0, 8)
      names.forEach((name, i) => {
        const party = known_.get(name)
        if (!party) return
        const company = (["ie", "gb"] as const)[i % 2] ?? "ie"
        const id = newId("sharing", noon - ago * 24 * HOUR)
        const body: Sharing = {
          ...(blankOf(FIELDS.sharing) as Sharing),
          entityId: given.companies[company].id,
          partyId: party.id,
          mode: i % 3 === 2 ? "share" : "entrust",
          title:
            [
              "Beacon on the shop pages",
              "Spreadsheet by mail",
              "Test account with real names",
              "Plug-in of the help desk",
            ][i % 4] ?? "",
          dataLines: i % 2 ? unknown("the shop team", addDays(given.today, 14)) : { state: "blank" },
          destinations: unknown("the party", addDays(given.today, 21)),
          startsOn: i % 2 ? known(dayAgo(ago + 90)) : unknown("the shop team"),
          owner: known(i % 2 ? "Shop team" : "Help desk"),
          dueOn: known(addDays(given.today, i % 3 === 0 ? -7 : 30)),
          foundHow: known("Seen in a recorded browser session."),
        }
        request(ago - i, company, `Found running: ${body.title}`, [make("sharing", id, body, true)], {
          kind: "discovered",
          ends: "recorded",
        })
      })
    },
    /** A merger that only those named know of. */
    secret(ago: number): void {
      const buyer: SampleParty = {
        name: "Project Heron Holding SA",
        country: "LU",
        kind: "successor",
        risk: "low",
        flows: [],
      }
      const id = newId("party", noon - ago * 24 * HOUR)
      const names = (["requester", "procurement", "legal", "dpo"] as const).map((role) => given.people[role])
      request(ago, "ie", "Project Heron", [make("party", id, { ...partyBody(buyer), restrictedTo: names })])
    },
    /** What waits for a decision today. */
    open(ago: number): void {
      const fresh = (name: string, flow: string, complete: boolean, nth: number): void => {
        const from: SampleParty = { name, country: "IE", kind: "processor", risk: "medium", flows: [flow] }
        const at = ago - nth
        const id = newId("party", noon - at * 24 * HOUR)
        const all = flows(betweenOf("ie", id), name, flowsOf(from), at, 1, "processing")
        const vetting = make(
          "assessment",
          newId("assessment", noon - at * 24 * HOUR),
          vettingBody(id, name, dayAgo(at + 3), addDays(given.today, 365)),
        )
        const proposals = [
          make("party", id, partyBody(from)),
          ...(complete ? [vetting, appraisal(id, name, at), ...all] : all.filter((item) => item.kind !== "agreement")),
        ]
        const ends = nth === 3 ? "refused" : nth === 4 ? "draft" : "in-review"
        request(at, "ie", `Take on ${name}`, proposals, { ends })
      }
      fresh("Harvest Moon Surveys Ltd", "usage", true, 0)
      fresh("Copperleaf Mail Ltd", "mail", false, 1)
      fresh("Sandpiper Backups Ltd", "backup", true, 2)
      fresh("Fogbank Hosting Ltd", "hosting", false, 3)
      fresh("Puddle Push Ltd", "push", true, 4)
    },
  }
}

function companyName(given: SampleGiven, id: string): Company {
  return (["ie", "gb", "cn"] as const).find((one) => given.companies[one].id === id) ?? "ie"
}
