import { spawnSync } from "node:child_process"
import { createServer, get } from "node:http"
import { connect, type AddressInfo, type Socket } from "node:net"
import { afterAll, beforeAll, expect, test } from "vitest"
import { bound, heapOf, limits } from "./limits.mjs"

/** One hundredth of the product's times: heads 150 ms, bodies 1.2 s, silence 1.8 s, looked at each 50 ms. */
const SCALE = 1 / 100
const server = bound(
  createServer(limits(SCALE), (request, response) => {
    if (request.url === "/large") response.end(Buffer.alloc(64 * 1024 * 1024))
    else request.resume().on("end", () => response.end("ok"))
  }),
  SCALE,
)
let port = 0
beforeAll(async () => {
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done))
  port = (server.address() as AddressInfo).port
})
afterAll(() => {
  server.closeAllConnections()
  server.close()
})

const answered = (): Promise<number> =>
  new Promise((done, fail) => {
    const began = Date.now()
    get({ port, host: "127.0.0.1", path: "/", agent: false }, (answer) => {
      answer.resume().on("end", () => done(Date.now() - began))
    }).once("error", fail)
  })

/** A caller who sends a little, and a byte more now and then; gives the time after which it was cut. */
function dawdle(first: string, next: string): Promise<number> {
  return new Promise((done) => {
    const began = Date.now()
    const socket: Socket = connect(port, "127.0.0.1")
    const drip = setInterval(() => next && socket.write(next), 50)
    socket.on("error", () => undefined)
    socket.once("close", () => {
      clearInterval(drip)
      done(Date.now() - began)
    })
    socket.resume()
    socket.write(first)
  })
}

test("200 callers who never end their head are cut, and others are answered meanwhile", async () => {
  const slow = Array.from({ length: 200 }, () => dawdle("GET / HTTP/1.1\r\nHost: x\r\n", "a"))
  await new Promise((done) => setTimeout(done, 100))
  expect(await answered()).toBeLessThan(1000)
  expect(Math.max(...(await Promise.all(slow)))).toBeLessThan(2000)
})
test("a body that never ends is cut", async () => {
  const head = "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000\r\n\r\n"
  expect(await dawdle(head, "b")).toBeLessThan(6000)
}, 10_000)
test("a caller who asks for much and reads nothing is cut", async () => {
  const began = Date.now()
  // Whoever reads nothing does not see the end either: the server's own side tells.
  const cut = new Promise<number>((done) =>
    server.once("connection", (socket) => socket.once("close", () => done(Date.now() - began))),
  )
  const caller = connect(port, "127.0.0.1").on("error", () => undefined)
  caller.write("GET /large HTTP/1.1\r\nHost: x\r\n\r\n")
  expect(await cut).toBeLessThan(9000)
  caller.destroy()
}, 15_000)
test("a head that is too large is refused", async () => {
  expect(await dawdle(`GET / HTTP/1.1\r\nHost: x\r\nX: ${"y".repeat(20_000)}\r\n\r\n`, "")).toBeLessThan(2000)
})

test("each of our processes has a heap of 400 MB, unless whoever runs it says another", () => {
  expect(heapOf()).toEqual(["--max-old-space-size=320"])
  expect(heapOf("--enable-source-maps")).toEqual(["--max-old-space-size=320"])
  expect(heapOf("--max-old-space-size=2048")).toEqual([])
  expect(heapOf("--max_old_space_size=2048")).toEqual([])
})

test("the worker has room for a turn in the young part of its heap", () => {
  expect(heapOf("", "worker").slice(0, 2)).toEqual(["--max-old-space-size=320", "--max-semi-space-size=32"])
  expect(heapOf("--max-semi-space-size=8", "worker")[1]).toBe("--no-parallel-scavenge")
  expect(heapOf("", "web server")).toEqual(["--max-old-space-size=320"])
})

test("this Node knows every flag that the worker is started with: one that it does not know would end it at once", () => {
  expect(spawnSync(process.execPath, [...heapOf("", "worker"), "-e", ""]).status).toBe(0)
})
