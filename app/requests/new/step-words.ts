import type { Step } from "@/domain/intake/asked"
import { BLOCKS } from "@/domain/intake/question"

/** The steps of an intake as pages: its blocks, then the reading once more. */
export type StepName = (typeof BLOCKS)[number] | "check"
export const STEP_NAMES: readonly StepName[] = [...BLOCKS, "check"]

/** The step that an address names; the first where it names none. */
export function stepIn(word: string): StepName {
  return STEP_NAMES.find((name) => name === word) ?? "1"
}

/** The steps that somebody goes through, one after another: those with questions of theirs, and the last. */
export function wayOf(steps: readonly Step[]): StepName[] {
  return [...steps.filter((step) => step.state !== "not-needed").map((step) => step.block), "check"]
}

/** The ids of the questions that a form showed. */
export function shownIn(sent: Record<string, unknown>): string[] {
  return typeof sent._shown === "string" ? sent._shown.split(" ").slice(0, 100) : []
}

type Went = { own: readonly string[]; steps: readonly Step[] }

/** Where a saved form leads. What its answers newly ask on the same page is answered there first. */
export function wentTo(id: string, saved: Went, sent: Record<string, unknown>): string {
  const word = (name: string): string => (typeof sent[name] === "string" ? sent[name] : "")
  const page = `/requests/new/${id}`
  const step = stepIn(word("_step"))
  const find = word("find").trim()
  const go = word("_go")
  const all = word("_all") === "yes"
  const here = all ? `${page}?all=yes` : `${page}?step=${step}`
  if (go === "find" || ((go === "" || go === "next") && find !== "" && find !== word("_found")))
    return `${here}&find=${encodeURIComponent(find)}#find`
  if (go === "stay") return here
  const shown = new Set(shownIn(sent))
  const more = saved.own.filter((one) => !shown.has(one) && (all || one.startsWith(`${step}.`)))
  if (go !== "back" && more.length > 0) return `${here}&more=yes#q.${more[0] ?? ""}`
  if (all) return `${page}?step=check`
  const way = wayOf(saved.steps)
  const at = STEP_NAMES.indexOf(step)
  const next =
    go === "back"
      ? way.filter((name) => STEP_NAMES.indexOf(name) < at).at(-1)
      : way.find((name) => STEP_NAMES.indexOf(name) > at)
  return `${page}?step=${next ?? (go === "back" ? "1" : "check")}`
}
