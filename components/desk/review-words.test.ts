import { expect, test } from "vitest"
import { CATALOGUE } from "@/components/words/catalogue"
import { PACKS } from "@/domain/packs/all"
import { REVIEW_CLAUSE, REVIEW_KINDS } from "@/domain/reviews/dues"
import { reviewWords, whyThen } from "./review-words"

test("a review says its arithmetic", () => {
  const line = { rule: "months-after", sinceOn: "2025-03-03", length: 24, dueOn: "2027-03-03" }
  expect(whyThen(line)).toBe("Looked at on 3 Mar 2025, again within 24 months: by 3 Mar 2027.")
  expect(whyThen({ ...line, rule: "days-from-start", length: 1 })).toContain("due within 1 day:")
  expect(whyThen({ rule: "no-day", sinceOn: null, length: null, dueOn: null })).toContain("set one")
})

test("every kind of review has its words, and necessity says of which data", () => {
  for (const kind of REVIEW_KINDS) expect(CATALOGUE[`reviews.kind.${kind}`], kind).toBeDefined()
  expect(reviewWords({ kind: "necessity", about: "contact.email" })).toBe("Is the data still needed? E-mail address")
})

test("the clauses behind the statement's own reviews are in its pack", () => {
  const known = new Set(PACKS.flatMap((pack) => pack.clauses.map((clause) => clause.id)))
  for (const kind of ["necessity", "exception", "due-diligence", "audit", "reid"] as const)
    expect(known.has(REVIEW_CLAUSE[kind]), kind).toBe(true)
})
