import type { Clause } from "@/domain/checks/types"
import { clause, STATEMENT_BEGINS } from "./clause"

const at = (section: string) => ({ effectiveFrom: STATEMENT_BEGINS, source: `privacy statement, ${section}` })
const warning = { severity: "warning" } as const
const advice = { severity: "advice" } as const
const PARTNER = { modes: ["share"], grounds: ["partner"] }
const VETTED = ["processor", "affiliate", "partner"]

/** What the statement asks besides: warnings and advice, each looked at in the register. */
export const STATEMENT_MORE: readonly Clause[] = [
  clause(
    {
      id: "S-0-1",
      title: "Notices of products",
      duty: "What the statement does not list flows only where a notice of the product announced it.",
      remedy: "Attach the version of the notice, or narrow the flow.",
      ...warning,
      check: "announcedByNotice",
      params: {
        families: ["order", "account", "device", "location"],
        purposes: [
          ...["acct.register", "acct.unique", "auth.identity", "svc.deliver", "svc.support", "svc.notify"],
          ...["svc.storage", "svc.infra", "svc.comms", "order.fulfil", "order.deliver", "order.pay", "pers.service"],
          ...["mkt.direct", "mkt.ads", "ana.usage", "ana.improve", "int.audit", "err.fix", "sec.fraud"],
          ...["law.comply", "law.dispute", "law.safety", "law.national", "corp.deal"],
        ],
      },
    },
    at("opening"),
  ),
  clause(
    {
      id: "S-I.A-2.4",
      title: "Nobody looks into what people store",
      duty: "What people store with us is looked into by nobody, the entrusted company included.",
      remedy: "Name the measure that keeps the party out, and what shows it.",
      ...warning,
      check: "measuresTaken",
      params: {
        each: [["no-content-access", "e2e.encryption"]],
        when: { modes: ["entrust"], kinds: ["content.stored"] },
      },
    },
    at("I.A"),
  ),
  clause(
    {
      id: "S-I.A-5",
      title: "Statistics single nobody out",
      duty: "Only figures in which no person can be found are free of the rules.",
      remedy: "Leave out what names people and say how small a group may be, or record personal data.",
      ...warning,
      check: "statisticsOnly",
      params: {
        singling: [
          "id",
          "contact",
          "acct",
          "device.id",
          "device.mac",
          "online",
          "loc.precise",
          "fin",
          "spec.biometric",
        ],
      },
    },
    at("I.A"),
  ),
  clause(
    {
      id: "S-II-1",
      title: "Addresses and cookies are personal",
      duty: "Network addresses and cookies count as personal data where the local law says so.",
      remedy: "Record them as data about people.",
      ...warning,
      check: "fieldsAnswered",
      params: {
        fields: ["dataForm"],
        passes: ["identified", "pseudonymised"],
        when: { flag: "online", regimes: ["EU", "UK", "CH", "CN", "CCPA"] },
      },
    },
    at("II"),
  ),
  clause(
    {
      id: "S-II.D-1",
      title: "The signal of the browser is obeyed",
      duty: "Sites of ours obey the signal by which a browser says that its person will not be followed.",
      remedy: "Let the tag wait for the signal, and say when that was tested.",
      ...warning,
      check: "fieldsAnswered",
      params: { fields: ["signalTestedOn"], when: { channels: ["web"], modes: ["entrust", "share"] } },
    },
    at("II.D"),
  ),
  clause(
    {
      id: "S-III.B-1.3",
      title: "Chosen by the person",
      duty: "Whom the person names gets the data that the person means.",
      remedy: "Name the recipient in the consent, or say how the person chose.",
      ...warning,
      check: "chosenByPerson",
    },
    at("III.B"),
  ),
  clause(
    {
      id: "S-III.B-2.2",
      title: "No more than was demanded",
      duty: "A demand is answered with the data that it covers, in its time.",
      remedy: "Attach the demand with its days and data, and leave out what it does not ask for.",
      ...warning,
      check: "withinDemand",
    },
    at("III.B"),
  ),
  clause(
    {
      id: "S-III.B-4.1",
      title: "What sellers and developers need",
      duty: "Sellers and developers learn what the purchase needs.",
      remedy: "Limit the flow to the order, how to reach the buyer, and the account.",
      ...warning,
      check: "kindsWithin",
      params: {
        allowed: ["order", "account", "contact", "id.name", "device.model"],
        purposes: ["order.fulfil", "order.deliver", "order.pay", "svc.deliver", "svc.support"],
        when: { ...PARTNER, subKinds: ["seller", "developer"] },
      },
    },
    at("III.B"),
  ),
  clause(
    {
      id: "S-III.B-4.2",
      title: "What suppliers need",
      duty: "Each supplier learns what its service needs: who delivers, the address; who takes payment, the amount.",
      remedy: "Leave out what this kind of supplier does not need.",
      ...warning,
      check: "kindMatrix",
      params: {
        matrix: {
          logistics: ["order", "contact.address", "contact.phone", "id.name"],
          payment: ["order.number", "order.amount", "fin"],
          infrastructure: ["device", "account", "order", "online"],
          "data-processing": ["device", "account", "order", "location"],
        },
        when: PARTNER,
      },
    },
    at("III.B"),
  ),
  clause(
    {
      id: "S-IV-4.4",
      title: "Appraised",
      duty: "Parties are appraised again and again.",
      remedy: "Schedule the appraisal and record it.",
      ...advice,
      check: "assessmentHolds",
      params: { kind: "appraisal", when: { partyKinds: VETTED } },
    },
    at("IV"),
  ),
  clause(
    {
      id: "S-IV-5",
      title: "Trained people",
      duty: "People who get at the data are trained.",
      remedy: "Ask the party for proof of training.",
      ...advice,
      check: "measuresTaken",
      params: {
        each: [["staff.training"]],
        when: { any: [{ channels: ["access"] }, { destinationKinds: ["access"] }] },
      },
    },
    at("IV"),
  ),
  clause(
    {
      id: "S-VI-1",
      title: "Minors are seen apart",
      duty: "Whoever is under 18, or under the local age, counts as a minor and is listed apart.",
      remedy: "Record the flow about minors as one of its own.",
      ...warning,
      check: "minorsApart",
    },
    at("VI"),
  ),
  clause(
    {
      id: "S-VI-3",
      title: "Undone where no guardian stands behind it",
      duty: "Without a guardian's consent data about minors is deleted, at recipients too.",
      remedy: "Tell the recipients to delete, and note that they did.",
      ...warning,
      check: "guardianUndone",
    },
    at("VI"),
  ),
  clause(
    {
      id: "S-VII-1",
      title: "A link is no sharing",
      duty: "Whom our pages only link to acts alone and gets nothing from us.",
      remedy: "Say what the party is to us if data flows, or strike the data.",
      ...advice,
      check: "linkOnly",
    },
    at("VII"),
  ),
  clause(
    {
      id: "S-IX-3",
      title: "The list of apps",
      duty: "Installed apps are read to see whether sharing to them works, and stay on the device.",
      remedy: "Leave it out, or attach a notice that names it.",
      ...warning,
      check: "noticeTells",
      params: { tells: ["data"], kinds: ["device.apps"], when: { kinds: ["device.apps"] } },
    },
    at("IX"),
  ),
  clause(
    {
      id: "S-IX-5",
      title: "Sound when the person starts it",
      duty: "Sound is taken only when the person starts it.",
      remedy: "Confirm that recording begins by an act of the person.",
      ...warning,
      check: "startedByPerson",
      params: { when: { kinds: ["perm.microphone", "content.voice"] } },
    },
    at("IX"),
  ),
]

const later = (
  id: string,
  title: string,
  duty: string,
  remedy: string,
  bitesOn: Clause["bitesOn"],
  more: Partial<Clause> = warning,
): Clause => clause({ id, title, duty, remedy, bitesOn, check: null, ...more }, at(id.split("-")[1] ?? ""))

/** What bites when something is published, answered or closed. Changes that count as major make a notice due. */
export const STATEMENT_LATER: readonly Clause[] = [
  later(
    "S-0-2",
    "The local text counts",
    "Where a local version of the statement differs, the local one counts.",
    "Publish the local version as a version of this pack.",
    "publishing",
    advice,
  ),
  later(
    "S-II.B-1",
    "Tags of others are known",
    "Others place beacons, pixels and tags on our pages and in our mails, and we know whose.",
    "Register whose host it is, or take the tag out.",
    "publishing",
  ),
  later(
    "S-II.C-1",
    "Other storage on devices",
    "Others may store things on a device; people read for how long, and how to clear them.",
    "Complete the list of what is stored.",
    "publishing",
    advice,
  ),
  later(
    "S-IV-6",
    "Incidents are graded",
    "An incident is rated, has an owner, and goes by the procedure.",
    "Rate it within a day of hearing of it.",
    "closing",
  ),
  later(
    "S-V.A-1",
    "Who has my data",
    "Who asks in writing learns who received their data.",
    "Answer from the register.",
    "answering",
  ),
  later(
    "S-V.A-5",
    "Others stay private",
    "An answer holds nothing about third persons and nothing given in confidence.",
    "Confirm that it was blacked out.",
    "answering",
  ),
  later(
    "S-V.B-2",
    "What was before stays lawful",
    "Taking back a yes does not undo what was done under it before.",
    "Nothing: days before the withdrawal remain covered.",
    "answering",
    advice,
  ),
  later(
    "S-X-1",
    "Somebody answers",
    "The statement names an officer who answers, and that authorities may be addressed.",
    "Fill in contact and authority.",
    "publishing",
  ),
  ...(
    [
      ["1", "service", "New purposes, kinds of data or ways of use"],
      ["2", "ownership", "A new structure, a sale, an insolvency"],
      ["3", "recipients", "Main recipients who come, go, or get data on another ground"],
      ["4", "rights", "What people may ask for, or how"],
      ["5", "contacts", "Who is responsible, how to reach them, where to complain"],
      ["6", "high risk", "An impact assessment that finds a high risk"],
    ] as const
  ).map(([n, what, duty]) =>
    later(
      `S-MC-${n}`,
      `Major change: ${what}`,
      `${duty}: people are told of it.`,
      "A notice is due: announce it in the time that your notice rule gives.",
      "publishing",
    ),
  ),
]
