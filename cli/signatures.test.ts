import { spawn } from "node:child_process"
import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, describe, expect, test } from "vitest"
import { signatureReport } from "@/domain/signatures/report"
import { byJane, cast } from "@/testing/pdf/cast"
import { agreement, AT, content, signed } from "@/testing/pdf/signed"
import { append, writePdf } from "@/testing/pdf/writer"
import { EXIT_CODES } from "./signatures"

const folder = mkdtempSync(join(tmpdir(), "onward-signatures-"))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const put = (name: string, bytes: Buffer) => {
  const path = join(folder, name)
  writeFileSync(path, bytes)
  return path
}

function onward(...args: string[]): Promise<{ code: number | null; out: string; err: string }> {
  return new Promise((done) => {
    // It needs no register: none is named, and none is started.
    const child = spawn(process.execPath, ["dist/onward.mjs", "signatures", ...args], {
      env: { PATH: process.env.PATH ?? "" } as unknown as NodeJS.ProcessEnv,
    })
    const ran = { code: null as number | null, out: "", err: "" }
    child.stdout.on("data", (piece: Buffer) => (ran.out += piece.toString()))
    child.stderr.on("data", (piece: Buffer) => (ran.err += piece.toString()))
    child.once("close", (code) => done({ ...ran, code }))
  })
}

const whole = put("whole.pdf", signed(agreement(), byJane()))
const roots = put("roots.pem", cast().pem)

describe("onward signatures", () => {
  test.each([
    ["passed", () => [whole, "--trust", roots]],
    ["intact-untrusted", () => [whole]],
    [
      "indeterminate",
      () => [put("stranger.pdf", signed(agreement(), byJane({ signer: cast().stranger }))), "--trust", roots],
    ],
    [
      "altered",
      () => [
        put(
          "altered.pdf",
          append(signed(agreement(), byJane()), [{ num: AT.content, body: content("9") }], {
            trailer: "/Root 1 0 R /Info 7 0 R",
          }),
        ),
      ],
    ],
    [
      "failed",
      () => [
        put(
          "failed.pdf",
          Buffer.from(signed(agreement(), byJane()).toString("latin1").replace("is 100", "is 900"), "latin1"),
        ),
      ],
    ],
    ["unsigned", () => [put("unsigned.pdf", agreement())]],
  ] as const)("%s has its word and its exit code", async (word, args) => {
    const ran = await onward(...args(), "--at", "2026-02-01", "--json")
    expect(ran.err).toBe("")
    const report = signatureReport.parse(JSON.parse(ran.out))
    expect(report.overall).toBe(word)
    expect(report.askedAt).toBe("2026-02-01T23:59:59.999Z")
    expect(ran.code).toBe(EXIT_CODES[word])
  })

  test("in words, for a person", async () => {
    const ran = await onward(whole, "--trust", roots, "--at", "2026-02-01")
    expect(ran.out).toContain("Passed: every signature is whole, and every signer stands on the list.")
    expect(ran.out).toContain("The certificate names Jane Roe of Acme.")
    expect(ran.out).toContain("of 2026-01-15.")
    expect(ran.out).not.toMatch(/signatures\.|[{}]/)
    const altered = await onward(join(folder, "altered.pdf"))
    expect(altered.out).toContain("what a page says was changed, page 1: not allowed")
  })

  test.each([
    ["no file named", () => [], /Name the PDF/],
    ["no such file", () => [join(folder, "none.pdf")], /There is no file/],
    ["no PDF", () => [roots], /This is not a PDF/],
    [
      "an encrypted one",
      () => [
        put("locked.pdf", writePdf([{ num: 1, body: "<< /Type /Catalog >>" }], "table", "/Root 1 0 R /Encrypt << >>")),
      ],
      /encrypted/,
    ],
    ["one too large", () => [put("large.pdf", Buffer.alloc(50 * 1024 * 1024 + 1))], /larger than 50 MB/],
    ["no trust file", () => [whole, "--trust", join(folder, "none.pem")], /There is no file/],
    ["a trust file without a root", () => [whole, "--trust", whole], /holds no certificate/],
    ["no day", () => [whole, "--at", "2026-02-31"], /--at with a day/],
  ] as const)("%s: one sentence, and 1", async (_name, args, sentence) => {
    const ran = await onward(...args())
    expect(ran.code).toBe(1)
    expect(ran.err.trim()).toMatch(sentence)
    expect(ran.err.trim().split("\n")).toHaveLength(1)
  })
})

test("onward trust read says what a file of roots holds, and a file that is none in one sentence", async () => {
  const ran = (...args: string[]): Promise<{ code: number | null; out: string; err: string }> =>
    new Promise((done) => {
      const child = spawn(process.execPath, ["dist/onward.mjs", "trust", "read", ...args], {
        env: { PATH: process.env.PATH ?? "" } as unknown as NodeJS.ProcessEnv,
      })
      const said = { code: null as number | null, out: "", err: "" }
      child.stdout.on("data", (piece: Buffer) => (said.out += piece.toString()))
      child.stderr.on("data", (piece: Buffer) => (said.err += piece.toString()))
      child.once("close", (code) => done({ ...said, code }))
    })
  const good = await ran(roots, "--json")
  expect(JSON.parse(good.out)).toMatchObject({ kind: "pem", issuedOn: "2026-01-15", unreadable: 0 })
  expect((JSON.parse(good.out) as { roots: { subject: string }[] }).roots.map((one) => one.subject)).toEqual([
    "CN=Test Root",
  ])
  const none = await ran(whole)
  expect(none.code).toBe(1)
  expect(none.err).toContain("No certificate was found in this file")
})
