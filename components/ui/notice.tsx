import type { ReactNode } from "react"
import { say } from "@/components/words/catalogue"
import { isOwnPage } from "@/domain/core/own-page"

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
    <div className={`notice ${tone}`} id={id} role={alert ? "alert" : undefined} tabIndex={alert ? -1 : undefined}>
      {children}
    </div>
  )
}

/**
 * Why a form was refused: what the address says, by keys of the catalogue only; and each wrong place, with the way to
 * it, where the form knows them.
 */
export function RefusedNotice({
  words,
  places = [],
}: {
  words: Record<string, string | string[] | undefined>
  places?: readonly { path: string; words: string }[]
}) {
  const refused = typeof words.refused === "string" ? words.refused : null
  if (!refused) return null
  const field = typeof words.field === "string" ? words.field : null
  const seconds = typeof words.seconds === "string" && /^\d{1,5}$/.test(words.seconds) ? words.seconds : ""
  const most = words["p.limit"]
  const leads = typeof words.leads === "string" && isOwnPage(words.leads) ? words.leads : null
  const limit = typeof most === "string" && /^\d{1,4}(\.\d)?$/.test(most) ? most : ""
  return (
    <Notice tone="bad" id="refused" alert>
      <p>
        {isKey(refused) ? say(refused, { seconds, limit }) : say("invalid.form")}
        {field && field !== refused && isWhole(field) && places.length === 0 ? ` ${say(field)}` : ""}
      </p>
      {leads ? (
        <p>
          <a className="tall" href={leads}>
            {say("refused.leads")}
          </a>
        </p>
      ) : null}
      {places.length ? (
        <ul>
          {places.map((place) => (
            <li key={place.path}>
              <a className="tall" href={`#${place.path}`}>
                {place.words}
              </a>
            </li>
          ))}
        </ul>
      ) : null}
    </Notice>
  )
}

/** A sentence of the catalogue that stands without anything to fill in. */
function isWhole(key: string): boolean {
  return isKey(key) && !say(key).includes("{")
}

function isKey(text: string): boolean {
  return say(text) !== text
}
