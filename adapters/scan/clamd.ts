import { connect, type NetConnectOpts, type Socket } from "node:net"
import type { Readable } from "node:stream"

/** What a virus scanner says of a file. `away`: it said nothing that can be relied on, and `says` why. */
export type Verdict = { state: "clean" } | { state: "infected"; says: string } | { state: "away"; says: string }

/** A virus scanner: reads a stream, lets go of it however it ends, and says what it found. */
export type Scanner = { scan(bytes: Readable): Promise<Verdict> }

/** Where clamd listens: a host and port, or a Unix socket. */
export type ClamdAt = { host: string; port: number } | { path: string }

/** How long and how many: the answer's time begins when a scan is asked for, also while it waits for its turn. */
export type ClamdLimits = { connectMs: number; answerMs: number; atOnce: number }

const USUAL: ClamdLimits = { connectMs: 3_000, answerMs: 30_000, atOnce: 4 }
const MOST_OF_A_REPLY = 4_096
const PIECE = 64 * 1024

/** The scanner as start names it (`ONWARD_CLAMD`, JSON of where it listens); null: none is named. */
export function scannerFrom(
  env: Record<string, string | undefined>,
  limits: Partial<ClamdLimits> = {},
): Scanner | null {
  return env.ONWARD_CLAMD ? clamd(JSON.parse(env.ONWARD_CLAMD) as ClamdAt, limits) : null
}

/**
 * The client of a clamd: one connection for each file, INSTREAM. Whatever is not a whole and plain answer is no answer:
 * a line that was cut, one that comes before the file was sent, one without end.
 */
export function clamd(at: ClamdAt, limits: Partial<ClamdLimits> = {}): Scanner {
  const { connectMs, answerMs, atOnce } = { ...USUAL, ...limits }
  const turns = turnstile(atOnce)
  return {
    scan: async (bytes) => {
      const until = Date.now() + answerMs
      if (!(await turns.enter(answerMs))) {
        bytes.destroy()
        return { state: "away", says: "busy" }
      }
      try {
        return await ask(at, bytes, connectMs, Math.max(1, until - Date.now()))
      } finally {
        bytes.destroy()
        turns.leave()
      }
    },
  }
}

/** Lets so many through at once; whoever waits longer than they may goes away again. */
function turnstile(atOnce: number): { enter: (ms: number) => Promise<boolean>; leave: () => void } {
  let within = 0
  const waiting: ((mine: boolean) => void)[] = []
  return {
    enter: (ms) => {
      if (within < atOnce) {
        within += 1
        return Promise.resolve(true)
      }
      return new Promise((done) => {
        const mine = (turn: boolean): void => {
          clearTimeout(timer)
          done(turn)
        }
        const timer = setTimeout(() => {
          waiting.splice(waiting.indexOf(mine), 1)
          done(false)
        }, ms)
        waiting.push(mine)
      })
    },
    leave: () => {
      const next = waiting.shift()
      if (next) next(true)
      else within -= 1
    },
  }
}

function ask(at: ClamdAt, bytes: Readable, connectMs: number, answerMs: number): Promise<Verdict> {
  return new Promise((done, fail) => {
    const socket = connect(at as NetConnectOpts)
    let reply = ""
    let sent = false
    let over = false
    const end = (settle: () => void): void => {
      if (over) return
      over = true
      clearTimeout(joining)
      clearTimeout(answering)
      socket.destroy()
      settle()
    }
    const away = (says: string): void => end(() => done({ state: "away", says }))
    const joining = setTimeout(() => away("no-connection"), connectMs)
    const answering = setTimeout(() => away("slow"), answerMs)
    socket.once("error", (problem: NodeJS.ErrnoException) => away(problem.code ?? "cut"))
    socket.once("close", () => away("cut"))
    socket.on("data", (chunk: Buffer) => {
      reply += chunk.toString("latin1")
      if (reply.length > MOST_OF_A_REPLY) return away("reply")
      const whole = reply.indexOf("\0")
      if (whole >= 0) end(() => done(verdictOf(reply.slice(0, whole), sent)))
    })
    socket.once("connect", () => {
      clearTimeout(joining)
      send(socket, bytes, () => over)
        .then(() => (sent = true))
        // What our own side could not read is no word of the scanner's.
        .catch((problem: unknown) => end(() => fail(problem instanceof Error ? problem : new Error(String(problem)))))
    })
  })
}

function verdictOf(reply: string, sent: boolean): Verdict {
  const found = /^stream: ([^\r\n]{1,200}) FOUND$/.exec(reply)?.[1]
  if (found) return { state: "infected", says: found }
  // clamd takes no more than its StreamMaxLength, and answers in the middle.
  if (/size limit exceeded/i.test(reply)) return { state: "away", says: "too-large" }
  return reply === "stream: OK" && sent ? { state: "clean" } : { state: "away", says: "reply" }
}

/** Sends the file in pieces with their length before them, and a piece of no length; waits for whoever reads slowly. */
async function send(socket: Socket, bytes: Readable, over: () => boolean): Promise<void> {
  const put = async (what: Uint8Array): Promise<void> => {
    if (socket.write(what) || over()) return
    await new Promise<void>((done) => {
      const go = (): void => {
        socket.off("drain", go)
        socket.off("close", go)
        done()
      }
      socket.on("drain", go)
      socket.on("close", go)
    })
  }
  await put(Buffer.from("zINSTREAM\0"))
  for await (const chunk of bytes as AsyncIterable<Uint8Array>) {
    for (let from = 0; from < chunk.length; from += PIECE) {
      if (over()) return
      const piece = chunk.subarray(from, from + PIECE)
      const length = Buffer.alloc(4)
      length.writeUInt32BE(piece.length)
      await put(Buffer.concat([length, piece]))
    }
    if (over()) return
  }
  // From here on an answer is one about the whole file: it cannot come before this is on its way.
  if (!over()) socket.write(Buffer.alloc(4))
}
