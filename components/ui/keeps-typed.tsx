"use client"

import { useEffect, useState } from "react"
import { forgetHere, keepHere, putBackHere } from "./kept-here"

/**
 * Keeps what is typed into a form in this tab until the form is sent, and puts it back when the page comes again: after a file was sent from
 * beside it, after a wrong click, after signing in anew. `place` names the form and the version of what it changes; the box with the
 * value `tick` is ticked besides. Without script nothing is kept, and the page says what to do first.
 */
export function KeepsTyped({ form, place, tick, words }: { form: string; place: string; tick: string; words: string }) {
  const [back, setBack] = useState(false)
  useEffect(() => {
    const element = document.getElementById(form)
    if (!(element instanceof HTMLFormElement)) return
    const shown = (name: string): boolean =>
      element.querySelector(`[name="${CSS.escape(name)}"][type="hidden"]`) === null
    const typed = (): void => keepHere(sessionStorage, place, element, shown)
    const sent = (): void => forgetHere(sessionStorage, place)
    if (putBackHere(sessionStorage, place, element)) {
      const box = element.querySelector(`[type="checkbox"][value="${CSS.escape(tick)}"]`)
      if (box instanceof HTMLInputElement) box.checked = true
      setTimeout(() => setBack(true), 0)
    }
    element.addEventListener("input", typed)
    element.addEventListener("submit", sent)
    return () => {
      element.removeEventListener("input", typed)
      element.removeEventListener("submit", sent)
    }
  }, [form, place, tick])
  return (
    <span className="soft small" role="status">
      {back ? words : ""}
    </span>
  )
}
