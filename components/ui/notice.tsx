import type { ReactNode } from "react"
import { say } from "@/components/words/catalogue"

/** Something to know, beside what it is about. */
export function Notice({
  tone = "review",
  children,
  id,
  alert,
}: {
  tone?: "review" | "good" | "warn" | "bad"
  children: ReactNode
  id?: string
  alert?: boolean
}) {
  return (
    <div className={`notice ${tone}`} id={id} role={alert ? "alert" : undefined}>
      {children}
    </div>
  )
}

/** Why a form was refused: what the address says, by keys of the catalogue only. */
export function RefusedNotice({ words }: { words: Record<string, string | string[] | undefined> }) {
  const refused = typeof words.refused === "string" ? words.refused : null
  if (!refused) return null
  const field = typeof words.field === "string" ? words.field : null
  const seconds = typeof words.seconds === "string" && /^\d{1,5}$/.test(words.seconds) ? words.seconds : ""
  return (
    <Notice tone="bad" id="refused" alert>
      <p>
        {isKey(refused) ? say(refused, { seconds }) : say("invalid.form")}
        {field && isKey(field) ? ` ${say(field)}` : ""}
      </p>
    </Notice>
  )
}

function isKey(text: string): boolean {
  return say(text) !== text
}
