import { inARow } from "@/components/records/sharing-sentence"
import { allUnderDemand } from "@/domain/records/under-demand"
import { say } from "@/components/words/catalogue"
import type { RequestPage } from "@/usecases/requests/read-request"

/** Where a request stands, in a sentence: what it waits for, and whether that is the reader. */
export function standingWords(page: RequestPage): string {
  const { request, stages, findings, days, mine, something, many } = page
  if (request.state === "draft" || request.state === "changes-requested") {
    if (many) return say(mine ? "review.now-mine" : "request.now-draft")
    if (!something) return say(mine ? "request.now-empty" : "request.now-draft")
    const due = findings.filter((finding) => finding.severity === "blocking" && bites(finding, days[finding.recordId]))
    return due.length ? say("request.now-blocked", { n: due.length }) : say("request.now-ready")
  }
  if (request.state === "recorded" && allUnderDemand(page.proposals)) return say("request.now-under-demand")
  if (request.state !== "in-review") return say(`request.now-${request.state}`)
  const open = stages.filter((stage) => !stage.decided && stage.state.openedAt !== null)
  const yours = open.find((stage) => stage.mayDecide)
  const waits = inARow(open.map((stage) => say(`stage.${stage.stage}`)))
  return yours
    ? say("request.now-yours", { waits, stage: say(`stage.${yours.stage}`) })
    : say("request.now-others", { waits })
}

const bites = (finding: { from: string | null; to: string | null }, day: string | undefined): boolean =>
  !day || ((finding.from === null || finding.from <= day) && (finding.to === null || finding.to > day))
