type Held = Readonly<Record<string, "waiting" | "infected" | undefined>>

const SAYS = { waiting: "files.field-held", infected: "files.field-refused" } as const

/** The places of a form that name a file which nobody may read now, with the sentence that says why. */
export function heldPlaces(body: unknown, held: Held, at = ""): [string, string][] {
  if (typeof body !== "object" || body === null) return []
  return Object.entries(body).flatMap(([key, item]) => {
    const path = at === "" ? key : `${at}.${key}`
    const why = key === "fileId" && typeof item === "string" ? held[item] : undefined
    return why ? [[path, SAYS[why]] as [string, string]] : heldPlaces(item, held, path)
  })
}
