const PLURALS = new Intl.PluralRules("en")

/** How a sentence is said: by its key, with its places filled. */
export type Say = (key: string, params?: Record<string, string | number>) => string

/** Says the sentences of these words: `{name}` and `{n, plural, one {…} other {…}}` are filled. */
export function sayer(words: Readonly<Record<string, string>>): Say {
  return (key, params = {}) =>
    (words[key] ?? key)
      .replace(
        /\{(\w+), plural, one \{([^}]*)\} other \{([^}]*)\}\}/g,
        (_all, name: string, one: string, other: string) =>
          PLURALS.select(Number(params[name] ?? 0)) === "one" ? one : other,
      )
      .replace(/\{(\w+)\}/g, (place, name: string) => (name in params ? String(params[name]) : place))
}
