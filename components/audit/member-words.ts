import { CATALOGUE, say } from "@/components/words/catalogue"

/**
 * The name of a member of an entry in words, part by part; a place in a list stays its number. What has no words stands as the entry
 * writes it: an entry of a later edition, read by an earlier one, is told all the same.
 */
export function memberWords(act: string, path: string): string {
  return path
    .split(".")
    .map((part) => wordsOf(act, part) ?? part)
    .join(" \u203a ")
}

/** The parts of the name that have no words. */
export function wordless(act: string, path: string): string[] {
  return path.split(".").filter((part) => !/^[1-9]\d*$/.test(part) && wordsOf(act, part) === null)
}

/** What an act means by it of its own goes before what all mean by it. */
function wordsOf(act: string, part: string): string | null {
  const key = [`member-of.${act}.${part}`, `member.${part}`].find((one) => one in CATALOGUE)
  return key === undefined ? null : say(key)
}
