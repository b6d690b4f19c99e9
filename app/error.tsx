"use client"

import { say } from "@/components/words/catalogue"

export default function Failed({ error }: { error: Error & { digest?: string } }) {
  const away = error.digest === "database-away"
  return (
    <main className="plain stack" id="main">
      <h1>{say(away ? "error.away-title" : "error.title")}</h1>
      <p>{away ? say("conflict.away") : say("error.body", { id: error.digest ?? "–" })}</p>
      <p>
        <button type="button" onClick={() => window.location.reload()}>
          {say("error.retry")}
        </button>
      </p>
    </main>
  )
}
