import Link from "next/link"
import { TextArea, TextField } from "@/components/ui/field"
import { StatusTag, type Tone } from "@/components/ui/status-tag"
import { At } from "@/components/ui/when"
import { say } from "@/components/words/catalogue"

const TONE: Record<string, Tone> = { waiting: "review", reading: "review", done: "good", failed: "bad" }

export type ListSums = {
  id: string
  name: string
  at: string
  byName: string
  state: string
  matched: number
  negative: number
  undecided: number
  unmatched: number
}

/** Where a list is pasted or sent, and the lists that were held against the register before. */
export function ListDesk(props: {
  lists: readonly ListSums[]
  next: string | null
  typed: Record<string, unknown> | null
}) {
  const was = (name: string): string => (typeof props.typed?.[name] === "string" ? (props.typed[name] as string) : "")
  return (
    <section className="card stack" aria-labelledby="reconcile">
      <h2 id="reconcile">{say("reconcile.title")}</h2>
      <p className="soft">{say("reconcile.help")}</p>
      <form className="stack" method="post" action="/api/v1/reconciliations">
        <TextField name="name" label={say("reconcile.name")} value={was("name")} required />
        <TextArea
          name="list"
          label={say("reconcile.list")}
          help={say("reconcile.list-help")}
          value={was("list")}
          rows={6}
          required
        />
        <div>
          <button className="primary" type="submit">
            {say("reconcile.paste")}
          </button>
        </div>
      </form>
      <form className="stack" method="post" action="/api/v1/reconciliations/files" encType="multipart/form-data">
        <div className="field">
          <label htmlFor="file">{say("reconcile.file")}</label>
          <span className="help" id="file-help">
            {say("reconcile.file-help")}
          </span>
          <input id="file" type="file" name="file" required aria-describedby="file-help" accept=".csv,.txt,.xlsx" />
        </div>
        <div>
          <button type="submit">{say("reconcile.send")}</button>
        </div>
      </form>
      {props.lists.length ? <Earlier lists={props.lists} next={props.next} /> : null}
    </section>
  )
}

function Earlier({ lists, next }: { lists: readonly ListSums[]; next: string | null }) {
  return (
    <>
      <h3>{say("reconcile.earlier")}</h3>
      <div className="scroll" role="region" aria-label={say("reconcile.earlier")} tabIndex={0}>
        <table className="list">
          <thead>
            <tr>
              {["reconcile.name", "reconcile.open", "reconcile.made", "reconcile.by"].map((column) => (
                <th key={column} scope="col">
                  {say(column)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {lists.map((list) => (
              <tr key={list.id}>
                <th scope="row">
                  <Link href={`/suppliers/lists/${list.id}`} prefetch={false}>
                    {list.name}
                  </Link>
                </th>
                <td>
                  {list.state === "done" ? (
                    list.undecided + list.unmatched
                  ) : (
                    <StatusTag tone={TONE[list.state] ?? "quiet"}>{say(`reconcile.state.${list.state}`)}</StatusTag>
                  )}
                </td>
                <td>
                  <At instant={list.at} />
                </td>
                <td>{list.byName}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {next ? (
        <Link className="button" href={`/suppliers?${new URLSearchParams({ before: next })}`} prefetch={false}>
          {say("list.more")}
        </Link>
      ) : null}
    </>
  )
}
