import { parentPort } from "node:worker_threads"
import { helpOut, type PartOrder } from "@/usecases/whatif/together"

// A thread beside the worker (what-if-help.ts): takes turns at one run, gives what it found, and waits for the next.
parentPort?.on("message", (order: PartOrder) => {
  void helpOut(order).then(
    (found) => parentPort?.postMessage({ found }),
    (broken: unknown) => parentPort?.postMessage({ broken: broken instanceof Error ? broken.stack : String(broken) }),
  )
})
