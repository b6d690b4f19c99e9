import { spawn } from "node:child_process"
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs"
import { createHash } from "node:crypto"
import { tmpdir } from "node:os"
import { Readable } from "node:stream"
import { join } from "node:path"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { PACKS } from "@/domain/packs/all"
import { sql } from "drizzle-orm"
import { row } from "@/db/connect"
import type { Id } from "@/domain/core/id"
import { addDays, dayIn } from "@/domain/core/day"
import { recordAnnouncement } from "@/usecases/announcements/record-announcement"
import { readBoard } from "@/usecases/promises/read-board"
import { readRecord } from "@/usecases/register/read-record"
import { draftRequest, saveProposal } from "@/usecases/requests/draft-request"
import { submitRequest } from "@/usecases/requests/submit-request"
import { clockNow, newId } from "@/usecases/scene"
import { typedSharing } from "@/testing/flow"
import { listRecords } from "@/usecases/register/list-records"
import { makeToken } from "@/usecases/people/sessions"
import { decideRequest } from "@/usecases/requests/decide-request"
import { readRequest } from "@/usecases/requests/read-request"
import { typedParty } from "@/testing/bodies"
import { folderStore } from "@/adapters/files/folder"
import { fixedKeys, keysOfFile } from "@/adapters/files/keys"
import { FILE_LIMITS, putFile, receive } from "@/usecases/files/put-file"
import { aDatabase, ownerUrl, type TestDatabase } from "@/testing/database"
import { madeTable, tableAsCsv } from "@/testing/import-table"
import { TEST_KEY } from "@/testing/keys"
import { sceneFor } from "@/testing/people"
import { aCast, inForce, must, seatOf, type Cast } from "@/testing/requests"
import { madeVendor, madeVendorList } from "@/testing/vendor-list"

let on: TestDatabase
let cast: Cast
const folder = mkdtempSync(join(tmpdir(), "onward-cli-"))
const keyFile = join(folder, "files.key")
writeFileSync(keyFile, `${TEST_KEY}\n`)

beforeAll(async () => {
  on = await aDatabase()
  cast = await aCast(on.db)
  await inForce(on.db, cast, "A party", [{ kind: "party", body: typedParty() }])
  expect(existsSync("dist/onward.mjs"), "the command line is bundled before the tests (npm test does it)").toBe(true)
})
afterAll(() => on.drop())

type Ran = { code: number | null; out: string; err: string }

function onward(args: string[], token = ""): Promise<Ran> {
  const env = {
    ...process.env,
    ONWARD_APP_URL: on.appUrl,
    ONWARD_OWNER_URL: on.ownerUrl,
    ONWARD_EMBEDDED_OWNER_URL: ownerUrl(),
    ONWARD_FILES: join(folder, "files"),
    ONWARD_FILE_KEYS_AT: keyFile,
    ONWARD_LOG_KEY: Buffer.alloc(32, 5).toString("base64url"),
    ONWARD_LOG_HEADS: folder,
    ONWARD_TOKEN: token,
  }
  return new Promise((done) => {
    const child = spawn(process.execPath, ["dist/onward.mjs", ...args], { env })
    const ran: Ran = { code: null, out: "", err: "" }
    child.stdout.on("data", (chunk: Buffer) => (ran.out += chunk.toString()))
    child.stderr.on("data", (chunk: Buffer) => (ran.err += chunk.toString()))
    child.once("exit", (code) => done({ ...ran, code }))
  })
}

async function json<T>(args: string[], token = ""): Promise<T> {
  const ran = await onward([...args, "--json"], token)
  expect(ran.err).toBe("")
  expect(ran.code).toBe(0)
  return JSON.parse(ran.out) as T
}

function put(name: string, text: string): string {
  const path = join(folder, name)
  writeFileSync(path, text)
  return path
}

describe("what a command answers as JSON is a contract", () => {
  test("clauses", async () => {
    const all = await json<{ id: string }[]>(["clauses"])
    const [first] = all
    expect(all.map((one) => one.id).sort()).toEqual(PACKS.flatMap((pack) => pack.clauses.map((one) => one.id)).sort())
    expect(Object.keys(first ?? {}).sort()).toEqual(
      ["check", "effectiveFrom", "effectiveTo", "id", "pack", "severity", "version"].sort(),
    )
  })
  test("packs check, which writes nothing and says each fault with its line", async () => {
    const pack = { pack: "statement", version: "2", replaces: "1", effectiveFrom: "2027-01-01" }
    const scope = { regimes: null, entities: null, products: null, subjects: null }
    const clause = PACKS.find((one) => one.pack === "statement")?.clauses[0]
    const good = put("good.json", JSON.stringify({ ...pack, scope, clauses: [clause] }, null, 1))
    expect(await json(["packs", "check", good])).toEqual({ pack: "statement", version: "2", clauses: 1, faults: [] })
    const bad = put("bad.json", JSON.stringify({ ...pack, scope, clauses: [{ ...clause, check: "runThis" }] }, null, 1))
    const ran = await onward(["packs", "check", bad, "--json"])
    expect(ran.code).toBe(1)
    const { faults } = JSON.parse(ran.out) as { faults: { line: number; path: string; message: string }[] }
    expect(faults[0]).toMatchObject({ path: "clauses.0.check", message: "There is no check called runThis." })
    expect(readFileSync(bad, "utf8").split("\n")[(faults[0]?.line ?? 0) - 1]).toContain("runThis")
    expect((await onward(["packs", "check", bad])).err).toContain("There is no check called runThis.")
  })
  test("log checkpoint, prove and verify: whole, held against what was signed before, and wrong words named", async () => {
    const file = join(folder, "checkpoint.txt")
    const signed = await json<{ size: number; note: string; key: string }>(["log", "checkpoint", "--out", file])
    expect(readFileSync(file, "utf8")).toBe(signed.note)
    put("letter.txt", `The log's key:\n${signed.key}\nSigned,\n`)
    const proved = await json<{ file: string; size: number }>(["log", "prove", "0"])
    expect(proved.file).toContain(`c2sp.org/tlog-proof@v1\nindex 0\n`)
    expect(await json(["log", "prove", "--since", "1"])).toMatchObject({ older: 1, newer: proved.size })
    const verdict = await json<{ whole: boolean; keys: string[] }>([
      "log",
      "verify",
      "--checkpoint",
      file,
      "--key",
      signed.key,
    ])
    expect(verdict).toMatchObject({ whole: true, faults: [], brought: true, keys: [signed.key] })
    const other = put("other.txt", signed.note.replace(/\n\d+\n/, "\n1\n"))
    const ran = await onward(["log", "verify", "--checkpoint", other, "--json"])
    expect([ran.code, (JSON.parse(ran.out) as { faults: { kind: string }[] }).faults.map((one) => one.kind)]).toEqual([
      1,
      ["stranger", "rewritten"],
    ])
    for (const [words, says] of [
      [["log", "nonsense"], /the parts are checkpoint, prove, verify/],
      [["log", "prove"], /The entry's number is ""/],
      [["log", "prove", "999999"], /not/i],
      [["log", "verify", "--key", "x"], /--key is no key/],
      [["log", "verify", "--checkpoint", join(folder, "gone.txt")], /There is no .*gone\.txt/],
    ] as const) {
      const refused = await onward([...words])
      expect([refused.code, says.test(refused.err)], refused.err).toEqual([1, true])
    }
  })
  test("findings and log", async () => {
    expect(await json(["findings"])).toEqual([])
    const log = await json<Record<string, unknown>[]>(["log"])
    expect(log.map((line) => line.index)).toEqual(log.map((_line, i) => i))
    expect(Object.keys(log[0] ?? {})).toEqual(["index", "at", "actor", "act", "recordKind", "recordId", "leafHash"])
  })
  test("export, whose sum is the file's", async () => {
    const out = join(folder, "register.zip")
    const made = await json<{ file: string; sha256: string; records: number }>(["export", "--out", out])
    // One party and our own company, as the manifest counts them.
    expect(made).toMatchObject({ file: out, records: 2 })
    expect(createHash("sha256").update(readFileSync(out)).digest("hex")).toBe(made.sha256)
    // Held against the checkpoint that was kept before, and against the letter as it was saved.
    const verify = ["verify", out, "--since", join(folder, "checkpoint.txt"), "--key", join(folder, "letter.txt")]
    const { verdict, checks } = await json<{ verdict: string; checks: { name: string; state: string }[] }>(verify)
    expect([verdict, checks.filter((one) => one.state !== "held" && one.state !== "in-part")]).toEqual(["intact", []])
    expect(checks.map((one) => one.name)).toEqual(expect.arrayContaining(["key", "older"]))
    const stranger = await onward(["verify", out, "--since", join(folder, "other.txt"), "--json"])
    expect([stranger.code, (JSON.parse(stranger.out) as { says: string }).says]).toEqual([
      1,
      expect.stringMatching(/signed by no key of the log/),
    ])
    // One byte is another: it says so, names where, and does not end as if all were well.
    const bytes = readFileSync(out)
    bytes[bytes.length >> 1] = (bytes[bytes.length >> 1] ?? 0) ^ 1
    writeFileSync(join(folder, "altered.zip"), bytes)
    const altered = await onward(["verify", join(folder, "altered.zip"), "--json"])
    expect([altered.code, JSON.parse(altered.out)]).toEqual([
      1,
      expect.objectContaining({ verdict: "altered", item: expect.stringMatching(/\w/) }),
    ])
  })
  test("a dry run of 1,200 rows with 37 broken ones, which keeps nothing", async () => {
    const tried = await json<{ rows: number; valid: number; invalid: number; problems: object[] }>([
      "import",
      put("suppliers.csv", tableAsCsv(madeTable(1200, 37))),
      "--dry-run",
    ])
    expect(tried).toMatchObject({ rows: 1200, valid: 1163, invalid: 37 })
    expect(Object.keys(tried.problems[0] ?? {})).toEqual(["row", "column", "message"])
    expect(must(await listRecords(sceneFor(on.db, cast.legal), { list: "parties" })).total).toBe(1)
  })
  test("a refusal: one sentence, and an exit code", async () => {
    for (const [args, words] of [
      [["export"], "Name the file to write"],
      [["export", "--as-of", "yesterday", "--out", "x"], "no instant"],
      [["import", "/nowhere/at/all.csv"], "There is no file"],
      [["nonsense"], "There is no command"],
      [["import", put("two.csv", "Name\nA Ltd\n")], "person"],
    ] as const) {
      const ran = await onward([...args, "--json"])
      expect(ran.code, args.join(" ")).toBe(1)
      expect((JSON.parse(ran.err) as { error: string }).error).toContain(words)
    }
  })
})

test("a file is kept with a person's token, as legal advice where that person gives any", async () => {
  const path = put("memo.pdf", "%PDF-1.7\nmemo")
  const token = async (who: Cast["legal"]) =>
    must(await makeToken(sceneFor(on.db, who), { label: "files", days: 1 })).token
  const kept = await json<{ id: string; name: string; type: string }>(
    ["file", path, "--legal-advice"],
    await token(cast.legal),
  )
  expect(kept).toMatchObject({ name: "memo.pdf", type: "pdf" })
  const marked = sql`select legal_advice as advice from files where id = ${kept.id}`
  expect(await row(on.db, marked)).toEqual({ advice: true })
  for (const [who, sentence] of [
    ["", /person/],
    [await token(cast.procurement), /legal/i],
  ] as const) {
    const ran = await onward(["file", path, "--legal-advice", "--json"], who)
    expect([ran.code, (JSON.parse(ran.err) as { error: string }).error]).toEqual([1, expect.stringMatching(sentence)])
  }
})

test("who had which role is asked at the terminal for any instant", async () => {
  const now = await json<{ role: string; state: string; name: string }[]>(["user", "roles"])
  expect(now.map((one) => one.role)).toEqual(expect.arrayContaining(["requester", "legal", "dpo", "procurement"]))
  expect(await json(["user", "roles", "--as-of", "2001-01-01"])).toEqual([])
  const entitled = await json<{ role: string; forName: string | null }[]>(["user", "entitled"])
  expect(entitled.map((one) => one.role)).toEqual(expect.arrayContaining(["legal", "dpo", "procurement"]))
  expect(entitled.every((one) => one.forName === null)).toBe(true)
  expect(await json(["user", "entitled", "--as-of", "2001-01-01"])).toEqual([])
  expect(await json(["user", "away"])).toEqual([])
})

test("with a person's token a vendor list becomes a request; approved, its parties are in force and its sharings found running", async () => {
  const made = must(await makeToken(sceneFor(on.db, cast.procurement), { label: "import", days: 1 }))
  const vendors = Array.from({ length: 30 }, (_, i) => madeVendor(i + 1))
  const file = put("vendors.json", madeVendorList(vendors))
  const out = await json<{ rows: number; valid: number; request: string }>(["import", file], made.token)
  expect(out).toMatchObject({ rows: 30, valid: 30 })
  // Whoever made it decides nothing of it: another one from procurement does.
  const page = must(await readRequest(sceneFor(on.db, cast.legal), { id: out.request }))
  const others = { ...cast, procurement: (await aCast(on.db)).procurement }
  for (const stage of page.stages)
    must(
      await decideRequest(sceneFor(on.db, seatOf(others, stage.stage)), {
        ...{ requestId: out.request, hash: page.hash, stage: stage.stage, entityId: stage.entityId },
        verdict: stage.seat === "decides" ? "approve" : "agree",
      }),
    )
  const scene = sceneFor(on.db, cast.legal)
  expect(must(await listRecords(scene, { list: "parties", q: "invented ads" })).total).toBe(30)
  const found = must(await listRecords(scene, { list: "sharings", filters: { standing: ["discovered"] } }))
  expect(found.total).toBe(30)
  const findings = await json<{ severity: string; recordKind: string }[]>(["findings"])
  expect(findings.some((one) => one.severity === "blocking" && one.recordKind === "sharing")).toBe(true)
})

test("a token without the role imports nothing, not even as a dry run", async () => {
  const made = must(await makeToken(sceneFor(on.db, cast.requester), { label: "import", days: 1 }))
  const ran = await onward(["import", put("mine.csv", "Name\nB Ltd\n"), "--dry-run", "--json"], made.token)
  expect(ran.code).toBe(1)
})

test("findings, coverage and promises answer as the pages do, now and as of an instant before", async () => {
  const before = clockNow()
  const scene = sceneFor(on.db, cast.requester)
  const draft = must(await draftRequest(scene, { title: "Found running", kind: "discovered" }))
  const [party, id] = [newId(scene, "party"), newId(scene, "sharing")]
  const both = { requestId: draft.id, op: "create" as const, discovered: true }
  must(await saveProposal(scene, { ...both, kind: "party", recordId: party, body: typedParty({ legalName: "Ran" }) }))
  const body = typedSharing({ entityId: cast.entityId as Id<"entity">, partyId: party })
  must(await saveProposal(scene, { ...both, kind: "sharing", recordId: id, body }))
  must(await submitRequest(scene, { requestId: draft.id }))
  const legal = sceneFor(on.db, cast.legal)
  const page = must(await readRecord(legal, { id, asOf: null, on: null }))
  const { own, covered, gaps } = page.coverage ?? { own: [], covered: [], gaps: [] }
  expect(gaps.length).toBeGreaterThan(0)
  expect(await json(["coverage", id])).toMatchObject({ sharing: id, today: page.today, own, covered, gaps })
  const found = async (more: string[] = []) =>
    (await json<{ recordId: string; clause: string }[]>(["findings", ...more]))
      .filter((one) => one.recordId === id)
      .map((one) => one.clause)
  const standing = page.findings.filter(
    ({ from, to }) => (from === null || from <= page.today) && (to === null || to > page.today),
  )
  expect((await found()).sort()).toEqual(standing.map((one) => one.clause).sort())
  expect(await found(["--as-of", before])).toEqual([])
  const told = await json<{ clause: string; notEvidenced: number }[]>(["promises"])
  const board = must(await readBoard(legal, { months: 0 }))
  expect(told.map((one) => [one.clause, one.notEvidenced])).toEqual(
    board.lines.map(({ clause, counts }) => [clause.id, counts.n]),
  )
})

test("files: a scrub that finds nothing, one that finds a damaged file, a rekey, and a word that is no part", async () => {
  const scene = sceneFor(on.db, cast.legal, { files: folderStore(join(folder, "files"), keysOfFile(keyFile)) })
  const put = async (text: string) => {
    const received = must(await receive(scene, Readable.from([Buffer.from(`%PDF-1.7\n${text}`)]), FILE_LIMITS.paper))
    return must(await putFile(scene, { name: "kept.pdf", use: "paper", received }))
  }
  const good = await put("good")
  const bad = await put("bad")
  // Files of the tests before lie elsewhere: those are missing here, and say nothing of these.
  const faultsOf = (ran: Ran) =>
    (JSON.parse(ran.out) as { faults: { sha256: string; kind: string }[] }).faults.filter(({ sha256 }) =>
      [good.sha256, bad.sha256].includes(sha256),
    )
  expect(faultsOf(await onward(["files", "scrub", "--json"]))).toEqual([])
  const place = join(folder, "files", bad.sha256.slice(0, 2), `${bad.sha256}.sealed`)
  writeFileSync(place, readFileSync(place).fill(0, 110, 112))
  const found = await onward(["files", "scrub", "--json"])
  expect([found.code, faultsOf(found)]).toEqual([1, [{ sha256: bad.sha256, kind: "altered", files: [bad.id] }]])
  const rekeyed = await onward(["files", "rekey", "--json"])
  expect(rekeyed.code).toBe(1)
  expect(JSON.parse(rekeyed.out)).toMatchObject({ damaged: [{ sha256: bad.sha256, kind: "altered" }] })
  expect(readFileSync(keyFile, "utf8").trim().split("\n")).toHaveLength(2)
  expect((await folderStore(join(folder, "files"), fixedKeys(TEST_KEY)).check(good.sha256))?.kind).toBe("no-key")
  expect(await scene.files.check(good.sha256)).toBe(null)
  expect((await onward(["files", "wipe"])).err).toMatch(
    /files scrub, files scan, files orphans, files seal, files rekey/,
  )
})

test("what is owed, what parties announced and who may decide answer, now and as of then", async () => {
  const [partyId] = (await inForce(on.db, cast, "Owes", [
    { kind: "party", body: typedParty({ legalName: "Owes Ltd" }) },
  ])) as [Id<"party">]
  const before = clockNow()
  const today = dayIn("Europe/Berlin", before)
  const scene = sceneFor(on.db, cast.procurement)
  const announced = must(
    await recordAnnouncement(scene, {
      ...{ entityId: cast.entityId, partyId, change: "new", subName: "Below Ltd", task: "Backups", countries: ["IE"] },
      ...{ announcedOn: today, effectOn: addDays(today, 365) },
    }),
  )
  const all = await json<{ id: string }[]>(["announcements"])
  expect(all.find((one) => one.id === announced.id)).toMatchObject({
    ...{
      party: "Owes Ltd",
      change: "new",
      state: "open",
      objectUntil: announced.objectUntil,
      term: "default",
      days: 30,
    },
  })
  expect(await json(["announcements", "all", "--as-of", before])).toEqual([])
  const owed = await json<{ duty: string; title: string }[]>(["duties"])
  expect(owed.map((one) => one.duty)).toContain("found-running")
  expect(await json(["duties", "--unproven"])).toEqual([])
  expect(await json(["duties", "--as-of", "2001-01-01"])).toEqual([])
  const may = await json<{ rules: number; entitled: { role: string; for: string | null }[] }>(["who-may-decide"])
  expect(may.entitled.map((one) => one.role)).toEqual(expect.arrayContaining(["legal", "dpo", "procurement"]))
  expect(await json(["who-may-decide", "--on", "2001-01-01"])).toMatchObject({ entitled: [] })
  for (const wrong of [
    ["duties", "--due", "--unproven"],
    ["who-may-decide", "--on", "yesterday"],
    ["announcements", "some"],
  ]) {
    const ran = await onward(wrong)
    expect([ran.code, ran.out, ran.err !== ""]).toEqual([1, "", true])
  }
})
