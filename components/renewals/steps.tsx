import { dayWords } from "@/components/ui/when"
import { say } from "@/components/words/catalogue"
import type { Step } from "@/domain/agreements/arithmetic"

/** One step of the arithmetic of a paper's days, as a sentence. */
export function stepWords(step: Step): string {
  const days = Object.fromEntries(Object.entries(step.days).map(([name, day]) => [name, dayWords(day)]))
  return say(step.says, { ...days, ...step.numbers })
}

/** How the days of a paper come about, step by step. */
export function Steps({ steps }: { steps: readonly Step[] }) {
  if (steps.length === 0) return null
  return (
    <ol className="steps">
      {steps.map((step) => (
        <li key={step.says}>{stepWords(step)}</li>
      ))}
    </ol>
  )
}
