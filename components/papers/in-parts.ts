/** So much is asked for at once: a record of a sealed file, so that the server opens no other for it. */
export const PIECE = 64 * 1024

/** The little of pdf.js's transport that is used: it asks for parts, and is given them. */
export type Transport = {
  requestDataRange(begin: number, end: number): void
  onDataRange(begin: number, chunk: Uint8Array): void
}
type Loading<P> = { promise: Promise<P>; destroy(): Promise<void> }
/** What of the library opens a file in parts. */
export type PartsLibrary<P> = {
  PDFDataRangeTransport: new (length: number, first: Uint8Array) => Transport
  getDocument(asked: Record<string, unknown>): Loading<P>
}

/** A file of which so much came that it can be drawn; `lost` once a part of it could not be had: nothing more is drawn then. */
export type InParts<P> = { paper: Promise<P>; lost: Promise<never>; destroy(): Promise<void> }

/**
 * Opens a file of which only those parts are fetched that its shown pages stand on: first its head, which says how long it is.
 * A server that gives no parts is read whole.
 */
export async function openInParts<P>(
  pdf: PartsLibrary<P>,
  src: string,
  options: Record<string, unknown>,
  ask: (src: string, init: RequestInit) => Promise<Response> = fetch,
): Promise<InParts<P>> {
  const answer = await part(ask, src, 0, PIECE)
  const total = totalOf(answer)
  const first = new Uint8Array(await answer.arrayBuffer())
  let lose: (problem: unknown) => void = () => undefined
  const lost = new Promise<never>((_done, fail) => (lose = fail))
  lost.catch(() => undefined)
  if (total === null || first.length >= total) {
    const whole = pdf.getDocument({ ...options, data: first })
    return { paper: whole.promise, lost, destroy: () => whole.destroy() }
  }
  const transport = new pdf.PDFDataRangeTransport(total, first)
  const gathered = gathering((begin, end) => again(() => bytesOf(ask, src, begin, end)))
  const loading = pdf.getDocument({
    ...options,
    ...{ range: transport, rangeChunkSize: PIECE, disableAutoFetch: true, disableStream: true },
  })
  transport.requestDataRange = (begin, end) => {
    gathered(begin, end)
      .then((bytes) => transport.onDataRange(begin, bytes))
      .catch((problem: unknown) => {
        // The library would wait for this part for good.
        lose(problem)
        void loading.destroy()
      })
  }
  return { paper: Promise.race([loading.promise, lost]), lost, destroy: () => loading.destroy() }
}

const MOST = 16 * PIECE
const AT_ONCE = 4
const GATHER_MS = 8

type Wanted = { begin: number; end: number; give: (bytes: Uint8Array) => void; fail: (problem: unknown) => void }

/**
 * The library looks at all pages of a paper before it draws one, and asks for a piece of each at the same moment. What lies close
 * together is asked for as one part, and few parts at once.
 */
export function gathering(
  get: (begin: number, end: number) => Promise<Uint8Array>,
): (begin: number, end: number) => Promise<Uint8Array> {
  let wanted: Wanted[] = []
  const waiting: Wanted[][] = []
  let running = 0
  const run = async (): Promise<void> => {
    for (let group = waiting.shift(); group; group = waiting.shift()) {
      const begin = group[0]?.begin ?? 0
      try {
        const bytes = await get(begin, Math.max(...group.map((one) => one.end)))
        for (const one of group) one.give(bytes.slice(one.begin - begin, one.end - begin))
      } catch (problem) {
        for (const one of group) one.fail(problem)
      }
    }
    running -= 1
  }
  const flush = (): void => {
    waiting.push(...grouped(wanted))
    wanted = []
    for (; running < Math.min(AT_ONCE, waiting.length + running); running += 1) void run()
  }
  return (begin, end) =>
    new Promise((give, fail) => {
      if (wanted.length === 0) setTimeout(flush, GATHER_MS)
      wanted.push({ begin, end, give, fail })
    })
}

/** Neighbours together, as far as no more than a piece lies between two and all are no longer than a megabyte. */
function grouped(wanted: readonly Wanted[]): Wanted[][] {
  const groups: Wanted[][] = []
  let until = 0
  for (const one of wanted.toSorted((a, b) => a.begin - b.begin)) {
    const group = groups.at(-1)
    const begin = group?.[0]?.begin ?? 0
    if (group && one.begin - until <= PIECE && Math.max(until, one.end) - begin <= MOST) group.push(one)
    else groups.push([one])
    until = group === groups.at(-1) ? Math.max(until, one.end) : one.end
  }
  return groups
}

async function part(
  ask: (src: string, init: RequestInit) => Promise<Response>,
  src: string,
  begin: number,
  end: number,
): Promise<Response> {
  const answer = await ask(src, { headers: { range: `bytes=${begin}-${end - 1}` } })
  if (!answer.ok) throw new NotGiven(answer.status, await saidOf(answer))
  return answer
}

/** A refusal is an answer: asking again would not change it. `says`: the server's sentence, where it gave one. */
export class NotGiven extends Error {
  constructor(
    status: number,
    readonly says: string | null,
  ) {
    super(String(status))
  }
}

async function saidOf(answer: Response): Promise<string | null> {
  if (!answer.headers.get("content-type")?.startsWith("application/problem+json")) return null
  const { title } = (await answer.json().catch(() => ({}))) as { title?: unknown }
  return typeof title === "string" ? title : null
}

/** How long the whole is, of an answer that is a part; null: it is the whole. */
function totalOf(answer: Response): number | null {
  if (answer.status !== 206) return null
  const total = /^bytes 0-\d+\/(\d+)$/.exec(answer.headers.get("content-range") ?? "")?.[1]
  if (total === undefined) throw new Error("content-range")
  return Number(total)
}

async function bytesOf(...asked: Parameters<typeof part>): Promise<Uint8Array> {
  const answer = await part(...asked)
  const bytes = new Uint8Array(await answer.arrayBuffer())
  const [, , begin, end] = asked
  if (answer.status !== 206 || bytes.length !== end - begin) throw new Error("content-range")
  return bytes
}

/** A line that is cut for a moment is no end. */
async function again<T>(does: () => Promise<T>): Promise<T> {
  for (let left = 2; ; left -= 1) {
    try {
      return await does()
    } catch (problem) {
      if (left === 0 || problem instanceof NotGiven) throw problem
    }
  }
}
