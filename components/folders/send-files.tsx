"use client"

import { useRef, useState } from "react"

type Words = {
  choose: string
  help: string
  folder: string
  send: string
  sending: string
  some: string
}

/**
 * Chooses many files, and sends them one by one with how far it is; without script the form sends them all at once. `folderId`
 * null: a new folder is begun.
 */
export function SendFiles({ folderId, say }: { folderId: string | null; say: Words }) {
  const form = useRef<HTMLFormElement>(null)
  const [now, setNow] = useState<{ n: number; all: number; name: string } | null>(null)
  const [failed, setFailed] = useState<{ n: number; failed: number } | null>(null)
  const chosen = (): File[] =>
    [...(form.current?.querySelectorAll<HTMLInputElement>("input[type=file]") ?? [])].flatMap((one) => [
      ...(one.files ?? []),
    ])
  const send = async (files: readonly File[]): Promise<void> => {
    const id = folderId ?? (await begin())
    if (!id) return form.current?.submit()
    let lost = 0
    for (const [i, file] of files.entries()) {
      setNow({ n: i + 1, all: files.length, name: file.name })
      if (!(await sendOne(id, file))) lost += 1
    }
    setNow(null)
    if (lost > 0) setFailed({ n: files.length - lost, failed: lost })
    if (lost < files.length) window.location.assign(`/agreements/folders/${id}`)
  }
  return (
    <form
      ref={form}
      className="card stack"
      method="post"
      encType="multipart/form-data"
      action={folderId ? `/api/v1/folders/${folderId}/files` : "/api/v1/folders"}
      onSubmit={(event) => {
        const files = chosen()
        if (files.length === 0 || now) return
        event.preventDefault()
        void send(files)
      }}
      onDragOver={(event) => event.preventDefault()}
      onDrop={(event) => {
        event.preventDefault()
        const files = [...event.dataTransfer.files]
        if (files.length > 0 && !now) void send(files)
      }}
    >
      <div className="field">
        <label htmlFor="folder-files">{say.choose}</label>
        <span className="help" id="folder-files-help">
          {say.help}
        </span>
        <input
          id="folder-files"
          type="file"
          name="file"
          multiple
          accept="application/pdf,.pdf"
          aria-describedby="folder-files-help"
        />
      </div>
      <div className="field">
        <label htmlFor="folder-whole">{say.folder}</label>
        <input id="folder-whole" type="file" name="file" multiple {...{ webkitdirectory: "" }} />
      </div>
      <div>
        <button className="primary" type="submit" disabled={now !== null}>
          {say.send}
        </button>
      </div>
      <div role="status">
        {now ? (
          <>
            <p>
              {say.sending
                .replace("{n}", String(now.n))
                .replace("{all}", String(now.all))
                .replace("{name}", () => now.name)}
            </p>
            <progress aria-label={say.send} value={now.n} max={now.all} />
          </>
        ) : null}
        {failed ? <p>{say.some.replace("{n}", String(failed.n)).replace("{failed}", String(failed.failed))}</p> : null}
      </div>
    </form>
  )
}

async function begin(): Promise<string | null> {
  try {
    const answer = await fetch("/api/v1/folders", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: "{}",
    })
    return answer.ok ? ((await answer.json()) as { id: string }).id : null
  } catch {
    return null
  }
}

/** Whether it arrived; one that was refused is a line of the folder with its reason, and has arrived as well. */
async function sendOne(id: string, file: File): Promise<boolean> {
  try {
    const answer = await fetch(`/api/v1/folders/${id}/files`, {
      method: "POST",
      headers: { "content-type": "application/octet-stream", "x-file-name": encodeURIComponent(file.name) },
      body: file,
    })
    return answer.ok
  } catch {
    return false
  }
}
