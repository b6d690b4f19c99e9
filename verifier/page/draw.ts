/** Makes elements. What is shown is always text: nothing of a package is ever read as markup. */
export type Child = Node | string | null

/** An element with these attributes and children. */
export function el(tag: string, attributes: { [name: string]: string } = {}, ...children: Child[]): HTMLElement {
  const made = document.createElement(tag)
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value)
  for (const child of children) if (child !== null) made.append(child)
  return made
}

/** A way to another view of this page. */
export function link(to: string, text: string, more: { [name: string]: string } = {}): HTMLElement {
  return el("a", { href: `#${encodeURIComponent(to)}`, ...more }, text)
}

/** The element of the page with this id. */
export function one<T extends HTMLElement = HTMLElement>(id: string): T {
  const found = document.getElementById(id)
  if (!found) throw new Error(`the page has no ${id}`)
  return found as T
}
