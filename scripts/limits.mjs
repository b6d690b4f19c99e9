// How long a caller may take, and how many may call at once. Heads, bodies and readers that dawdle are cut.

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
