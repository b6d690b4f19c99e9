"use client"

import { useEffect, useRef, useState, useSyncExternalStore } from "react"
import { useRouter } from "next/navigation"
import { sayHere as say } from "@/components/words/in-browser"
import { keysOff, OFF, typing } from "./keys-off"
import { rowKey } from "./row-keys"
import { sendForm } from "./send-form"

export type Jump = { href: string; label: string }

const GO: Record<string, string> = {
  h: "/",
  r: "/requests",
  p: "/parties",
  s: "/sharings",
  a: "/agreements",
  e: "/evidence",
  f: "/findings",
  m: "/imports",
}
const LIST: readonly [string, string][] = [
  ["Ctrl K", "keys.jump"],
  ["Ctrl Enter", "keys.send"],
  ["?", "keys.help"],
  ["/", "keys.search"],
  ["j  k", "keys.rows"],
  ["Enter", "keys.open"],
  ["Space", "keys.peek"],
  ["[  ]", "keys.beside"],
  ["x", "keys.tick"],
  ["t", "keys.day"],
  ["c", "keys.new"],
  ["g then h r p s a e f m", "keys.go"],
]

function whenSwitched(tell: () => void): () => void {
  window.addEventListener(OFF, tell)
  return () => window.removeEventListener(OFF, tell)
}

/**
 * Keys of the whole application, and a palette to jump anywhere. Each is a shortcut to something that Tab reaches too;
 * single keys are dead while somebody types and can be switched off (WCAG 2.1.4). None of them decides anything.
 */
export function Keys({ jumps, suggests }: { jumps: readonly Jump[]; suggests: boolean }) {
  const router = useRouter()
  const help = useRef<HTMLDialogElement>(null)
  const palette = useRef<HTMLDialogElement>(null)
  const off = useSyncExternalStore(whenSwitched, keysOff, () => false)
  const opens = jumps.map((jump) => jump.href.split("?")[0] ?? "").join(" ")
  useEffect(() => {
    let went = 0
    const allowed = new Set(opens.split(" "))
    const press = (event: KeyboardEvent): void => {
      if ((event.ctrlKey || event.metaKey) && !event.altKey && event.key.toLowerCase() === "k") {
        event.preventDefault()
        palette.current?.showModal()
        return
      }
      if ((event.ctrlKey || event.metaKey) && event.key === "Enter") {
        if (sendForm(event.target)) event.preventDefault()
        return
      }
      if (off || event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return
      if (document.querySelector("dialog[open]")) return
      if (Date.now() - went < 1200) {
        went = 0
        const to = GO[event.key]
        if (to && allowed.has(to)) router.push(to)
        return
      }
      if (rowKey(event.key)) event.preventDefault()
      else if (event.key === "g") went = Date.now()
      else if (event.key === "?") help.current?.showModal()
      else if (event.key === "/") focusOn(event, ['input[data-key="/"]', ".shell-search input"])
      else if (event.key === "t") openOn(event, "details.menu")
      else if (event.key === "c" && allowed.has("/requests/new")) router.push("/requests/new")
    }
    document.addEventListener("keydown", press)
    return () => document.removeEventListener("keydown", press)
  }, [off, opens, router])
  return (
    <>
      <button className="compact" type="button" onClick={() => palette.current?.showModal()}>
        {say("keys.jump-button")} <kbd aria-hidden="true">Ctrl K</kbd>
      </button>
      <button className="compact" type="button" onClick={() => help.current?.showModal()}>
        {say("keys.title")}
      </button>
      <dialog ref={help} aria-labelledby="keys-title">
        <h2 id="keys-title">{say("keys.title")}</h2>
        <dl>
          {LIST.map(([key, says]) => (
            <div key={key} className="key">
              <dt>
                <kbd>{key}</kbd>
              </dt>
              <dd>{say(says)}</dd>
            </div>
          ))}
        </dl>
        <label className="choice">
          <input
            type="checkbox"
            checked={off}
            onChange={(event) => {
              localStorage.setItem(OFF, event.target.checked ? "yes" : "no")
              window.dispatchEvent(new Event(OFF))
            }}
          />
          {say("keys.off")}
        </label>
        <form method="dialog">
          <button type="submit">{say("keys.close")}</button>
        </form>
      </dialog>
      <dialog ref={palette} className="palette" aria-label={say("keys.jump-button")}>
        <Palette jumps={jumps} suggests={suggests} close={() => palette.current?.close()} />
      </dialog>
    </>
  )
}

/** The first of several places that the page has, the list's own search before the one of the frame. */
function focusOn(event: KeyboardEvent, places: readonly string[]): void {
  // What is not drawn (a fold that is shut, a part that still streams in) takes no focus.
  const all = places.flatMap((which) => [...document.querySelectorAll<HTMLInputElement>(which)])
  const found = all.find((place) => place.getClientRects().length > 0)
  if (!found) return
  event.preventDefault()
  found.focus()
  found.select()
}

function openOn(event: KeyboardEvent, which: string): void {
  const found = document.querySelector<HTMLDetailsElement>(which)
  if (!found) return
  event.preventDefault()
  found.open = true
  found.querySelector<HTMLElement>("input[type=date]")?.focus()
}

function Palette({ jumps, suggests, close }: { jumps: readonly Jump[]; suggests: boolean; close: () => void }) {
  const router = useRouter()
  const [typed, setTyped] = useState("")
  const found = useSuggestions(suggests ? typed : "")
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean)
  const places = jumps.filter((jump) => words.every((word) => jump.label.toLowerCase().includes(word)))
  const all = [...places.slice(0, 12), ...found]
  const go = (href: string): void => {
    close()
    // Closing gives the focus back to where one came from; whoever jumped goes on in the content.
    document.getElementById("main")?.focus({ preventScroll: true })
    setTyped("")
    router.push(href)
  }
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        const first = all[0]
        if (first) go(first.href)
      }}
    >
      <input
        type="search"
        aria-label={say("keys.jump-label")}
        placeholder={say("keys.jump-label")}
        autoFocus
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
      />
      <p className="unseen" role="status">
        {say("keys.found", { n: all.length })}
      </p>
      <ul className="plain-list">
        {all.map((jump) => (
          <li key={jump.href}>
            <a
              href={jump.href}
              onClick={(event) => {
                if (event.ctrlKey || event.metaKey) return
                event.preventDefault()
                go(jump.href)
              }}
            >
              {jump.label}
            </a>
          </li>
        ))}
      </ul>
      {all.length === 0 ? <p className="soft">{say("keys.nothing")}</p> : null}
    </form>
  )
}

/** Parties whose name holds what was typed, asked for when typing stops. */
function useSuggestions(typed: string): readonly Jump[] {
  const [found, setFound] = useState<readonly Jump[]>([])
  useEffect(() => {
    if (typed.trim().length < 2) return
    const stop = new AbortController()
    const timer = setTimeout(() => {
      fetch(`/api/v1/register/parties.json?size=25&q=${encodeURIComponent(typed.trim())}`, { signal: stop.signal })
        .then((answer) => (answer.ok ? (answer.json() as Promise<{ rows: { id: string; title: string }[] }>) : null))
        .then((page) =>
          setFound((page?.rows ?? []).slice(0, 8).map((row) => ({ href: `/parties/${row.id}`, label: row.title }))),
        )
        .catch(() => undefined)
    }, 150)
    return () => {
      clearTimeout(timer)
      stop.abort()
    }
  }, [typed])
  return typed.trim().length < 2 ? [] : found
}
