import { StatusTag, type Tone } from "@/components/ui/status-tag"
import { say } from "@/components/words/catalogue"
import type { LinkState } from "@/domain/asked/links"

const TONES: Record<LinkState, Tone> = {
  ...{ asked: "review", opened: "review", answered: "good", expired: "quiet", revoked: "quiet" },
}

/** How a link stands, and whether its day has passed. */
export function LinkTag({ state, overdue = false }: { state: LinkState; overdue?: boolean }) {
  return (
    <>
      <StatusTag tone={TONES[state]}>{say(`asked.state.${state}`)}</StatusTag>
      {overdue ? <StatusTag tone="bad">{say("asked.overdue")}</StatusTag> : null}
    </>
  )
}
