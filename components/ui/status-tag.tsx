import type { ReactNode } from "react"

export type Tone = "good" | "warn" | "bad" | "found" | "review" | "quiet"

const SHAPES: Record<Tone, ReactNode> = {
  good: <path d="M3 8.5 6.5 12 13 4.5" fill="none" stroke="currentColor" strokeWidth="2.4" />,
  warn: (
    <path
      d="M8 1.5a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13Zm0 3v4l2.6 1.6"
      fill="none"
      stroke="currentColor"
      strokeWidth="2"
    />
  ),
  bad: (
    <path
      d="M5 1.5h6L14.5 5v6L11 14.5H5L1.5 11V5ZM8 4.5V9m0 1.6v1.6"
      fill="none"
      stroke="currentColor"
      strokeWidth="2"
    />
  ),
  found: (
    <path
      d="M1 8s2.6-4.5 7-4.5S15 8 15 8s-2.6 4.5-7 4.5S1 8 1 8Zm7-2a2 2 0 1 0 0 4 2 2 0 0 0 0-4Z"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.8"
    />
  ),
  review: (
    <path
      d="M8 1.5a6.5 6.5 0 1 0 0 13Z M8 1.5a6.5 6.5 0 0 1 0 13"
      fill="currentColor"
      fillOpacity="0.9"
      stroke="currentColor"
      strokeWidth="1.5"
    />
  ),
  quiet: <path d="M2.5 2.5h11v11h-11Z" fill="none" stroke="currentColor" strokeWidth="1.8" strokeDasharray="2.5 2" />,
}

/** A state in a word, with a shape beside it; colour is never alone. */
export function StatusTag({ tone, children }: { tone: Tone; children: ReactNode }) {
  return (
    <span className={`tag ${tone}`}>
      <svg viewBox="0 0 16 16" aria-hidden="true" focusable="false">
        {SHAPES[tone]}
      </svg>
      {children}
    </span>
  )
}
