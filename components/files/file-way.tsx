import { StatusTag } from "@/components/ui/status-tag"
import { say } from "@/components/words/catalogue"

/** Why nobody may read a file now; absent: whoever may read it can. */
export type FileHeld = "waiting" | "infected"
/** Files that nobody may read now, by their ids. */
export type HeldById = Readonly<Record<string, FileHeld | undefined>>

/** Says of a file that nobody may read now why that is; nothing of any other. */
export function HeldTag({ held }: { held: FileHeld | null | undefined }) {
  if (!held) return null
  return (
    <StatusTag tone={held === "waiting" ? "review" : "bad"}>
      {say(held === "waiting" ? "files.held" : "files.refused")}
    </StatusTag>
  )
}

/** The way to a file; of one that nobody may read now its words alone, and why. */
export function FileWay({
  id,
  label,
  held,
  name = label,
}: {
  id: string
  label: string
  held: FileHeld | null | undefined
  /** What it is called where there is no way to it. */
  name?: string
}) {
  if (held)
    return (
      <span>
        {name} <HeldTag held={held} />
      </span>
    )
  return (
    <a className="tall" href={`/api/v1/files/${id}`} download>
      {label}
    </a>
  )
}

/** Of files that are named in words, those that nobody may read now; nothing where there is none. */
export function HeldFiles({ files, held }: { files: readonly { id: string; name: string }[]; held: HeldById }) {
  const those = files.filter((file, n) => held[file.id] && files.findIndex(({ id }) => id === file.id) === n)
  if (those.length === 0) return null
  return (
    <section className="card stack" aria-label={say("files.held-title")}>
      <h2>{say("files.held-title")}</h2>
      <p className="soft">{say("files.held-lede")}</p>
      <ul className="plain-list">
        {those.map((file) => (
          <li key={file.id}>
            {file.name} <HeldTag held={held[file.id]} />
          </li>
        ))}
      </ul>
    </section>
  )
}

/** A file as one of several to choose from: a choice has no tag beside it, so its words say it. */
export function fileOption(file: { id: string; name: string; held?: FileHeld | null }): {
  value: string
  label: string
} {
  return { value: file.id, label: file.held ? say("files.option-held", { name: file.name }) : file.name }
}
