import { fold } from "@/domain/core/fold"
import { forgives, oneSlip } from "@/domain/register/typo"

/** Letters of scripts that are written without spaces between words. */
const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/u

/** Whether a name is of a script without spaces: it is looked for inside, not word by word. */
export function isUnspaced(text: string): boolean {
  return UNSPACED.test(text)
}

/** Words of file names and titles that say what every paper says: alone they point to none. Folded. */
const COMMON = new Set(
  (
    "a an and the of to for with between by in on von und der die das mit de la le et y e contract contracts agreement agreements vertrag contrat contrato accord " +
    "signed unterschrieben signe firmado executed final draft entwurf scan scanned copy kopie copie v version rev new old neu alt pdf doc docx file document dokument page countersigned clean"
  ).split(" "),
)

/** The words of a folded text that could point to one paper among many. */
export function tellingWords(folded: string): string[] {
  return [...new Set(folded.split(" ").filter((word) => word !== "" && !COMMON.has(word)))]
}

/** A file's name as words: without folder and ending, parted where a capital or a figure begins, folded. */
export function nameWords(fileName: string): string {
  const bare = fileName.replace(/^.*[/\\]/, "").replace(/\.[\p{L}\p{N}]{1,5}$/u, "")
  return fold(bare.replace(/(\p{Ll})(?=\p{Lu})/gu, "$1 ").replace(/(\p{L})(?=\p{N})|(\p{N})(?=\p{L})/gu, "$1$2 "))
}

/** All that a word is after one letter was left out: two words that are one slip apart have one of these in common. */
export function withoutOne(word: string): string[] {
  const letters = [...word]
  return [...new Set(letters.map((_letter, i) => [...letters.slice(0, i), ...letters.slice(i + 1)].join("")))]
}

/** Words that are looked up by themselves, or by what is one slip off. */
export class Vocabulary {
  private readonly known = new Set<string>()
  private readonly slips = new Map<string, string[]>()

  add(word: string): void {
    if (this.known.has(word)) return
    this.known.add(word)
    if (!forgives(word)) return
    for (const key of [word, ...withoutOne(word)]) {
      const list = this.slips.get(key)
      if (list) list.push(word)
      else this.slips.set(key, [word])
    }
  }

  /** The word itself where it is known, else those one slip off; at most twenty. */
  near(word: string): string[] {
    if (this.known.has(word)) return [word]
    if (!forgives(word)) return []
    const met = new Set([word, ...withoutOne(word)].flatMap((key) => this.slips.get(key) ?? []))
    return [...met].filter((one) => oneSlip(word, one)).slice(0, 20)
  }
}

/** Whether the words stand one after the other in a folded text. */
export function standsIn(folded: string, words: string): boolean {
  if (words === "") return false
  return isUnspaced(words)
    ? folded.replaceAll(" ", "").includes(words.replaceAll(" ", ""))
    : ` ${folded} `.includes(` ${words} `)
}
