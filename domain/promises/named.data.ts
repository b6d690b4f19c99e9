import type { PartyKind, PartySubKind } from "@/domain/vocabulary/parties"

/**
 * Whom the published statement names as recipient, in our own words, clause by clause. `subKinds` empty: the kind as a
 * whole. `families`: the families of data that it names for these recipients; null: it names none for them.
 */
export type NamedRecipient = {
  clause: string
  words: string
  kind: PartyKind
  subKinds: readonly PartySubKind[]
  families: readonly string[] | null
}

/** The families of data that the statement names for partners (S-III.B-4). */
const PARTNER_DATA = ["order", "account", "device", "location"] as const

export const NAMED_RECIPIENTS: readonly NamedRecipient[] = [
  {
    clause: "S-III.A-1",
    words: "companies that we entrust with work of ours, such as hotlines, mail and technical support",
    kind: "processor",
    subKinds: [],
    families: null,
  },
  {
    clause: "S-III.B-2.1",
    words: "authorities and courts, where the law asks for it",
    kind: "authority",
    subKinds: [],
    families: null,
  },
  { clause: "S-III.B-3.1", words: "companies of our own group", kind: "affiliate", subKinds: [], families: null },
  {
    clause: "S-III.B-4.1",
    words: "sellers and developers who serve people directly",
    kind: "partner",
    subKinds: ["seller", "developer"],
    families: PARTNER_DATA,
  },
  {
    clause: "S-III.B-4.2",
    words: "suppliers of goods, infrastructure, logistics, payment and data processing",
    kind: "partner",
    subKinds: ["goods", "infrastructure", "logistics", "payment", "data-processing"],
    families: PARTNER_DATA,
  },
  {
    clause: "S-II.B-1",
    words: "others who place beacons and pixels on our pages and in our mails",
    kind: "partner",
    subKinds: ["advertising"],
    families: null,
  },
  {
    clause: "S-III.C-2",
    words: "whoever succeeds us in a merger, a sale or an insolvency",
    kind: "successor",
    subKinds: [],
    families: null,
  },
  {
    clause: "S-III.D-1",
    words: "everybody, where a person agreed to it",
    kind: "public",
    subKinds: [],
    families: null,
  },
]
