/** One word of a vocabulary: its stable code, its label, its W3C DPV term, flags that checks read, a note. */
export type Term = { code: string; label: string; dpv?: string; flags?: readonly string[]; note?: string }

/** The codes of a vocabulary as a non-empty tuple, for schemas. */
export function codesOf<T extends readonly Term[]>(terms: T): [T[number]["code"], ...T[number]["code"][]] {
  return terms.map((term) => term.code) as [T[number]["code"], ...T[number]["code"][]]
}

/** The term of a code, or undefined where the vocabulary lacks it. */
export function termOf(terms: readonly Term[], code: string): Term | undefined {
  return terms.find((term) => term.code === code)
}

/** Whether the code carries the flag. A flag such as `family device` is asked for whole. */
export function hasFlag(terms: readonly Term[], code: string, flag: string): boolean {
  return termOf(terms, code)?.flags?.includes(flag) ?? false
}
