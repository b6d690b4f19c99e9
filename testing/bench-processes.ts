import { readdirSync, readFileSync } from "node:fs"

/** The two children that `npm start` keeps (its process is `start`), by what they run. */
export function childrenOf(start: string | undefined): { web: number; worker: number } {
  const found = { web: 0, worker: 0 }
  for (const pid of readdirSync("/proc").filter((name) => /^\d+$/.test(name))) {
    try {
      const ours = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1]?.split(" ")[1] === start
      const words = readFileSync(`/proc/${pid}/cmdline`, "utf8")
      if (ours && words.includes("web.mjs")) found.web = Number(pid)
      if (ours && words.includes("onward.mjs\0worker")) found.worker = Number(pid)
    } catch {
      // It ended meanwhile.
    }
  }
  return found
}

/** The resident memory of a process in megabytes of a million bytes. */
export function megabytesOf(pid: number): number {
  try {
    return (Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1] ?? "0") * 1024) / 1e6
  } catch {
    return 0
  }
}
