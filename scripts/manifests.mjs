// Next reads what each page is made of from a file of code, in a context of its own that stays for good: a third of a megabyte a page,
// a hundred for all of ours. What such a file says is plain JSON behind two fixed words, so it is read as that.
import vm from "node:vm"

const SHAPE =
  /^\s*globalThis\.__RSC_MANIFEST\s*=\s*globalThis\.__RSC_MANIFEST\s*\|\|\s*\{\};\s*globalThis\.__RSC_MANIFEST\[("(?:[^"\\]|\\.)*")\]\s*=\s*(\{[\s\S]*\});?\s*$/

/** What such a file would have put into its context; null: it is something else, or says more. */
export function manifestIn(code) {
  const [, name, value] = SHAPE.exec(code) ?? []
  if (name === undefined) return null
  try {
    return { [JSON.parse(name)]: JSON.parse(value) }
  } catch {
    return null
  }
}

/** From now on such files are read without a context of their own; all other code runs as it did. */
export function readManifestsPlainly() {
  const inNewContext = vm.runInNewContext
  vm.runInNewContext = function (code, context, ...rest) {
    const found = typeof code === "string" && context && rest.length === 0 ? manifestIn(code) : null
    if (found === null) return inNewContext.call(this, code, context, ...rest)
    context.__RSC_MANIFEST = found
    return found
  }
}
