import { readdirSync, readFileSync } from "node:fs"
import { expect, test } from "vitest"
import { DIFFERENCE_KINDS, STRUCTURE_KINDS } from "@/domain/signatures/differences"
import { CHAIN_KINDS } from "@/domain/signatures/facts"
import { OVERALL_WORDS, signatureResult } from "@/domain/signatures/report"
import { COVERAGE_KINDS } from "@/formats/pdf/found"
import { CATALOGUE, say } from "./catalogue"

const shape = signatureResult.shape
const options = (one: { options: readonly string[] }) => one.options

test("everything that can be said of a signature has its sentence", () => {
  const keys = [
    ...OVERALL_WORDS.map((one) => `overall.${one}`),
    ...DIFFERENCE_KINDS.map((one) => `change.${one}`),
    ...CHAIN_KINDS.map((one) => `why.chain.${one}`),
    ...COVERAGE_KINDS.map((one) => `why.form.${one}`),
    ...STRUCTURE_KINDS.filter((one) => one !== "bytes-after" && one !== "unlisted-bytes").map(
      (one) => `why.form.${one}`,
    ),
    ...options(shape.kind).map((one) => `kind.${one}`),
    ...options(shape.integrity).map((one) => `integrity.${one}`),
    ...options(shape.trust).map((one) => `trust.${one}`),
    ...options(shape.revocation).map((one) => `revocation.${one}`),
    ...options(shape.coverage.shape.state).map((one) => `coverage.${one}`),
    ...options(shape.later.shape.state).map((one) => `later.${one}`),
    ...options(shape.time.shape.proof).map((one) => `proof.${one}`),
    ...["time", "memory", "stopped", "no-worker", "too-large", "no-roots", "not-a-pdf", "encrypted"].map(
      (one) => `refused.${one}`,
    ),
  ]
  expect(keys.filter((key) => !(`signatures.${key}` in CATALOGUE))).toEqual([])
})

test("so have the troubles of a file and of a signature's form that the reader names", () => {
  const root = new URL("../../", import.meta.url)
  const read = (path: string) => readFileSync(new URL(path, root), "utf8")
  const listed = (text: string, name: string) => {
    const from = text.indexOf(`type ${name} =`)
    return [...text.slice(from, text.indexOf("\n\n", from)).matchAll(/"([a-z-]+)"/g)].map(([, word]) => word)
  }
  const troubles = listed(read("formats/pdf/budget.ts"), "PdfTrouble")
  expect(troubles.length).toBeGreaterThan(5)
  for (const one of troubles)
    expect(`signatures.note.${one}` in CATALOGUE || `signatures.refused.${one}` in CATALOGUE, one).toBe(true)
  for (const one of listed(read("adapters/signatures/cms.ts"), "CmsProblem"))
    expect(CATALOGUE[`signatures.why.form.${one}`], one).toBeTruthy()
  const said = ["domain", "usecases", "cli"].flatMap((folder) =>
    readdirSync(new URL(`${folder}/`, root), { recursive: true, encoding: "utf8" })
      .filter((name) => name.includes("signatures") && name.endsWith(".ts") && !name.endsWith(".test.ts"))
      .flatMap((name) =>
        [...read(`${folder}/${name}`).matchAll(/"(signatures\.[a-z.-]+[a-z])"/g)].map(([, key]) => key ?? ""),
      ),
  )
  expect(said.filter((key) => key !== "signatures.mjs" && !(key in CATALOGUE))).toEqual([])
  const why = [...read("domain/signatures/verdict.ts").matchAll(/says\("([a-z-]+)"/g)].map(
    ([, word]) => `signatures.why.${word}`,
  )
  expect(why.filter((key) => !(key in CATALOGUE))).toEqual([])
})

test("the words for a signer that nobody vouches for are those that were agreed on", () => {
  expect(say("signatures.overall.intact-untrusted")).toBe("Intact, signer not checked against a list.")
})
