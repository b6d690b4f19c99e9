import type { CoverItem } from "@/components/coverage/cover-rows"
import type { CoverLine } from "@/usecases/coverage/cover-line"
import { withClocks, type Clocks } from "./clocks"

/** A stored line as a row of a picture, with what stands below its name. */
export function coverItem(line: CoverLine, under: CoverItem["under"], clocks: Clocks): CoverItem {
  return {
    id: line.id,
    title: line.title,
    href: withClocks(`/sharings/${line.id}`, clocks),
    under,
    standing: line.standing,
    underDemand: line.underDemand,
    coverage: line.coverage,
    approval: line.approval,
  }
}
