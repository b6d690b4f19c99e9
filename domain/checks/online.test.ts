import { describe, expect, test } from "vitest"
import { BLANK, known } from "@/domain/core/answer"
import { day } from "@/domain/core/day"
import type { Id } from "@/domain/core/id"
import type { Agreement } from "@/domain/records/agreement"
import { commitmentsOf, seal } from "@/domain/records/seal"
import { typedAgreement } from "@/testing/in-2026"
import { boundOn, inEffect } from "./papers"

const BETWEEN = { entityId: "ent_1" as Id<"entity">, partyId: "pty_1" as Id<"party"> }
const TERMS = {
  ...{ address: "https://cloud.example/terms", version: "2026-02", fileId: "fil_1" as Id<"file"> },
  ...{ acceptedBy: "Ada Example", acceptedOn: day("2026-03-05") },
}
const paper = (over: Partial<Agreement> = {}, terms: Partial<typeof TERMS> | { fileId: null } = {}): Agreement => ({
  ...typedAgreement(BETWEEN, []),
  ...{ kind: "processing", knownHow: "document-seen", signatories: [] },
  ...{ online: known({ ...TERMS, ...terms } as typeof TERMS), ...over },
})
const [mine, theirs] = typedAgreement(BETWEEN, []).signatories
const unnamed = [mine, theirs].map((one) => ({ ...one, name: "", signedOn: BLANK })) as Agreement["signatories"]

describe("terms accepted online bind from the day of their acceptance", () => {
  test.each<[string, Agreement, string | null]>([
    ["with address, version, text and who", paper(), "2026-03-05"],
    ["beside lines of signatories that nobody filled", paper({ signatories: unnamed }), "2026-03-05"],
    ["standard clauses by reference", paper({ kind: "scc" }), "2026-03-05"],
    ["a joint arrangement", paper({ kind: "joint-arrangement" }), "2026-03-05"],
    ["a confidentiality agreement is signed", paper({ kind: "confidentiality" }), null],
    ["without the captured text", paper({}, { fileId: null }), null],
    ["without an address", paper({}, { address: " " }), null],
    ["without a version", paper({}, { version: "" }), null],
    ["without whoever accepted", paper({}, { acceptedBy: "" }), null],
    ["only stated", paper({ knownHow: "stated" }), null],
    ["not answered", paper({ online: BLANK }), null],
    [
      "somebody is named who has not signed",
      paper({ signatories: unnamed.map((one) => ({ ...one, name: "B" })) }),
      null,
    ],
  ])("%s: %s", (_what, agreement, wanted) => {
    expect(boundOn(agreement)).toBe(wanted)
  })
})

test("the paper holds from the later of acceptance and effect; a paper of before the question holds as it did", () => {
  const of = (body: Agreement) => inEffect({ id: "agr_1", body, standing: "approved" } as never)
  expect(of(paper({ effectOn: known(day("2026-01-01")) }))[0]?.from).toBe("2026-03-05")
  expect(of(paper({ effectOn: known(day("2026-04-01")) }))[0]?.from).toBe("2026-04-01")
  const before = typedAgreement(BETWEEN, [])
  expect(of({ ...before, online: BLANK })).toEqual(of(before))
})

test("who accepted is committed, as whoever signs is", () => {
  const sealed = seal("agreement", paper(), (value) => `c:${value}`)
  expect(JSON.stringify(sealed)).not.toContain('"Ada Example"')
  expect(commitmentsOf("agreement", sealed)).toContain("c:Ada Example")
})
