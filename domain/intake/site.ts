/** The host that a typed address of a site names, without `www`; null where the words are no address. */
export function hostIn(text: string): string | null {
  const plain = text.trim().toLowerCase()
  const found = /^(?:https?:\/\/)?(?:[^\s/@]*@)?((?:[a-z0-9-]+\.)+[a-z]{2,})(?:[:/?#]\S*)?$/.exec(plain)
  return found?.[1]?.replace(/^www\./, "") ?? null
}
