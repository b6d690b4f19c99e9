import type { LawFacts } from "@/domain/checks/law"
import type { Clause, Pack, PackScope } from "@/domain/checks/types"
import { CH_CLAUSES } from "./ch.data"
import { GDPR_PRINCIPLES } from "./gdpr-principles.data"
import { GDPR_PROCESSORS } from "./gdpr-processors.data"
import { GDPR_TRANSFERS } from "./gdpr-transfers.data"
import { HOUSE_CLAUSES } from "./house.data"
import { CAC_FACTS, CCPA_FACTS, CH_FACTS, CN_FACTS, EU_FACTS, SCC_FACTS, UK_FACTS } from "./regimes.data"
import { CAC_CLAUSES, CCPA_CLAUSES, DORA_CLAUSES, EPRIVACY_CLAUSES, LGPD_CLAUSES } from "./others.data"
import { PIPL_CLAUSES } from "./pipl.data"
import { SCC_CLAUSES } from "./scc.data"
import { STATEMENT_CONTENT } from "./statement-content.data"
import { STATEMENT_GROUNDS } from "./statement-grounds.data"
import { STATEMENT_LATER, STATEMENT_MORE } from "./statement-more.data"
import { STATEMENT_PAPERS } from "./statement-papers.data"
import { UK_CLAUSES } from "./uk.data"

const PUBLISHED = "2024-01-01T00:00:00.000Z"

const EVERYBODY: PackScope = { regimes: null, entities: null, products: null, subjects: null }

/** A first version of a law's pack: whoever is under the regime. */
const law = (pack: string, regime: string, clauses: readonly Clause[], facts: Partial<LawFacts> = {}): Pack => ({
  pack,
  version: "1",
  publishedAt: PUBLISHED,
  scope: { ...EVERYBODY, regimes: [regime] },
  clauses: [...clauses],
  facts,
})

/** Every published version of every pack. One is never changed once it was out: another one replaces it. */
export const PACKS: readonly Pack[] = [
  {
    pack: "statement",
    version: "1",
    publishedAt: PUBLISHED,
    scope: EVERYBODY,
    clauses: [
      ...STATEMENT_GROUNDS,
      ...STATEMENT_CONTENT,
      ...STATEMENT_PAPERS,
      ...STATEMENT_MORE,
      ...STATEMENT_LATER,
    ].sort((a, b) => (a.id < b.id ? -1 : 1)),
  },
  { pack: "house", version: "1", publishedAt: PUBLISHED, scope: EVERYBODY, clauses: [...HOUSE_CLAUSES] },
  law("gdpr", "EU", [...GDPR_PRINCIPLES, ...GDPR_PROCESSORS, ...GDPR_TRANSFERS], EU_FACTS),
  law("scc", "EU", SCC_CLAUSES, SCC_FACTS),
  law("uk", "UK", UK_CLAUSES, UK_FACTS),
  law("ch", "CH", CH_CLAUSES, CH_FACTS),
  law("pipl", "CN", PIPL_CLAUSES, CN_FACTS),
  law("cac", "CN", CAC_CLAUSES, CAC_FACTS),
  law("ccpa", "CCPA", CCPA_CLAUSES, CCPA_FACTS),
  law("lgpd", "BR", LGPD_CLAUSES),
  law("dora", "DORA", DORA_CLAUSES),
  law("eprivacy", "EU", EPRIVACY_CLAUSES),
]

/** The packs as they were known at the instant (UTC): of each the last version published by then. */
export function packsKnownAt(at: string, packs: readonly Pack[] = PACKS): Pack[] {
  const known = new Map<string, Pack>()
  for (const pack of packs) {
    const key = `${pack.pack} ${pack.scope.language ?? ""} ${(pack.scope.entities ?? []).join(" ")}`
    const before = known.get(key)
    if (pack.publishedAt <= at && (!before || before.publishedAt <= pack.publishedAt)) known.set(key, pack)
  }
  return [...known.values()]
}
