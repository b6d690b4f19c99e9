import { spawn } from "node:child_process"
import { existsSync, readFileSync, realpathSync } from "node:fs"
import { dirname, join } from "node:path"

export type Limits = { seconds: number; megabytes: number; answerBytes: number }
export type Ran = { ok: true; answer: Buffer } | { ok: false; why: "time" | "memory" | "stopped" | "no-worker" }

export const APART: Limits = { seconds: 10, megabytes: 256, answerBytes: 8 * 1024 * 1024 }
/** How many run at once; the others wait for their turn. */
const AT_ONCE = 2
let running = 0
const waiting: (() => void)[] = []

/** The bundle of a worker: beside the command line's own, else in `dist` of the folder the server was started in. */
export function workerFile(name: string): string | null {
  const places = [join(dirname(process.argv[1] ?? ""), name), join(process.cwd(), "dist", name)]
  return places.find((place) => existsSync(place)) ?? null
}

/**
 * Runs a worker in a process of its own, without the server's environment, with limits of time and memory; it is killed
 * at either. `input` goes to it, its answer comes back; whatever it does, only it ends.
 */
export async function runApart(worker: string | null, input: Uint8Array[], limits: Limits = APART): Promise<Ran> {
  if (!worker) return { ok: false, why: "no-worker" }
  if (running >= AT_ONCE) await new Promise<void>((done) => waiting.push(done))
  running += 1
  try {
    // Node asks for leave by the real path.
    return await run(realpathSync(worker), input, limits)
  } finally {
    running -= 1
    waiting.shift()?.()
  }
}

function run(worker: string, input: Uint8Array[], limits: Limits): Promise<Ran> {
  return new Promise((done) => {
    const flags = [`--max-old-space-size=${limits.megabytes}`, "--no-warnings", ...jail(worker)]
    const child = spawn(process.execPath, [...flags, worker], {
      env: {} as NodeJS.ProcessEnv,
      stdio: ["pipe", "pipe", "pipe"],
    })
    const pieces: Buffer[] = []
    let size = 0
    let last = ""
    let why: "time" | "memory" | "stopped" | null = null
    const stop = (reason: "time" | "memory" | "stopped") => {
      why ??= reason
      child.kill("SIGKILL")
    }
    const taken = input.reduce((sum, one) => sum + one.length, 0) / 1_048_576
    const clock = setTimeout(() => stop("time"), limits.seconds * 1000)
    const watch = setInterval(() => {
      if (residentMegabytes(child.pid) > limits.megabytes + 64 + 2 * taken) stop("memory")
    }, 100)
    child.stdout.on("data", (piece: Buffer) => {
      size += piece.length
      if (size > limits.answerBytes) stop("stopped")
      else pieces.push(piece)
    })
    child.stderr.on("data", (piece: Buffer) => {
      last = (last + piece.toString("latin1")).slice(-4000)
    })
    // It may end before it has read all of it: that is said by its end, not by the pipe.
    child.stdin.on("error", () => undefined)
    child.once("error", () => stop("stopped"))
    child.once("close", (code) => {
      clearTimeout(clock)
      clearInterval(watch)
      if (why === null && code === 0) return done({ ok: true, answer: Buffer.concat(pieces) })
      const full = /heap out of memory|Array buffer allocation failed|allocation failed/i.test(last)
      done({ ok: false, why: why ?? (full ? "memory" : "stopped") })
    })
    for (const piece of input) child.stdin.write(piece)
    child.stdin.end()
  })
}

/** Node's own fence, where it has one: no files but the worker's own, no further processes. */
function jail(worker: string): string[] {
  const flag = ["--permission", "--experimental-permission"].find((one) => process.allowedNodeEnvironmentFlags.has(one))
  return flag ? [flag, `--allow-fs-read=${worker}`] : []
}

/** Memory that a process holds; 0 where the system does not say. */
function residentMegabytes(pid: number | undefined): number {
  try {
    const found = /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))
    return found ? Number(found[1]) / 1024 : 0
  } catch {
    return 0
  }
}
