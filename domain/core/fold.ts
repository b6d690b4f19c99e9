const SPECIAL: Record<string, string> = {
  ł: "l",
  ø: "o",
  đ: "d",
  ħ: "h",
  ı: "i",
  ŋ: "n",
  œ: "oe",
  æ: "ae",
  ß: "ss",
  þ: "th",
  ð: "d",
}

/**
 * Text as names are compared, searched and sorted: without case and accents, letters that have no accent form
 * (ł, ø, ß …) replaced, punctuation as single spaces. Scripts other than Latin stay as they are.
 */
export function fold(text: string): string {
  return text
    .normalize("NFKD")
    .replace(/\p{M}+/gu, "")
    .toLowerCase()
    .replace(/[łøđħıŋœæßþð]/g, (letter) => SPECIAL[letter] ?? letter)
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim()
    .normalize("NFC")
}
