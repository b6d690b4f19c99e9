import { describe, expect, test } from "vitest"
import { BLANK, known } from "@/domain/core/answer"
import type { Id } from "@/domain/core/id"
import { typedAgreement } from "@/testing/in-2026"
import type { Agreement } from "./agreement"
import { confirmers, mayNotSee, needsToSee, stillToSee, waitsForTwo, type PaperSeen } from "./by-hand"

const BETWEEN = { entityId: "ent_1" as Id<"entity">, partyId: "pty_1" as Id<"party"> }
const [A, B] = ["a".repeat(64), "b".repeat(64)]
const files = (...hashes: string[]): Agreement["files"] =>
  hashes.map((sha256) => ({ fileId: "fil_1" as Id<"file">, sha256, name: "scan.pdf", pages: BLANK }))
const paper = (over: Partial<Agreement> = {}): Agreement =>
  typedAgreement(BETWEEN, [], { kind: "confidentiality", signing: known("by-hand"), files: files(A), ...over })
const saw = (personId: string, sha256 = A): PaperSeen => ({ personId, sha256, saw: "scan", author: false })

describe("how many people look", () => {
  test.each<[string, Agreement, number]>([
    ["a confidentiality agreement signed by hand", paper(), 2],
    ["with a seal", paper({ signing: known("by-seal") }), 2],
    ["a successor's undertaking", paper({ kind: "successor" }), 2],
    ["processing clauses bind by acceptance", paper({ kind: "processing" }), 1],
    ["standard clauses", paper({ kind: "scc" }), 1],
    ["signed in the file itself", paper({ signing: known("digitally") }), 0],
    ["not answered", paper({ signing: BLANK }), 0],
  ])("%s", (_what, agreement, needed) => {
    expect(needsToSee(agreement)).toBe(needed)
  })
})

describe("what is still missing", () => {
  test.each<[string, Agreement, PaperSeen[], number]>([
    ["nobody looked", paper(), [], 2],
    ["one did", paper(), [saw("ann")], 1],
    ["the same one twice", paper(), [saw("ann"), saw("ann")], 1],
    ["two did", paper(), [saw("ann"), saw("ben")], 0],
    ["three did", paper(), [saw("ann"), saw("ben"), saw("cat")], 0],
    ["a file was exchanged", paper({ files: files(B) }), [saw("ann"), saw("ben")], 2],
    ["a file came to it", paper({ files: files(A, B) }), [saw("ann"), saw("ben")], 2],
    ["one looked at both", paper({ files: files(A, B) }), [saw("ann"), saw("ben"), saw("ann", B)], 1],
    ["no file", paper({ files: [] }), [saw("ann"), saw("ben")], 2],
    ["one is enough", paper({ kind: "processing" }), [saw("ann")], 0],
    ["signed in the file", paper({ signing: known("digitally") }), [], 0],
  ])("%s", (_what, agreement, seen, missing) => {
    expect(stillToSee(agreement, seen)).toBe(missing)
    expect(waitsForTwo(agreement, seen)).toBe(needsToSee(agreement) === 2 && missing > 0)
    expect(new Set(confirmers(agreement, seen)).size).toBe(confirmers(agreement, seen).length)
  })
})

describe("who may", () => {
  const on = { needed: 2, confirmed: [] as string[], personId: "ann", author: false, others: 5 }
  test.each<[string, Partial<typeof on>, string | null]>([
    ["who did not write it", {}, null],
    ["who confirmed it already", { confirmed: ["ann"] }, "conflict.paper-seen"],
    ["what is confirmed", { confirmed: ["ben", "cat"] }, "conflict.paper-enough"],
    ["who wrote it, with enough others", { author: true }, "not-allowed.paper-author"],
    ["who wrote it, with just enough others", { author: true, others: 2 }, "not-allowed.paper-author"],
    ["who wrote it, with too few others", { author: true, others: 1 }, null],
    ["who wrote it, alone", { author: true, others: 0 }, null],
    ["who wrote it, and one is enough", { author: true, needed: 1, others: 1 }, "not-allowed.paper-author"],
  ])("%s", (_what, over, refused) => {
    expect(mayNotSee({ ...on, ...over })).toBe(refused)
  })
})
