/** Somebody who may be named in a comment. */
export type Nameable = { id: string; name: string }

const letter = /[\p{L}\p{N}]/u
const plain = (text: string): string => text.normalize("NFC").toLocaleLowerCase("en")

/**
 * Whom the words name: `@` and a whole name, the longest that fits, however it is written. Of people of one name all are
 * meant. Only those given are ever found: whoever may not read it is no name here.
 */
export function mentionsIn(words: string, people: readonly Nameable[]): string[] {
  const text = plain(words)
  const names = people
    .map((one) => ({ id: one.id, name: plain(one.name.trim()) }))
    .filter((one) => one.name !== "")
    .sort((a, b) => b.name.length - a.name.length)
  const found = new Set<string>()
  for (let at = text.indexOf("@"); at >= 0; at = text.indexOf("@", at + 1)) {
    if (at > 0 && letter.test(text[at - 1] ?? "")) continue
    const fits = names.filter(
      ({ name }) => text.startsWith(name, at + 1) && !letter.test(text[at + 1 + name.length] ?? ""),
    )
    for (const one of fits) if (one.name === fits[0]?.name) found.add(one.id)
  }
  return [...found]
}

/** What a comment is about: a record of the request, or a field of one. Null: no such path. */
export function placeOf(path: string): { recordId: string; field: string | null } | null {
  const found = /^([a-z]{3}_[0-7][0-9a-z]{25})(?:\.([A-Za-z]\w{0,60}))?$/.exec(path)
  return found?.[1] ? { recordId: found[1], field: found[2] ?? null } : null
}
