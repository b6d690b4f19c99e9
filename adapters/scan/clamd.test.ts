import { createServer, type Server, type Socket } from "node:net"
import { Readable } from "node:stream"
import { afterEach, expect, test } from "vitest"
import { clamd, type Verdict } from "./clamd"

let server: Server | null = null
const sockets = new Set<Socket>()
afterEach(async () => {
  for (const socket of sockets) socket.destroy()
  await new Promise((done) => (server ? server.close(done) : done(null)))
  server = null
})

/** A server that speaks like clamd, or not at all; `end`: what it does once the whole file has come, `begin` at once. */
async function speaking(way: {
  begin?: (socket: Socket) => void
  end?: (socket: Socket, file: Buffer) => void
}): Promise<number> {
  server = createServer((socket) => {
    sockets.add(socket)
    socket.on("error", () => undefined)
    way.begin?.(socket)
    let held = Buffer.alloc(0)
    socket.on("data", (chunk) => {
      held = Buffer.concat([held, chunk])
      const file = fileOf(held)
      if (file) way.end?.(socket, file)
    })
  })
  await new Promise<void>((done) => server?.listen(0, "127.0.0.1", () => done()))
  return (server.address() as { port: number }).port
}

/** The file of a whole INSTREAM; null: its end has not come. */
function fileOf(held: Buffer): Buffer | null {
  const begin = "zINSTREAM\0"
  if (held.length < begin.length) return null
  expect(held.subarray(0, begin.length).toString()).toBe(begin)
  const parts: Buffer[] = []
  for (let at = begin.length; at + 4 <= held.length;) {
    const length = held.readUInt32BE(at)
    if (length === 0) return Buffer.concat(parts)
    parts.push(held.subarray(at + 4, at + 4 + length))
    at += 4 + length
  }
  return null
}

const FILE = Buffer.alloc(300_000, "x")
const asked = (port: number, file: Buffer = FILE): Promise<Verdict> =>
  clamd({ host: "127.0.0.1", port }, { connectMs: 500, answerMs: 700, atOnce: 2 }).scan(
    Readable.from([file], { objectMode: false }),
  )

test("the whole file is sent, and a plain answer is taken", async () => {
  let came: Buffer = Buffer.alloc(0)
  const port = await speaking({
    end: (socket, file) => {
      came = file
      socket.end(file.includes("EVIL") ? "stream: Test.Evil-1 FOUND\0" : "stream: OK\0")
    },
  })
  expect(await asked(port)).toEqual({ state: "clean" })
  expect(came.equals(FILE)).toBe(true)
  expect(await asked(port, Buffer.from("this is EVIL"))).toEqual({ state: "infected", says: "Test.Evil-1" })
})

test.each<[string, Parameters<typeof speaking>[0], string]>([
  ["cuts the connection at once", { begin: (socket) => socket.destroy() }, "cut|ECONNRESET|EPIPE"],
  ["cuts it after the file", { end: (socket) => socket.destroy() }, "cut|ECONNRESET"],
  ["ends in the middle of its answer", { end: (socket) => socket.end("stream: O") }, "cut"],
  ["says nothing", {}, "slow"],
  ["answers without end", { end: (socket) => socket.write("x".repeat(100_000)) }, "reply"],
  ["says something else", { end: (socket) => socket.end("stream: Can't allocate memory ERROR\0") }, "reply"],
  ["says OK to something else", { end: (socket) => socket.end("OK\0") }, "reply"],
  [
    "takes no file of that size",
    { begin: (socket) => socket.end("INSTREAM size limit exceeded. ERROR\0") },
    "too-large",
  ],
  ["names a virus with a line in it", { end: (socket) => socket.end("stream: a\nb FOUND\0") }, "reply"],
])("a scanner that %s has said nothing", async (_what, way, says) => {
  const verdict = await asked(await speaking(way))
  expect(verdict).toMatchObject({ state: "away", says: expect.stringMatching(new RegExp(`^(${says})$`)) })
})

test("a scanner that says OK before the file was sent has said nothing", async () => {
  const port = await speaking({ begin: (socket) => socket.write("stream: OK\0") })
  const slowly = (async function* () {
    yield FILE
    await new Promise((done) => setTimeout(done, 100))
    yield FILE
  })()
  const verdict = await clamd({ host: "127.0.0.1", port }).scan(Readable.from(slowly, { objectMode: false }))
  expect(verdict).toEqual({ state: "away", says: "reply" })
})

test("nobody there: said at once", async () => {
  const port = await speaking({})
  await new Promise((done) => server?.close(done))
  server = null
  expect(await asked(port)).toEqual({ state: "away", says: "ECONNREFUSED" })
  expect(await clamd({ path: "/nowhere/clamd.sock" }).scan(Readable.from(["x"]))).toEqual({
    state: "away",
    says: "ENOENT",
  })
})

test("more at once than there are turns wait for theirs, and no longer than they may", async () => {
  let now = 0
  let most = 0
  const port = await speaking({
    end: (socket) => {
      now += 1
      most = Math.max(most, now)
      setTimeout(() => {
        now -= 1
        socket.end("stream: OK\0")
      }, 150)
    },
  })
  const scanner = clamd({ host: "127.0.0.1", port }, { answerMs: 400, atOnce: 1 })
  const all = await Promise.all(
    Array.from({ length: 6 }, () => scanner.scan(Readable.from([FILE], { objectMode: false }))),
  )
  expect(most).toBe(1)
  expect(all.filter((one) => one.state === "clean").length).toBeGreaterThanOrEqual(1)
  expect(all.filter((one) => one.state === "away").length).toBeGreaterThanOrEqual(2)
  expect(await scanner.scan(Readable.from([FILE], { objectMode: false }))).toEqual({ state: "clean" })
})

test("what our own side cannot read is a failure, and no word of the scanner's", async () => {
  const port = await speaking({})
  const broken = Readable.from(
    (async function* () {
      yield FILE
      throw new Error("the file is altered")
    })(),
  )
  await expect(clamd({ host: "127.0.0.1", port }).scan(broken)).rejects.toThrow("the file is altered")
})
