import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, expect, test } from "vitest"
import { aWebServer } from "@/testing/web-server"
import { layCheckpoint } from "./folder"
import { openOutbound, signatureOf } from "./post"

const server = await aWebServer()
const folder = mkdtempSync(join(tmpdir(), "onward-outbound-"))
afterAll(async () => {
  await server.stop()
  rmSync(folder, { recursive: true })
})
const TO = `https://${server.host}/hook?of=1`
const here = (more: object = {}) =>
  openOutbound({ resolve: async () => ["127.0.0.1"], loopback: { port: server.port, ca: server.ca }, ...more })

test("what is sent comes once, whole and signed, to the host that the certificate is of", async () => {
  expect(await here().send(TO, '{"a":"ü"}', "secret", 1_790_000_000)).toEqual({ sent: true })
  expect(server.got).toHaveLength(1)
  const [got] = server.got
  server.answers(200, () => "said \u00fc")
  expect(await here().send(TO, "{}", "s", 1)).toEqual({ sent: true, answer: "said \u00fc" })
  expect(server.got.pop()?.headers["content-type"]).toBe("application/json")
  server.answers(200, () => ({ status: 409, words: "7\n" }))
  expect(await here().send(TO, "{}", "s", 1, "text/plain")).toEqual({
    ...{ sent: false, code: "409", forGood: false, answer: "7\n" },
  })
  expect(server.got.pop()?.headers["content-type"]).toBe("text/plain")
  server.answers(200)
  expect(got).toMatchObject({ method: "POST", url: "/hook?of=1", body: '{"a":"ü"}' })
  expect(got?.headers.host).toBe(server.host)
  expect(got?.headers["onward-signature"]).toBe(`t=1790000000,v1=${signatureOf("secret", 1_790_000_000, '{"a":"ü"}')}`)
  expect(await here().send("https://other.example/", "{}", "s", 1)).toMatchObject({
    code: "ERR_TLS_CERT_ALTNAME_INVALID",
  })
  expect(await here({ loopback: { port: server.port, ca: "" } }).send(TO, "{}", "s", 1)).toMatchObject({ sent: false })
  expect(server.got).toHaveLength(1)
})

test("a name that answers otherwise the second time is asked once, and one bad address among good ones is enough", async () => {
  const before = server.got.length
  const asked: string[] = []
  const rebinding = async (host: string) => {
    asked.push(host)
    return asked.length === 1 ? ["127.0.0.1"] : ["169.254.169.254"]
  }
  expect(await here({ resolve: rebinding }).send(TO, "{}", "s", 1)).toEqual({ sent: true })
  expect(asked).toEqual([server.host])
  for (const answer of [
    ["10.0.0.1"],
    ["93.184.216.34", "127.0.0.2"],
    ["::ffff:127.0.0.1"],
    ["64:ff9b::7f00:1"],
    ["nonsense"],
  ])
    expect(await here({ resolve: async () => answer }).send(TO, "{}", "s", 1)).toMatchObject({ code: "not-outside" })
  // Without the tests' own parameter this machine is out of reach, whatever the name says.
  for (const answer of ["127.0.0.1", "::1"])
    expect(await openOutbound({ resolve: async () => [answer] }).send(TO, "{}", "s", 1)).toMatchObject({
      code: "not-outside",
    })
  expect(await here({ resolve: async () => [] }).send(TO, "{}", "s", 1)).toMatchObject({ code: "not-resolved" })
  const never = () => new Promise<string[]>(() => undefined)
  expect(await here({ resolve: never, millis: 50 }).send(TO, "{}", "s", 1)).toMatchObject({ code: "not-resolved" })
  expect(await here().send("https://127.0.0.1/", "{}", "s", 1)).toMatchObject({ code: "address", forGood: true })
  expect(server.got).toHaveLength(before + 1)
})

test("no redirect is followed, and an answer that is late, endless or refusing is told", async () => {
  const send = (path: string, millis = 10_000) => here({ millis }).send(`https://${server.host}${path}`, "{}", "s", 1)
  const before = server.got.length
  expect(await send("/redirect")).toEqual({ sent: false, code: "302", forGood: false })
  expect(server.got).toHaveLength(before + 1)
  expect(await send("/status/500")).toEqual({ sent: false, code: "500", forGood: false })
  expect(await send("/status/410")).toEqual({ sent: false, code: "410", forGood: true })
  expect(await send("/long")).toEqual({ sent: false, code: "too-long", forGood: false })
  expect(await send("/late", 300)).toEqual({ sent: false, code: "late", forGood: false })
  expect(await send("/trickle", 300)).toEqual({ sent: false, code: "late", forGood: false })
})

test("a checkpoint lies in its folder whole and once, and never over another", () => {
  const one = { origin: "onward/abc", size: 7, note: "note\n" }
  expect(layCheckpoint(folder, one)).toEqual({ sent: true })
  expect(layCheckpoint(folder, one)).toEqual({ sent: true })
  expect(readdirSync(folder)).toEqual(["checkpoint-onward_abc-000000000007.note"])
  expect(layCheckpoint(folder, { ...one, note: "forked\n" })).toEqual({ sent: false, code: "differs", forGood: true })
  expect(readFileSync(join(folder, readdirSync(folder)[0] ?? ""), "utf8")).toBe("note\n")
  expect(layCheckpoint(join(folder, "unmounted"), one)).toMatchObject({ code: "ENOENT", forGood: false })
  writeFileSync(join(folder, "file"), "")
  expect(layCheckpoint(join(folder, "file"), one)).toMatchObject({ code: "ENOTDIR" })
})
