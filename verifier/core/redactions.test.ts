import { expect, test } from "vitest"
import { sourceOf } from "@/verifier/testing/mutate"
import { aRegister, PARTY, SHARING, type SmallRegister, type Value } from "@/verifier/testing/small-register"
import type { Item } from "@/verifier/testing/small-zip"
import { verifyPackage } from "./verify"

const OTHER = `pty_${String(2).padStart(26, "0")}`
type Named = { record: string; version: number; path: string | null; sha256: string; reason: string }
type Line = { [key: string]: Value }

const linesOf = (files: readonly Item[], name: string): Line[] => {
  const file = files.find((one) => one.name === name) as Item
  const text = Buffer.from(file.bytes).toString().trim()
  return text.split("\n").map((line) => JSON.parse(line) as Line)
}
const textOf = (one: Item): string => Buffer.from(one.bytes).toString()

/** What is true of the small register: the first contact's name, and a whole party, are left out. */
function named(on: SmallRegister): { name: Named; whole: Named } {
  const files = on.files()
  const [party, other] = linesOf(files, "records/party.jsonl") as [Line, Line]
  const { contacts } = JSON.parse(party.sealed as string) as { contacts: { name: { $c: string } }[] }
  return {
    name: {
      ...{ record: PARTY, version: 2, path: "contacts.0.name", sha256: contacts[0]?.name.$c ?? "" },
      reason: "no affair of the visit",
    },
    whole: { record: OTHER, version: 1, path: null, sha256: other.sha256 as string, reason: "another authority's" },
  }
}

/** Packs it without the value, and without the whole record where `whole` is among the redactions. */
function packed(on: SmallRegister, redactions: readonly Named[], { keep = "" } = {}): Uint8Array {
  const { name, whole } = named(on)
  const isOut = redactions.some((one) => one.path === null)
  const change = (files: Item[]): Item[] =>
    files.map((one) => {
      let text = textOf(one)
      if (one.name === "disclosures.jsonl" && keep !== "value")
        text = text
          .split("\n")
          .filter((line) => !line.includes(`"commitment":"${name.sha256}"`))
          .join("\n")
      else if (one.name === "json/party.json" && keep !== "value") text = text.replace("Ada Quill", "[redacted]")
      if (isOut && keep !== "record" && one.name === "records/party.jsonl")
        text = text
          .split("\n")
          .filter((line) => !line.includes(`"id":"${whole.record}"`))
          .join("\n")
      if (isOut && keep !== "record" && one.name === "json/party.json")
        text = `${text
          .split(",\n")
          .filter((line) => !line.includes(`"id":"${whole.record}"`))
          .join(",\n")
          .replace(/\n?\]?\n?$/, "")}\n]\n`
      return { name: one.name, bytes: Buffer.from(one.name.endsWith(".bin") ? one.bytes : text) }
    })
  const records = { entity: 1, party: isOut && keep !== "record" ? 1 : 2, sharing: 1 }
  return on.pack(change, { redactions: redactions as unknown as Value, records })
}
const check = async (bytes: Uint8Array) => {
  const report = await verifyPackage({ source: sourceOf(bytes) })
  return { report, told: report.faults.map((one) => `${one.file}: ${one.says}`) }
}

test("what was left out by name is held against the records and the log, and told with its reason", async () => {
  const on = aRegister()
  const { name, whole } = named(on)
  for (const list of [[name], [name, whole]]) {
    const { report, told } = await check(packed(on, list))
    expect(told).toEqual([])
    expect(report.verdict).toBe("intact")
    expect(report.checks.find((one) => one.name === "redactions")?.state).toBe("held")
    expect(report.notes.join()).toContain("contacts.0.name of")
  }
})

test("each thing that the manifest says of it and that is not so is a named fault", async () => {
  const on = aRegister()
  const { name, whole } = named(on)
  const hash = "0".repeat(64)
  const cases: [string, Named[], RegExp, string?][] = [
    ["another hash", [{ ...name, sha256: hash }], /committed to there has another hash/],
    ["another place", [{ ...name, path: "contacts.0.email" }], /committed to there has another hash/],
    ["no such place", [{ ...name, path: "contacts.7.name" }], /committed to there has another hash/],
    ["a place without a commitment", [{ ...name, path: "legalName" }], /committed to there has another hash/],
    ["another version", [{ ...name, version: 1 }], /it is of version 1, and version 2 is here/],
    ["another record", [{ ...name, record: SHARING }], /it is of version 2, and version 1 is here/],
    ["a record that is not here", [{ ...name, record: PARTY.replace(/1$/, "9") }], /the record is not here/],
    ["no reason", [{ ...name, reason: "  " }], /it gives no reason/],
    ["no hash", [{ ...name, sha256: "x" }], /its hash is none/],
    ["no place", [{ ...name, path: "contacts..name" }], /names no record, or no place/],
    ["named twice", [name, { ...name, reason: "again" }], /it is named twice/],
    ["its value is shown", [name], /its value stands in disclosures/, "value"],
    ["another hash of a whole record", [name, { ...whole, sha256: hash }], /the log says another hash or version/],
    ["another version of a whole record", [name, { ...whole, version: 2 }], /the log says another hash or version/],
    ["a whole record that is here", [name, whole], /the record is here/, "record"],
    [
      "a whole record that never was",
      [name, { ...whole, record: OTHER.replace(/2$/, "8") }],
      /no entry of the log put/,
    ],
  ]
  for (const [what, list, says, keep] of cases) {
    const { report, told } = await check(packed(on, list, { keep }))
    expect(report.verdict, what).toBe("altered")
    expect(told.filter((one) => one.startsWith("manifest.json: what it says was left out")).join("\n"), what).toMatch(
      says,
    )
  }
})
