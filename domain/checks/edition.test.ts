import { createHash } from "node:crypto"
import { expect, test } from "vitest"
import { known } from "@/domain/core/answer"
import { day } from "@/domain/core/day"
import { coverageOf } from "@/domain/coverage/coverage"
import { packsKnownAt } from "@/domain/packs/all"
import * as stories from "@/testing/clause-stories"
import { CHECKS_EDITION } from "./edition"
import { lawFactsOf } from "./law"
import { rulingsOf } from "./run"

/** What these checks and this coverage say of flows of every mode, as one short word. */
function saidOfAll(): string {
  const packs = packsKnownAt(stories.NOW)
  const law = lawFactsOf(packs)
  const { plain, partner, affiliate, consent, statute, merger, takeover, published, ordered } = stories
  const { minors, camera, deIdentified, marketing } = stories
  const all = [
    ...[plain, partner, affiliate, consent, statute, merger, takeover, published, ordered],
    ...[minors, camera, deIdentified, marketing, stories.paper(plain, { effectOn: known(day("2026-03-01")) })],
    stories.paper(plain, {
      endsOn: known(day("2026-01-31")),
      renewal: known({ way: "tacit", months: 12, noticeMonths: 3 }),
    }),
    stories.share(plain, stories.abroad([])),
    stories.share(plain, { retention: { state: "blank" } }),
  ].map((story) => {
    const facts = stories.factsOf(story)
    const said = rulingsOf(facts, packs, law).flatMap(({ clause, rulings }) =>
      rulings.map((one) => [clause.id, one.verdict, one.from, one.to]),
    )
    return [said, facts.about === "sharing" ? coverageOf(facts, law) : null]
  })
  return createHash("sha256").update(JSON.stringify(all)).digest("hex").slice(0, 16)
}

test("what is judged otherwise than before comes with a new edition, so that an update judges everything anew", () => {
  expect(`edition ${CHECKS_EDITION}: ${saidOfAll()}`).toBe("edition 5: a5b65236d1980c88")
})
