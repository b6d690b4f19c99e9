import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, describe, expect, test } from "vitest"
import { say } from "@/components/words/catalogue"
import { ASKED_AT, byJane, cast } from "@/testing/pdf/cast"
import { agreement, signed } from "@/testing/pdf/signed"
import { streamBody, writePdf } from "@/testing/pdf/writer"
import { checkSignatures } from "@/usecases/signatures/check-file"
import { APART, runApart, workerFile } from "./run-apart"

const folder = mkdtempSync(join(tmpdir(), "onward-apart-"))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function worker(name: string, text: string): string {
  const path = join(folder, `${name}.mjs`)
  writeFileSync(path, text)
  return path
}
const short = { seconds: 2, megabytes: 64, answerBytes: 10_000 }
const asked = { trust: null, askedAt: ASKED_AT }

describe("a process apart", () => {
  test("answers, and knows nothing of the server", async () => {
    process.env.ONWARD_TEST_CANARY = "secret"
    const path = worker("env", "process.stdout.write(JSON.stringify(process.env))")
    const ran = await runApart(path, [], short)
    delete process.env.ONWARD_TEST_CANARY
    expect(ran.ok && ran.answer.toString()).not.toContain("secret")
    expect(ran.ok).toBe(true)
  })

  test.each([
    ["never ends", "for (;;) {}", "time"],
    ["waits for ever", "setInterval(() => {}, 1000)", "time"],
    ["fills its heap", "const all = []; for (;;) all.push({ a: [1, 2, 3], b: String(all.length) })", "memory"],
    [
      "fills memory beside its heap",
      "const all = []; setInterval(() => all.push(Buffer.alloc(20_000_000, 1)), 20)",
      "memory",
    ],
    ["talks without end", "const s = 'x'.repeat(1e6); setInterval(() => process.stdout.write(s), 1)", "stopped"],
    ["throws", "throw new Error('no')", "stopped"],
    ["kills itself", "process.kill(process.pid, 'SIGKILL')", "stopped"],
  ])("that %s is put aside, and the caller goes on", async (name, text, why) => {
    const began = performance.now()
    expect(await runApart(worker(name.replace(/\W/g, "-"), text), [Buffer.alloc(100_000)], short)).toEqual({
      ok: false,
      why,
    })
    expect(performance.now() - began).toBeLessThan(8000)
    expect(say(`signatures.refused.${why}`)).toMatch(/^[A-Z].*\.$/)
  })

  test("may open no file but its own, and start nothing, where Node can forbid it", async () => {
    const text = `import { readFileSync, writeFileSync } from "node:fs"
import { spawnSync } from "node:child_process"
const tried = (what) => { try { what(); return "done" } catch (problem) { return problem.code } }
const out = [() => readFileSync("/etc/hostname"), () => writeFileSync("${folder}/x", "x"), () => spawnSync("ls").error && (() => { throw { code: "ERR_ACCESS_DENIED" } })()]
process.stdout.write(JSON.stringify(out.map(tried)))`
    const ran = await runApart(worker("jail", text), [], short)
    expect(ran.ok && JSON.parse(ran.answer.toString())).toEqual([
      "ERR_ACCESS_DENIED",
      "ERR_ACCESS_DENIED",
      "ERR_ACCESS_DENIED",
    ])
  })

  test("no more than two run at once, and all get their turn", async () => {
    const path = worker("slow", "setTimeout(() => process.stdout.write('ok'), 300)")
    const all = await Promise.all(Array.from({ length: 5 }, () => runApart(path, [], short)))
    expect(all.every((one) => one.ok)).toBe(true)
  })

  test("one that is not there is said", async () => {
    expect(await runApart(null, [], short)).toEqual({ ok: false, why: "no-worker" })
  })
})

describe("the reader of signatures as it is bundled", () => {
  test("says what the same rules say here", async () => {
    const pdf = signed(agreement(), byJane())
    const report = await checkSignatures(pdf, { trust: { bytes: cast().pem, name: "roots.pem" }, askedAt: ASKED_AT })
    expect(report.ok && report.value.overall).toBe("passed")
    const none = await checkSignatures(pdf, asked)
    expect(none.ok && none.value.overall).toBe("intact-untrusted")
  })

  test.each([
    ["not a PDF", Buffer.from("hello hello hello hello hello"), "signatures.refused.not-a-pdf"],
    ["nothing", Buffer.alloc(0), "signatures.refused.not-a-pdf"],
    [
      "an encrypted one",
      writePdf([{ num: 1, body: "<< /Type /Catalog >>" }], "table", "/Root 1 0 R /Encrypt << /Filter /Standard >>"),
      "signatures.refused.encrypted",
    ],
    ["one too large", Buffer.alloc(50 * 1024 * 1024 + 1), "signatures.refused.too-large"],
  ])("refuses %s", async (_name, pdf, says) => {
    expect(await checkSignatures(pdf, asked)).toMatchObject({ ok: false, says })
  })

  test("refuses a trust file without a root", async () => {
    for (const text of [
      "",
      "hello",
      "<a/>",
      "<!DOCTYPE a><a/>",
      "-----BEGIN CERTIFICATE-----\n!!\n-----END CERTIFICATE-----",
    ]) {
      const trust = { bytes: Buffer.from(text), name: null }
      expect(await checkSignatures(agreement(), { trust, askedAt: ASKED_AT })).toMatchObject({
        ok: false,
        says: "signatures.refused.no-roots",
      })
    }
  })

  test("ends with a sentence over a file of a million small objects", async () => {
    const kids = Array.from({ length: 250_000 }, (_none, i) => ({
      num: i + 10,
      body: "<< /A [1 2 3 [4 5 [6]]] /B (x) >>",
    }))
    const fields = `<< /Fields [${kids.map((one) => `${one.num} 0 R`).join(" ")}] >>`
    const pdf = writePdf([
      { num: 1, body: "<< /Type /Catalog /Pages 2 0 R /AcroForm 5 0 R >>" },
      { num: 2, body: "<< /Type /Pages /Kids [] >>" },
      { num: 5, body: fields },
      ...kids,
    ])
    const began = performance.now()
    const report = await checkSignatures(pdf, asked, { ...APART, megabytes: 64 })
    expect(report.ok ? report.value.overall : report.says).toMatch(/^(unsigned|signatures\.refused\.(time|memory))$/)
    expect(performance.now() - began).toBeLessThan(14_000)
  })

  test("stands where the command line and the server find it", () => {
    expect(workerFile("signatures.mjs")).toMatch(/dist.signatures\.mjs$/)
    expect(streamBody("", "x").length).toBeGreaterThan(10)
  })
})
