import { parentPort, workerData } from "node:worker_threads"
import { helpOut, type PartOrder } from "@/usecases/whatif/together"

// A thread beside the worker (what-if-help.ts): takes turns at one run, gives what it found, and ends.
parentPort?.postMessage(await helpOut(workerData as PartOrder))
