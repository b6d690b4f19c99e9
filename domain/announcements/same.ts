import { fold } from "@/domain/core/fold"
import type { AnnouncedChange } from "./clock"

type Said = { change: AnnouncedChange; subName: string | null; oldName: string | null }

/**
 * The one of these announcements, of the same party to the same company on the same day, that says the same: who comes
 * and who goes, by name however it is written; null: none does.
 */
export function sameAs(said: Said, others: readonly (Said & { id: string })[]): string | null {
  return others.find((one) => keyOf(one) === keyOf(said))?.id ?? null
}

/** Who comes and who goes: of a change in which nobody comes or goes, what was typed there says nothing. */
function keyOf({ change, subName, oldName }: Said): string {
  const name = (text: string | null): string =>
    fold(text ?? "")
      .trim()
      .replace(/\s+/g, " ")
  return JSON.stringify([change, change === "gone" ? "" : name(subName), change === "new" ? "" : name(oldName)])
}
