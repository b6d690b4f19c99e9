"use client"

import { useRouter } from "next/navigation"
import { useEffect } from "react"
import { keysDead } from "@/components/shell/keys-off"

/**
 * What the keys do while a record is looked at beside its list: the look has the focus, Escape closes it and gives the
 * focus back to the row, `[` and `]` go to its neighbours. Each is a link of the look as well.
 */
export function PeekKeys({ row, close, before, after }: { row: string; close: string; before: string; after: string }) {
  const router = useRouter()
  useEffect(() => {
    document.getElementById("peek")?.focus({ preventScroll: true })
  }, [row])
  useEffect(() => {
    // Closed is also left by Back: whichever way, the row that was looked at has the focus again.
    return () => document.querySelector<HTMLElement>(`a[data-row="${row}"]`)?.focus({ preventScroll: true })
  }, [row])
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return
      const to =
        event.key === "Escape"
          ? close
          : keysDead(event.target)
            ? ""
            : event.key === "["
              ? before
              : event.key === "]"
                ? after
                : ""
      if (!to) return
      event.preventDefault()
      router.push(to, { scroll: false })
    }
    document.addEventListener("keydown", press)
    return () => document.removeEventListener("keydown", press)
  }, [router, close, before, after])
  return null
}
