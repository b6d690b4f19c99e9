// How long a caller may take, how many may call at once, and how much memory we take. Heads, bodies and readers that dawdle are cut.

const SECOND = 1000

/**
 * What Node's server is made with. `scale` shortens every time, for a test. Node looks for late callers at intervals of
 * its own: with its default of half a minute a head of 15 seconds would stay open for 45.
 */
export function limits(scale = 1) {
  return {
    headersTimeout: 15 * SECOND * scale,
    requestTimeout: 120 * SECOND * scale,
    keepAliveTimeout: 10 * SECOND * scale,
    connectionsCheckingInterval: 5 * SECOND * scale,
    maxHeaderSize: 16_384,
  }
}

/** Bounds what the options cannot: sockets on which nothing moves, the heads of one, and how many stand open. */
export function bound(server, scale = 1) {
  // Longer than the longest answer takes to begin (an export, 60 seconds), so that none is cut while we work on it.
  server.setTimeout(180 * SECOND * scale)
  server.maxHeadersCount = 100
  server.maxConnections = 2000
  return server
}

/**
 * What Node is told of the heap of each of our processes, in MB. It would let the heap grow with the machine's memory
 * before it tidies: an import of ten thousand rows then takes 800 MB for work that fits into 400. The worker reads thousands of
 * records in turns and lets each turn go: with twice the young part a turn is gone before it is moved, and a run takes a
 * fifth less. Whoever knows better says so in `NODE_OPTIONS`, whose text is given here.
 *
 * The worker and its threads keep all cores busy, and nobody waits for an answer of theirs within milliseconds: so young memory is
 * tidied by the thread whose it is (`LEAN`; helpers beside each thread mostly waited for each other), old memory not before 96 MB are in
 * use, and hot code is put together out of smaller pieces (made sooner, no slower later). To have old memory tidied by one thread as well
 * (`--single-threaded-gc`) takes a tenth of a second off a what-if and adds twenty to a recompute of everything, which has the other core.
 */
export function heapOf(options = "", name = "") {
  const old = /--max[-_]old[-_]space[-_]size/.test(options) ? [] : ["--max-old-space-size=320"]
  const young = name !== "worker" || /--max[-_]semi[-_]space[-_]size/.test(options) ? [] : ["--max-semi-space-size=32"]
  return [...old, ...young, ...(name === "worker" ? LEAN : [])]
}

const LEAN = ["--no-parallel-scavenge", "--initial-old-space-size=96", "--max-inlined-bytecode-size-cumulative=300"]
