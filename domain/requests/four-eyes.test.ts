import fc from "fast-check"
import { expect, test } from "vitest"
import type { Role } from "@/domain/people/roles"
import { isAdvisedAgainst, isOpen, isUnanswered, maySit, ROLE_OF, type Table } from "./four-eyes"
import { STAGES } from "./stages"

const HERE = "ent_here"
const at = (stage: string, entityId = HERE) => ({ stage, entityId })
const person = (role: Role, entityId: string | null = null, id = "psn_1") => ({
  kind: "person" as const,
  id,
  held: [{ grantId: "grt_1", role, entityId, confirmed: true }],
})
const table = (over: Partial<Table> = {}): Table => ({
  authors: ["psn_author"],
  stages: STAGES.map((stage) => ({ ...at(stage), seat: stage === "dpo" ? "advises" : "decides" })),
  seat: null,
  ...over,
})
const says = (outcome: { ok: boolean; says?: string }): string => (outcome.ok ? "yes" : (outcome.says ?? ""))

test.each([
  ["who has the role sits", person("legal"), table(), at("legal"), "yes"],
  ["an author does not", person("legal", null, "psn_author"), table(), at("legal"), "not-allowed.author"],
  ["nor who has another role", person("procurement"), table(), at("legal"), "not-allowed.role"],
  ["nor who has it elsewhere", person("legal", "ent_other"), table(), at("legal"), "not-allowed.role"],
  [
    "nor who sat at another stage",
    person("legal"),
    table({ seat: at("second-legal") }),
    at("legal"),
    "not-allowed.second-seat",
  ],
  [
    "nor who sat for another company",
    person("legal"),
    table({ seat: at("legal", "ent_other") }),
    at("legal"),
    "not-allowed.second-seat",
  ],
  ["who sat there before sits there again", person("legal"), table({ seat: at("legal") }), at("legal"), "yes"],
  ["no stage, no seat", person("legal"), table({ stages: [] }), at("legal"), "not-allowed.no-such-stage"],
  [
    "the operator of the machine never",
    { kind: "operator" as const },
    table(),
    at("legal"),
    "not-allowed.needs-person",
  ],
])("four eyes: %s", (_name, who, on, where, wanted) => {
  expect(says(maySit(who, on, where))).toBe(wanted)
})

test("whatever roles somebody has, they never sit at a request of theirs, nor at two stages of one", () => {
  const roles = fc.subarray(["requester", "procurement", "legal", "dpo", "supervisor"] as Role[])
  fc.assert(
    fc.property(
      roles,
      fc.boolean(),
      fc.constantFrom(...STAGES),
      fc.constantFrom(...STAGES),
      (held, wrote, sat, wants) => {
        const who = {
          kind: "person" as const,
          id: "psn_1",
          held: held.map((role) => ({ grantId: role, role, entityId: null, confirmed: true })),
        }
        const seated = table({ authors: wrote ? ["psn_1"] : [], seat: at(sat) })
        const may = maySit(who, seated, at(wants)).ok
        expect(may).toBe(!wrote && sat === wants && held.includes(ROLE_OF[wants]))
      },
    ),
  )
})

test("a stage is open in review, on the content that was seen, until somebody decided it", () => {
  const on = { state: "in-review", hash: "a", decided: [at("dpo")], stages: [] }
  expect(says(isOpen(on, at("legal"), "a"))).toBe("yes")
  expect(says(isOpen({ ...on, state: "draft" }, at("legal"), "a"))).toBe("conflict.not-in-review")
  expect(says(isOpen(on, at("legal"), "b"))).toBe("conflict.other-content")
  expect(says(isOpen(on, at("dpo"), "a"))).toBe("conflict.stage-taken")
})

test("advice against counts until the DPO says otherwise, and stands unanswered while nobody who approved gave a reason", () => {
  const said = (revision: number, verdict: string, stage = "dpo", reason: string | null = null) => ({
    ...at(stage),
    ...{ revision, verdict, reason },
  })
  expect(isAdvisedAgainst([said(1, "advise-against")], 2)).toBe(true)
  expect(isAdvisedAgainst([said(1, "advise-against"), said(2, "agree")], 2)).toBe(false)
  expect(isAdvisedAgainst([said(1, "agree"), said(2, "advise-against")], 2)).toBe(true)
  expect(isAdvisedAgainst([said(1, "refuse", "legal")], 1)).toBe(false)
  // The DPO of one company agreed, that of another did not.
  expect(isAdvisedAgainst([said(1, "advise-against"), said(1, "agree")], 1)).toBe(true)
  expect(isUnanswered("advise-against", [said(1, "approve", "legal")])).toBe(true)
  expect(isUnanswered("advise-against", [said(1, "approve", "legal", "because")])).toBe(false)
  expect(isUnanswered("agree", [])).toBe(false)
})
