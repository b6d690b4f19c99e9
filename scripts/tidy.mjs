// After a large piece of work Node keeps what it took until it needs to look again, which at rest is never: the worker sat on 370 MB of
// which it used 100. Where a process has nothing to do it gives back what it does not use.
import { performance } from "node:perf_hooks"
import { setFlagsFromString } from "node:v8"
import { runInNewContext } from "node:vm"

const MB = 1024 * 1024
const EVERY = 2_000
/** Below this there is nothing worth a pause. */
const LEAST = 160 * MB
/** So much more than after the last time makes another worth it. */
const GROWN = 48 * MB
/** A process that worked less than this part of the time is at rest. */
const REST = 0.2

/** Whether a process whose heap has this size now gives back what it does not use: at rest, large, and grown since the last time. */
export function isTimely({ worked, heap, after }) {
  return worked < REST && heap >= LEAST && heap >= after + GROWN
}

/** From now on this process tidies its heap where it is at rest. Keeps nothing alive. */
export function tidyAtRest() {
  setFlagsFromString("--expose-gc")
  const collect = runInNewContext("gc")
  setFlagsFromString("--no-expose-gc")
  let [after, last] = [0, performance.eventLoopUtilization()]
  setInterval(() => {
    const now = performance.eventLoopUtilization()
    const worked = performance.eventLoopUtilization(now, last).utilization
    last = now
    const heap = process.memoryUsage().heapTotal
    after = Math.min(after, heap)
    if (!isTimely({ worked, heap, after })) return
    collect()
    after = process.memoryUsage().heapTotal
  }, EVERY).unref()
}
