"use client"

import { say } from "@/components/words/catalogue"

export default function Failed({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  return (
    <main className="plain stack" id="main">
      <h1>{say("error.title")}</h1>
      <p>{say("error.body", { id: error.digest ?? "–" })}</p>
      <p>
        <button type="button" onClick={reset}>
          {say("error.retry")}
        </button>
      </p>
    </main>
  )
}
