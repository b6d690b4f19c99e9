import { createHash } from "node:crypto"
import { request } from "node:http"
import { performance } from "node:perf_hooks"
import { Readable } from "node:stream"
import { pipeline } from "node:stream/promises"
import { childrenOf, megabytesOf } from "./bench-processes"

const ORIGIN = process.env.ONWARD_BENCH_ORIGIN ?? ""
const COOKIE = process.env.ONWARD_BENCH_COOKIE ?? ""
const UPLOADS = Number(process.env.ONWARD_BENCH_UPLOADS ?? "200")
const MB = 1024 * 1024
/** The largest that is taken, and what most papers are; a person may send 2 GB a day, and this stays below it. */
const SIZES = [50, 0.2, 1, 5, 0.5, 20, 0.2, 2, 0.5, 1].map((n) => Math.floor(n * MB))

const pid = childrenOf(process.env.ONWARD_BENCH_START).web
const PIECE = Buffer.alloc(64 * 1024, "Words of a paper, which say nothing. ")

/** A paper of this size, unlike every other: made piece by piece, for two hundred whole ones would fill our own memory. */
function* paper(no: number, size: number): Generator<Buffer> {
  const head = Buffer.from(`%PDF-1.7\n% ${no} of this run\n`)
  yield head
  for (let left = size - head.length; left > 0; left -= PIECE.length)
    yield PIECE.subarray(0, Math.min(left, PIECE.length))
}

function hashOf(no: number, size: number): string {
  const hash = createHash("sha256")
  for (const piece of paper(no, size)) hash.update(piece)
  return hash.digest("hex")
}

type Kept = { id: string; sha256: string; sizeBytes: number }

/** Sends one: as a machine does; every second one as a form, whose answer is a page. */
async function send(no: number, size: number): Promise<Kept | null> {
  const form = no % 2 === 1
  const border = `----bench${no}`
  const before = Buffer.from(
    `--${border}\r\ncontent-disposition: form-data; name="file"; filename="paper${no}.pdf"\r\ncontent-type: application/pdf\r\n\r\n`,
  )
  const behind = Buffer.from(`\r\n--${border}--\r\n`)
  const length = size + (form ? before.length + behind.length : 0)
  const going = request(`${ORIGIN}/api/v1/files`, {
    method: "POST",
    headers: {
      ...{ origin: ORIGIN, cookie: COOKIE, "content-length": length },
      ...(form
        ? { "content-type": `multipart/form-data; boundary=${border}` }
        : { "content-type": "application/octet-stream", "x-file-name": `paper${no}.pdf` }),
    },
  })
  const answered = new Promise<{ status: number; text: string }>((done, fail) => {
    going.once("error", fail)
    going.once("response", (response) => {
      let text = ""
      response.on("data", (chunk: Buffer) => (text += chunk.toString()))
      response.once("end", () => done({ status: response.statusCode ?? 0, text }))
    })
  })
  const body = function* (): Generator<Buffer> {
    if (form) yield before
    yield* paper(no, size)
    if (form) yield behind
  }
  const [{ status, text }] = await Promise.all([answered, pipeline(Readable.from(body()), going)])
  if (status !== (form ? 303 : 201)) throw new Error(`upload ${no} answered ${status}: ${text.slice(0, 300)}`)
  return form ? null : (JSON.parse(text) as Kept)
}

/** So many uploads at once over HTTP; gives the peak of the pages' memory. Then some are read back and held against what was sent. */
async function main(): Promise<void> {
  const idle = megabytesOf(pid)
  let peak = idle
  const watch = setInterval(() => (peak = Math.max(peak, megabytesOf(pid))), 20)
  const list = Array.from({ length: UPLOADS }, (_one, no) => ({ no, size: SIZES[no % SIZES.length] ?? MB }))
  const began = performance.now()
  const took: number[] = []
  const kept = await Promise.all(
    list.map(async ({ no, size }) => {
      const own = performance.now()
      const file = await send(no, size)
      took.push(performance.now() - own)
      return { no, size, file }
    }),
  )
  const seconds = (performance.now() - began) / 1000
  const peakUp = peak
  peak = megabytesOf(pid)
  const back = kept.filter((one) => one.file).slice(0, 20)
  const downBegan = performance.now()
  await Promise.all(
    back.map(async ({ no, size, file }) => {
      const answer = await fetch(`${ORIGIN}/api/v1/files/${file?.id}`, { headers: { cookie: COOKIE } })
      const hash = createHash("sha256")
      for await (const piece of answer.body ?? []) hash.update(piece)
      const wanted = hashOf(no, size)
      if (hash.digest("hex") !== wanted || file?.sha256 !== wanted) throw new Error(`upload ${no} came back otherwise`)
    }),
  )
  clearInterval(watch)
  took.sort((a, b) => a - b)
  const bytes = list.reduce((sum, one) => sum + one.size, 0)
  const fell = childrenOf(process.env.ONWARD_BENCH_START).web !== pid
  const readBytes = back.reduce((sum, one) => sum + one.size, 0)
  process.stdout.write(
    `${JSON.stringify({
      ...{ uploads: UPLOADS, megabytes: Math.round(bytes / 1e6), seconds, fell },
      ...{ perSecond: bytes / 1e6 / seconds, p50: took[Math.floor(took.length / 2)], slowest: took.at(-1) },
      ...{ idleMb: idle, peakMb: peakUp, readBack: back.length, readPeakMb: peak },
      readPerSecond: readBytes / 1e3 / (performance.now() - downBegan),
    })}\n`,
  )
}

await main()
