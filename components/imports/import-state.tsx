import { StatusTag, type Tone } from "@/components/ui/status-tag"
import { say } from "@/components/words/catalogue"

const TONE: Record<string, Tone> = {
  opened: "quiet",
  trying: "review",
  tried: "good",
  reading: "review",
  proposing: "review",
  writing: "review",
  proposed: "good",
  failed: "bad",
}

/** Where an import stands. */
export function ImportState({ state }: { state: string }) {
  return <StatusTag tone={TONE[state] ?? "quiet"}>{say(`imports.state.${state}`)}</StatusTag>
}
