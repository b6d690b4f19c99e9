import type { Instant } from "@/domain/core/instant"

/** What the log signed last, as far as paper bears it. */
export type LogMark = { size: number; root: string; at: Instant }

/** The line at the foot of our papers: whoever keeps the paper keeps a checkpoint that nobody can take back. */
export function markLine({ size, root, at }: LogMark): string {
  return `Log of ${size} entries, root ${root}, signed ${at}`
}
