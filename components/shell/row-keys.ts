/**
 * `j` and `k` move real focus between the links of rows, whichever table of the page they are in; on one of them the space
 * bar looks at the row beside the list and `x` ticks it, where that can be done. Gives whether the key meant something.
 */
export function rowKey(key: string): boolean {
  const here = document.activeElement
  if (key === " " || key === "x") {
    if (!(here instanceof HTMLElement) || !here.matches("a[data-row]")) return false
    const what = key === " " ? "a[data-peek]" : 'input[name="tick"]'
    const found = here.closest("tr, .finding")?.querySelector<HTMLElement>(what)
    found?.click()
    return found !== null && found !== undefined
  }
  if (key !== "j" && key !== "k") return false
  const links = [...document.querySelectorAll<HTMLElement>("main a[data-row]")]
  const at = links.indexOf(here as HTMLElement)
  links[Math.min(Math.max(at + (key === "j" ? 1 : -1), 0), links.length - 1)]?.focus()
  return links.length > 0
}
