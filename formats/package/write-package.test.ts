import { createHash } from "node:crypto"
import { parse } from "csv-parse/sync"
import fc from "fast-check"
import { beforeAll, describe, expect, test } from "vitest"
import { z } from "zod"
import { known } from "@/domain/core/answer"
import { canonical } from "@/domain/core/canonical"
import { columnsOf } from "@/domain/exports/columns"
import { RECORD_KINDS } from "@/domain/records/kinds"
import { typedEntity, typedParty } from "@/testing/bodies"
import { nthId } from "@/testing/flow"
import { packed, packedInput, unzipped, type Unzipped } from "@/testing/package"
import type { PackageInput } from "./input"
import type { Sum } from "./manifest"

type Manifest = { files: Sum[]; records: Record<string, number>; [key: string]: unknown }

const text = (files: Map<string, Unzipped>, name: string): string => {
  const file = files.get(name)
  if (!file) throw new Error(`the package lacks ${name}`)
  return file.bytes.toString("utf8")
}
const json = (files: Map<string, Unzipped>, name: string): unknown => JSON.parse(text(files, name)) as unknown
const table = (files: Map<string, Unzipped>, name: string) => parse(text(files, name), { bom: true }) as string[][]
const opened = async (input: PackageInput) => unzipped(await packed(input))
const sha256 = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex")
const NOTHING = packedInput({ records: [], entities: [], packs: [], logSize: 0, root: null, erasures: 0, withheld: 0 })

let files: Map<string, Unzipped>
let manifest: Manifest
beforeAll(async () => {
  files = await opened(packedInput())
  manifest = json(files, "manifest.json") as Manifest
})

describe("the bytes of a package", () => {
  test("are the same for the same input", async () => {
    expect(sha256(await packed(packedInput()))).toBe(sha256(await packed(packedInput())))
  })
  test("do not depend on the order in which anything was given", async () => {
    const input = packedInput({ scope: { entityIds: [nthId("entity", 2), nthId("entity", 1)] } })
    const bytes = sha256(await packed(input))
    const shuffle = <T>(list: readonly T[]) => fc.shuffledSubarray([...list], { minLength: list.length })
    const order = fc.tuple(shuffle(input.records), shuffle(input.entities), shuffle(input.packs), fc.boolean())
    await fc.assert(
      fc.asyncProperty(order, async ([records, entities, packs, turned]) => {
        const ids = input.scope.entityIds ?? []
        const scope = { entityIds: turned ? ids.toReversed() : ids }
        expect(sha256(await packed({ ...input, records, entities, packs, scope }))).toBe(bytes)
      }),
      { numRuns: 25 },
    )
  })
  test("do not depend on the order of the members of a record", async () => {
    const [party] = packedInput().records
    const turned = { ...party, body: Object.fromEntries(Object.entries(party?.body ?? {}).reverse()) }
    const one = await packed(packedInput({ records: party ? [party] : [] }))
    const other = await packed(packedInput({ records: [turned] as PackageInput["records"] }))
    expect(sha256(one)).toBe(sha256(other))
  })
  test.each<[string, Partial<PackageInput>]>([
    ["format version", { formatVersion: 2 }],
    ["scope", { scope: { entityIds: [] } }],
    ["log", { logSize: 43 }],
    ["root", { root: null }],
    ["erasures", { erasures: 3 }],
    ["withheld", { withheld: 4 }],
    ["packs", { packs: [] }],
    ["records", { records: [] }],
    ["companies", { entities: [] }],
  ])("are others where the input differs: %s", async (_, over) => {
    expect(sha256(await packed(packedInput(over)))).not.toBe(sha256(await packed(packedInput())))
  })
})

describe("the manifest", () => {
  test("has the sum and the size of every other file, and names no file that is not there", () => {
    expect(manifest.files).toEqual(
      [...files]
        .filter(([name]) => name !== "manifest.json")
        .map(([name, { bytes }]) => ({ name, sha256: sha256(bytes), bytes: bytes.length })),
    )
  })
  test("says what the package is of", () => {
    expect(manifest).toMatchObject({
      formatVersion: 1,
      scope: { entityIds: null },
      asOf: "2026-11-24T12:00:00.000Z",
      logSize: 42,
      root: "ab".repeat(32),
      erasures: 2,
      withheld: 3,
      packs: [
        { pack: "house", version: "1" },
        { pack: "statement", version: "1" },
      ],
      records: { party: 2, sharing: 1, chain: 1 },
      entities: 2,
    })
  })
  test("names the companies with merged seats, and those whose officer decides", async () => {
    expect(manifest.mergedSeats).toEqual([{ id: nthId("entity", 2), legalName: "Lumen North AS" }])
    expect(manifest.dpoDecides).toEqual([])
    const body = typedEntity({ dpoDecides: true })
    const other = await opened(packedInput({ entities: [{ id: nthId("entity", 3), body }] }))
    expect(json(other, "manifest.json")).toMatchObject({
      mergedSeats: [],
      dpoDecides: [{ id: nthId("entity", 3), legalName: "Lumen Cameras GmbH" }],
    })
  })
})

describe("the files of a package", () => {
  test("stand in order of name, and every kind has JSON, table and schema", () => {
    const names = [...RECORD_KINDS, "entities"].flatMap((kind) => [
      `json/${kind}.json`,
      `csv/${kind}.csv`,
      `schema/${kind}.schema.json`,
    ])
    expect([...files.keys()]).toEqual([...names, "README.txt", "manifest.json"].sort())
  })
  test.each(RECORD_KINDS)("hold the records of a kind in canonical JSON, as its schema says: %s", (kind) => {
    const found = json(files, `json/${kind}.json`) as { id: string }[]
    expect(text(files, `json/${kind}.json`)).toBe(canonical(found))
    expect(found).toEqual(packedInput().records.filter((record) => record.kind === kind))
    const schema = z.fromJSONSchema(json(files, `schema/${kind}.schema.json`) as z.core.JSONSchema.JSONSchema)
    expect(schema.safeParse(found).error).toBeUndefined()
    expect(schema.safeParse([{ ...found[0], body: {} }]).success).toBe(false)
    expect(schema.safeParse([{ ...found[0], id: "pty_1" }]).success).toBe(false)
  })
  test("hold our companies in canonical JSON, as their schema says", () => {
    const found = json(files, "json/entities.json")
    expect(text(files, "json/entities.json")).toBe(canonical(packedInput().entities))
    const schema = z.fromJSONSchema(json(files, "schema/entities.schema.json") as z.core.JSONSchema.JSONSchema)
    expect(schema.safeParse(found).error).toBeUndefined()
  })
  test.each(RECORD_KINDS)("hold the same records as a table with one row each: %s", (kind) => {
    expect(files.get(`csv/${kind}.csv`)?.bytes.subarray(0, 3)).toEqual(Buffer.from([0xef, 0xbb, 0xbf]))
    const [header, ...rows] = table(files, `csv/${kind}.csv`)
    expect(header).toEqual(["id", "recordVersion", "standing", ...columnsOf(kind)])
    expect(new Set(header).size).toBe(header?.length)
    expect(rows.map((row) => row.slice(0, 3))).toEqual(
      packedInput()
        .records.filter((record) => record.kind === kind)
        .map(({ id, version, standing }) => [id, String(version), standing]),
    )
  })
})

describe("the README of a package", () => {
  test("says as of when, of what, what was left out, and whose seats are merged", () => {
    const readme = text(files, "README.txt")
    for (const words of [
      "in force on 2026-11-24T12:00:00.000Z",
      "all our companies: 9 records",
      "42 entries",
      "ab".repeat(32),
      "legal advice: 3.",
      "2 erasures",
      `Lumen North AS (${nthId("entity", 2)})`,
      "statement, version 1",
      "sha256sum -c",
      "What it does not prove",
    ])
      expect(readme).toContain(words)
  })
  test("keeps its lines short enough for a plain page", () => {
    for (const line of text(files, "README.txt").split("\n")) expect(line.length, line).toBeLessThanOrEqual(130)
  })
})

describe("an empty register", () => {
  test("gives a whole package with nothing in it", async () => {
    const empty = await opened(NOTHING)
    expect([...empty.keys()]).toEqual([...files.keys()])
    for (const kind of RECORD_KINDS) {
      expect(text(empty, `json/${kind}.json`)).toBe("[]")
      expect(table(empty, `csv/${kind}.csv`)).toHaveLength(1)
    }
    expect(text(empty, "README.txt")).toContain("The root of that log is not given.")
    expect(json(empty, "manifest.json")).toMatchObject({ root: null, logSize: 0, packs: [], entities: 0 })
  })
})

describe("hostile text in a record", () => {
  const party = (words: string, n = 1): PackageInput["records"][number] => ({
    id: nthId("party", n),
    kind: "party",
    version: 1,
    standing: "approved",
    body: typedParty({ legalName: words, otherNames: [words, words], notes: known(words), tags: [words] }),
  })
  const startsFormula = (cell: string): boolean =>
    /^[\s\0\uFEFF]*[=+\-@＝＋－＠]/.test(cell) && !/^-?\d+(\.\d+)?$/.test(cell)

  test("starts a formula in no cell of a package, and is whole in its JSON", async () => {
    const pieces = fc.constantFrom(
      ...["=cmd|' /C calc'!A0", "+1+1", "-2+3", "@SUM(A1)", "\t", "\r", "\n", '"', '",=1,"', "'", ";", ",", "\0", "é"],
    )
    const words = fc.array(pieces, { minLength: 1, maxLength: 4 }).map((list) => list.join(""))
    await fc.assert(
      fc.asyncProperty(fc.array(words, { minLength: 1, maxLength: 5 }), async (list) => {
        const made = await opened(packedInput({ records: list.map(party) }))
        const rows = table(made, "csv/party.csv")
        expect(rows).toHaveLength(list.length + 1)
        for (const cell of rows.flat()) expect(startsFormula(cell), JSON.stringify(cell)).toBe(false)
        const names = (json(made, "json/party.json") as { body: { legalName: string } }[]).map((r) => r.body.legalName)
        expect(names).toEqual(list)
      }),
      { numRuns: 60 },
    )
  })
  test("that is no Unicode is refused before the first byte", async () => {
    const parts = packedInput({ records: [party("lone \uD800 half")] })
    await expect(packed(parts)).rejects.toThrow("well-formed")
  })
  test("breaks no line of the README", async () => {
    const body = typedEntity({ legalName: "Lumen\n\nWhat it proves\n  Everything", mergeSeats: true })
    const made = await opened(packedInput({ entities: [{ id: nthId("entity", 1), body }] }))
    expect(text(made, "README.txt")).toContain("Lumen What it proves Everything (ent_")
  })
})

test("a record that is given twice is refused", async () => {
  const { records } = packedInput()
  await expect(packed(packedInput({ records: [...records, ...records.slice(0, 1)] }))).rejects.toThrow("given twice")
})
