import type { Day } from "@/domain/core/day"
import type { ToldKind } from "./kinds"

/** What is told, as it is read: on the page, and in a mail. */
export type Told = {
  kind: ToldKind
  requestId: string | null
  requestNo: number | null
  recordId: string | null
  title: string
  clause: string | null
  byName: string | null
  what: string | null
  dueOn: Day | null
}

type Words = { day: (on: Day) => string; somebody: string }

const OPEN: Partial<Record<ToldKind, readonly string[]>> = {
  decided: ["approved", "refused", "for-you", "accepted", "objected", "asked", "silence"],
  changes: ["sent-back"],
  condition: ["soon", "missed", "met", "confirmed", "sent-back", "given", "taken"],
  due: [
    "review",
    "found",
    "ended",
    "objection",
    "paper-ahead",
    "paper-near",
    "paper",
    "stage-near",
    "stage",
    "stage-late",
  ],
  escalated: ["review", "found", "paper", "stage"],
  found: ["demanded"],
  file: ["infected", "infected-named", "infected-kept", "infected-supplier", "faults", "scanner"],
  trust: ["waits", "approved", "refused", "old"],
  question: ["letter", "letter-due", "letter-near", "letter-late"],
  log: ["waits", "approved", "refused", "began", "broken", "erase", "erased", "kept"],
}

/** The key and the places of the sentence that says what happened. */
export function sentenceOf(told: Told, words: Words): { key: string; params: Record<string, string> } {
  const what = told.what !== null && OPEN[told.kind]?.includes(told.what) ? `.${told.what}` : ""
  return {
    key: `told.says.${told.kind}${what}`,
    params: {
      by: told.byName ?? words.somebody,
      day: told.dueOn ? words.day(told.dueOn) : "",
      clause: told.clause ?? "",
    },
  }
}

/** What it is about, in a line: a request with its number, or a record. */
export function subjectOf(told: Told): string {
  // Whoever gives roles reads no request: its number is all they are told.
  if (told.kind === "nobody") return `R-${told.requestNo ?? ""}`
  return told.requestNo === null ? told.title : `R-${told.requestNo} ${told.title}`
}

const PATHS: Record<string, string> = { pty: "/parties", shr: "/sharings", agr: "/agreements", pck: "/promises/own" }

/** The page that it leads to. */
export function pathOfTold(
  told: Pick<Told, "requestId" | "recordId"> & { kind?: ToldKind; what?: string | null; clause?: string | null },
): string {
  if (told.kind === "nobody") return "/admin/stages#nobody"
  if (told.kind === "file" && told.requestId === null)
    return ["infected", "infected-supplier"].includes(told.what ?? "") ? "/" : "/admin/files"
  if (told.kind === "question")
    return told.what?.startsWith("letter") && told.clause ? `/audit/inquiries/${told.clause}` : "/audit/questions"
  if (told.kind === "trust") return "/admin/trust"
  if (told.kind === "log")
    return ["erase", "erased", "kept"].includes(told.what ?? "") ? "/audit/erasures" : "/audit/keys"
  if (told.requestId !== null) return `/requests/${told.requestId}`
  if (told.recordId !== null) return `${PATHS[told.recordId.slice(0, 3)] ?? "/evidence"}/${told.recordId}`
  return "/"
}
