"use client"

import { useRouter } from "next/navigation"
import { useEffect } from "react"

const EVERY = 3_000
const TIMES = 20

/** Shows the page anew while something is being looked at: for a minute, and not while somebody types or the page is hidden. */
export function LookBack() {
  const router = useRouter()
  useEffect(() => {
    let left = TIMES
    const timer = setInterval(() => {
      const typing = document.activeElement?.matches("input:not([type=hidden]), textarea, select") ?? false
      if (typing || document.hidden) return
      left -= 1
      if (left <= 0) clearInterval(timer)
      router.refresh()
    }, EVERY)
    return () => clearInterval(timer)
  }, [router])
  return null
}
