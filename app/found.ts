import type { FoundView } from "@/components/checks/found-list"
import { mayAct } from "@/domain/people/permissions"
import type { RecordKind } from "@/domain/records/kinds"
import type { FindingsPage } from "@/usecases/checks/list-findings"
import type { Scene } from "@/usecases/scene"
import { withClocks, type Clocks } from "./clocks"
import { pathOf } from "@/components/records/record-path"

/** Findings as the lists show them, each with the way to its record by the same clocks. */
export function foundViews(findings: FindingsPage["findings"], clocks: Clocks): FoundView[] {
  return findings.map((finding) => ({
    ...finding,
    href: withClocks(pathOf(finding.recordKind as RecordKind, finding.recordId), clocks),
  }))
}

/** The id of who looks, where they may see to a finding; null on another day and for who only reads. */
export function taker(scene: Scene, clocks: Clocks): string | null {
  if (clocks.asOf || clocks.on || scene.actor?.kind !== "person") return null
  return mayAct("gap.take", scene.actor).ok ? scene.actor.id : null
}
