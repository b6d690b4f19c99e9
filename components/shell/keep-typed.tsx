"use client"

import { useEffect, useState } from "react"

/** What long texts hold as the page stands; by element, for it is the same one afterwards. */
function longTexts(): ReadonlyMap<HTMLTextAreaElement, string> {
  const held = new Map<HTMLTextAreaElement, string>()
  if (typeof document === "undefined") return held
  for (const one of document.querySelectorAll("textarea")) if (one.value !== one.defaultValue) held.set(one, one.value)
  return held
}

function putBack(typed: ReadonlyMap<HTMLTextAreaElement, string>): void {
  for (const [element, words] of typed) {
    if (!element.isConnected || element.value === words || element.value !== element.defaultValue) continue
    element.value = words
    element.dispatchEvent(new Event("input", { bubbles: true }))
  }
}

/**
 * Puts back what somebody typed into a long text before the script was there: React gives a textarea that came with
 * words its first words again when it takes a page over (initTextarea in react-dom), and
 * what was typed was gone. Stands before everything else in the document, so that it looks before that happens.
 */
export function KeepTyped() {
  const [typed] = useState(longTexts)
  useEffect(() => putBack(typed), [typed])
  return null
}
