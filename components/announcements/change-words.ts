import { say } from "@/components/words/catalogue"
import type { AnnouncementLine } from "@/domain/announcements/line"

/** Who comes and who goes, in a few words. */
export function changeWords(line: Pick<AnnouncementLine, "change" | "subName" | "oldName">): string {
  return say(`announced.change.${line.change}`, { sub: line.subName ?? "", old: line.oldName ?? "" })
}
