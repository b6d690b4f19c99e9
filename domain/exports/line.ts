import type { Instant } from "@/domain/core/instant"
import type { PackageScope } from "./scope"

/** How a package that was asked for stands. */
export type ExportState = "waiting" | "running" | "done" | "stopped" | "failed" | "swept"

/** An export as it is listed. What it is about is told to those who read it anyhow; parties are counted, not named. */
export type ExportLine = {
  id: string
  by: string
  name: string
  mine: boolean
  at: Instant
  asOf: Instant
  state: ExportState
  done: number
  total: number
  endedAt: Instant | null
  sha256: string | null
  bytes: number | null
  records: number | null
  says: string | null
  scope: Omit<PackageScope, "parties"> & { parties: number | null }
  redactions: number
  /** It answers a letter of an authority. */
  letter: boolean
  files: "none" | "all" | number
}
