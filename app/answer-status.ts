import type { AsyncLocalStorage } from "node:async_hooks"

type Answer = { status: number; method: string; path: string; search: string }

/** Where the web server keeps the answer it is about to give (scripts/web.mjs); none in tests and at a build. */
function answer(): Answer | undefined {
  const kept = globalThis as { [key: symbol]: AsyncLocalStorage<Answer> | undefined }
  return kept[Symbol.for("onward.answers")]?.getStore()
}

/** Gives the page that is shown instead its status: Next can say a status or show a page of ours, not both. */
export function answerWith(status: 404 | 500 | 503): void {
  const now = answer()
  if (now) now.status = status
}

/** What was asked for: for the line of a failure, which takes no `search`, and for the way back to it. */
export function askedFor(): { method: string; path: string; search: string } {
  const now = answer()
  return { method: now?.method ?? "GET", path: now?.path ?? "", search: now?.search ?? "" }
}
