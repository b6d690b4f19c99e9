"use client"

import { useEffect, useState } from "react"
import { typedBefore } from "@/components/ui/typed-before"

type Words = { saving: string; saved: string; not: string }
const PAUSE = 1200

/**
 * Saves a form while somebody types, to where it would be sent: a draft is a draft, and nobody else sees it yet. What
 * cannot be saved as it stands is said beside the button; typing goes on. Without script the button saves.
 */
export function Autosave({ form, op, words }: { form: string; op: string; words: Words }) {
  const [said, setSaid] = useState("")
  useEffect(() => {
    const element = document.getElementById(form)
    if (!(element instanceof HTMLFormElement)) return
    let timer: ReturnType<typeof setTimeout> | undefined
    let turn = 0
    const save = async (): Promise<void> => {
      turn += 1
      const mine = turn
      setSaid(words.saving)
      const outcome = await send(element, op)
      // An answer that was overtaken by a later one says nothing.
      if (mine === turn)
        setSaid(outcome === "" ? `${words.saved} ${new Date().toLocaleTimeString()}` : `${words.not} ${outcome}`)
    }
    const typed = (): void => {
      clearTimeout(timer)
      timer = setTimeout(() => void save(), PAUSE)
    }
    const leaving = (): void => clearTimeout(timer)
    if (typedBefore(element.querySelectorAll<HTMLInputElement>("input, select, textarea"))) typed()
    element.addEventListener("input", typed)
    element.addEventListener("submit", leaving)
    return () => {
      clearTimeout(timer)
      element.removeEventListener("input", typed)
      element.removeEventListener("submit", leaving)
    }
  }, [form, op, words])
  return (
    <span className="soft small" role="status">
      {said}
    </span>
  )
}

/** Sends the form as it stands; empty when it was saved, else why not. */
async function send(form: HTMLFormElement, op: string): Promise<string> {
  const fields = new URLSearchParams()
  for (const [name, value] of new FormData(form)) if (typeof value === "string") fields.append(name, value)
  fields.set("_op", op)
  try {
    const answer = await fetch(form.action, { method: "POST", body: fields, headers: { "x-onward-quiet": "1" } })
    if (answer.ok) {
      // Where savings are counted, the next one is made on this one.
      const { n } = (await answer.json().catch(() => ({}))) as { n?: number }
      const counter = form.elements.namedItem("_n")
      if (typeof n === "number" && counter instanceof HTMLInputElement) counter.value = String(n)
      return ""
    }
    const problem = (await answer.json()) as { title?: string; fields?: { title?: string }[] }
    return problem.fields?.[0]?.title ?? problem.title ?? String(answer.status)
  } catch (offline) {
    return offline instanceof Error ? offline.message : String(offline)
  }
}
