"use client"

import { useRouter } from "next/navigation"
import { useEffect, useRef, useState } from "react"
import { forgetHere, keepHere, putBackHere } from "@/components/ui/kept-here"
import { typedBefore, type Control } from "@/components/ui/typed-before"

type Words = {
  saved: string
  saving: string
  not: string
  putBack: string
  moved: string
  both: string
  more: string
  less: string
}
type Saved = { version: number; savedAt: string; own: string[]; asked: string[]; steps: unknown; missing: unknown }

const PAUSE = 800
const AGAIN = 10_000

/**
 * Saves the answers while somebody types, on the version that this page has seen. What another tab saved is never
 * overwritten: this one is told. What cannot be saved stays in this browser and is put back. Without script, Continue saves.
 */
export function IntakeSaver({
  form,
  version,
  savedAt,
  words: given,
}: {
  form: string
  version: number
  savedAt: string
  words: Words
}) {
  const router = useRouter()
  // Kept as they first came: a page drawn anew brings equal words, and must not begin the saving anew.
  const [words] = useState(given)
  const [said, setSaid] = useState(`${words.saved} ${clock(savedAt)}`)
  const [moved, setMoved] = useState(false)
  // Never taken from a later rendering of this page: only what was saved from here was seen here.
  const [seen, setSeen] = useState(version)
  const seenNow = useRef(version)
  useEffect(() => {
    const element = document.getElementById(form)
    if (!(element instanceof HTMLFormElement)) return
    const place = `onward ${new URL(element.action).pathname}`
    let timer: ReturnType<typeof setTimeout> | undefined
    let dirty = false
    let busy = false
    let stopped = false
    let gone = false
    let last = ""
    const later = (pause: number): void => {
      clearTimeout(timer)
      timer = setTimeout(() => void save(), pause)
    }
    const save = async (): Promise<void> => {
      if (stopped) return
      if (busy) return later(PAUSE)
      busy = true
      dirty = false
      setSaid(words.saving)
      const answer = await send(element, seenNow.current)
      busy = false
      // The form was sent, or the page left, while this was under way: what comes of it is seen there.
      if (gone) return
      if (answer === null || answer.status >= 500 || answer.status === 401) {
        dirty = true
        keepAnswers(place, element)
        setSaid(words.not)
        return later(AGAIN)
      }
      if (answer.status === 409) {
        stopped = true
        dirty = true
        keepAnswers(place, element)
        setMoved(true)
        return setSaid(words.moved)
      }
      if (!answer.ok) {
        dirty = true
        const problem = (await answer.json()) as { title?: string; fields?: { title?: string }[] }
        keepAnswers(place, element)
        return setSaid(`${words.not} ${problem.fields?.[0]?.title ?? problem.title ?? ""}`)
      }
      const saved = (await answer.json()) as Saved
      seenNow.current = saved.version
      setSeen(saved.version)
      forgetHere(localStorage, place)
      const asked = shownIn(element)
      const step = String(new FormData(element).get("_step") ?? "")
      const all = new FormData(element).get("_all") === "yes"
      const here = saved.own.filter((id) => all || id.startsWith(`${step}.`))
      const change = here.some((id) => !asked.includes(id))
        ? words.more
        : asked.some((id) => !saved.asked.includes(id))
          ? words.less
          : ""
      setSaid(`${words.saved} ${clock(saved.savedAt)}${change ? `. ${change}` : ""}`)
      const now = JSON.stringify([saved.asked, saved.steps, saved.missing])
      if (now !== last) router.refresh()
      last = now
    }
    const typed = (event: Event): void => {
      const name = event.target instanceof HTMLElement ? event.target.getAttribute("name") : ""
      // Words that something is looked for by are no answer.
      if (name === "find") return
      dirty = true
      if (!stopped) later(PAUSE)
    }
    const sent = (): void => {
      gone = true
      stopped = true
      dirty = false
      clearTimeout(timer)
      forgetHere(localStorage, place)
    }
    const leaving = (event: BeforeUnloadEvent): void => {
      if (dirty || busy) event.preventDefault()
    }
    const online = (): void => {
      if (dirty && !stopped) later(0)
    }
    if (putBackHere(localStorage, place, element)) {
      setTimeout(() => setSaid(words.putBack), 0)
      dirty = true
      later(PAUSE)
    } else if (typedBefore(answersIn(element))) {
      dirty = true
      later(PAUSE)
    }
    element.addEventListener("input", typed)
    element.addEventListener("submit", sent)
    window.addEventListener("beforeunload", leaving)
    window.addEventListener("online", online)
    return () => {
      gone = true
      clearTimeout(timer)
      element.removeEventListener("input", typed)
      element.removeEventListener("submit", sent)
      window.removeEventListener("beforeunload", leaving)
      window.removeEventListener("online", online)
    }
  }, [form, words, router])
  return (
    <>
      <input type="hidden" name="_version" value={seen} form={form} readOnly />
      <span className="soft small" role="status">
        {said}
      </span>
      {moved ? (
        <button type="submit" form={form} name="_go" value="stay">
          {words.both}
        </button>
      ) : null}
    </>
  )
}

/** Hours and minutes where the person is. */
function clock(instant: string): string {
  return new Date(instant).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit", hourCycle: "h23" })
}

async function send(form: HTMLFormElement, version: number): Promise<Response | null> {
  const fields = new URLSearchParams()
  for (const [name, value] of new FormData(form)) if (typeof value === "string") fields.append(name, value)
  fields.set("_version", String(version))
  fields.set("_quiet", "yes")
  try {
    return await fetch(form.action, { method: "POST", body: fields, headers: { "x-onward-quiet": "1" } })
  } catch {
    return null
  }
}

const shownIn = (form: HTMLFormElement): string[] => String(new FormData(form).get("_shown") ?? "").split(" ")

/** The controls that answer something; words that something is looked for by are no answer. */
const answersIn = (form: HTMLFormElement): Control[] =>
  [...form.querySelectorAll<HTMLInputElement>("input, select, textarea")].filter(({ name }) => name !== "find")

/** Only while the server does not have it: what was typed stays in this browser. */
const keepAnswers = (place: string, form: HTMLFormElement): void =>
  keepHere(localStorage, place, form, (name) => name.startsWith("q."))
