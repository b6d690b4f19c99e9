import { HeldTag, type FileHeld } from "@/components/files/file-way"
import type { ReactNode } from "react"
import { Autosave } from "@/components/records/autosave"
import { Choices, TextArea, TextField } from "@/components/ui/field"
import { say } from "@/components/words/catalogue"
import { LINES, type Typed } from "@/domain/asked/questions"
import { MEASURES } from "@/domain/vocabulary/measures"

type Page = { typed: Typed; n: number; files: readonly { id: string; name: string; held: FileHeld | null }[] }
type On = { typed: Typed; wrong: ReadonlyMap<string, string> }

/** The questions to a supplier. Works without script; with it, what is typed is saved as it is typed. */
export function SupplierForm({
  link,
  page,
  wrong,
  by,
}: {
  link: string
  page: Page
  wrong: ReadonlyMap<string, string>
  /** This page alone: what it saves meanwhile stands in nobody's way. */
  by: string
}) {
  const on: On = { typed: page.typed, wrong }
  const door = `/api/v1/supplier/${encodeURIComponent(link)}`
  return (
    <>
      <form id="answers" className="stack" method="post" action={`${door}/answers`}>
        <input type="hidden" name="_by" defaultValue={by} key={by} />
        <input type="hidden" name="_n" defaultValue={page.n} key={page.n} />
        {/* The first button is the one that Enter presses: it saves. */}
        <button className="unseen" type="submit" name="_op" value="save" tabIndex={-1}>
          {say("supplier.save")}
        </button>
        <Part says="supplier.where">
          <Words on={on} name="hosting" label={say("supplier.hosting")} help={say("supplier.countries-help")} />
          <Words on={on} name="access" label={say("supplier.access")} help={say("supplier.countries-help")} />
        </Part>
        <Part says="supplier.subprocessors">
          <p className="soft">{say("supplier.subprocessors-lede")}</p>
          {linesShown(on.typed, "sub").map((n) => (
            <div key={n} className="form-grid">
              <Line on={on} name={`sub.${n}.name`} label={say("supplier.sub-name", { n: n + 1 })} />
              <Line on={on} name={`sub.${n}.country`} label={say("supplier.sub-country", { n: n + 1 })} />
              <Line on={on} name={`sub.${n}.task`} label={say("supplier.sub-task", { n: n + 1 })} />
            </div>
          ))}
          <p className="soft small">{say("supplier.more-lines")}</p>
          <Choices
            name="noSubs"
            label={say("supplier.none")}
            chosen={[at(on, "noSubs")]}
            error={wrong.get("noSubs")}
            options={[{ value: "yes", label: say("supplier.no-subs") }]}
          />
        </Part>
        <Part says="supplier.measures">
          <Choices
            name="measures"
            label={say("supplier.measures-have")}
            chosen={[on.typed.measures ?? []].flat()}
            options={MEASURES.map(({ code, label }) => ({ value: code, label }))}
          />
          <Words on={on} name="measuresText" label={say("supplier.measures-text")} />
        </Part>
        <Part says="supplier.retention">
          <Line on={on} name="retentionDays" label={say("supplier.retention-days")} />
          <Words on={on} name="deletion" label={say("supplier.deletion")} />
        </Part>
        <Part says="supplier.contact">
          <Line on={on} name="contactName" label={say("supplier.contact-name")} />
          <Line on={on} name="contactEmail" label={say("supplier.contact-email")} />
          <Line on={on} name="contactPhone" label={say("supplier.contact-phone")} />
        </Part>
        <Part says="supplier.certificates">
          {linesShown(on.typed, "cert").map((n) => (
            <div key={n} className="form-grid">
              <Line on={on} name={`cert.${n}.name`} label={say("supplier.cert-name", { n: n + 1 })} />
              <Line on={on} name={`cert.${n}.until`} label={say("supplier.cert-until", { n: n + 1 })} />
            </div>
          ))}
          <p className="soft small">{say("supplier.more-lines")}</p>
        </Part>
        <Part says="supplier.notes">
          <Words on={on} name="notes" label={say("supplier.notes")} />
        </Part>
      </form>
      <Files door={door} files={page.files} />
      {/* Below the files, which are a form of their own: to send is the last thing. */}
      <div className="form-foot">
        <button type="submit" form="answers" name="_op" value="save">
          {say("supplier.save")}
        </button>
        <button className="primary" type="submit" form="answers" name="_op" value="send">
          {say("supplier.send")}
        </button>
        <Autosave
          form="answers"
          op="save"
          words={{ saving: say("edit.saving"), saved: say("edit.saved-at"), not: say("edit.not-saved") }}
        />
      </div>
      <p className="soft small">{say("supplier.send-once")}</p>
    </>
  )
}

function Part({ says, children }: { says: string; children: ReactNode }) {
  return (
    <section className="card stack" aria-labelledby={says}>
      <h2 id={says}>{say(says)}</h2>
      {children}
    </section>
  )
}

const at = ({ typed }: On, name: string): string => [typed[name] ?? ""].flat()[0] ?? ""

type Asked = { on: On; name: string; label: string; help?: string }

function Line({ on, name, ...rest }: Asked) {
  return <TextField {...rest} name={name} value={at(on, name)} error={on.wrong.get(name)} autoComplete="off" />
}

function Words({ on, name, ...rest }: Asked) {
  return <TextArea {...rest} name={name} value={at(on, name)} error={on.wrong.get(name)} rows={3} />
}

/** The lines that hold something, and two more. */
function linesShown(typed: Typed, kind: keyof typeof LINES): number[] {
  const used = Object.entries(typed).flatMap(([name, value]) => {
    const n = new RegExp(`^${kind}\\.(\\d+)\\.`).exec(name)?.[1]
    return n !== undefined && value !== "" ? [Number(n)] : []
  })
  return Array.from({ length: Math.min(LINES[kind], Math.max(-1, ...used) + 3) }, (_, n) => n)
}

function Files({ door, files }: { door: string; files: Page["files"] }) {
  return (
    <section className="card stack" aria-labelledby="files">
      <h2 id="files">{say("supplier.files")}</h2>
      <p className="soft">{say("supplier.files-help")}</p>
      {files.length === 0 ? <p>{say("supplier.no-files")}</p> : null}
      <ul className="plain-list">
        {files.map((file) => (
          <li key={file.id} className="row">
            <span>
              {file.name} <HeldTag held={file.held} />
            </span>
            <form method="post" action={`${door}/files/drop`}>
              <input type="hidden" name="file" value={file.id} />
              <button className="compact" type="submit" aria-label={say("supplier.file-drop", { name: file.name })}>
                {say("supplier.file-drop-short")}
              </button>
            </form>
          </li>
        ))}
      </ul>
      <form className="stack" method="post" action={`${door}/files`} encType="multipart/form-data">
        <div className="field">
          <label htmlFor="file">{say("supplier.file")}</label>
          <input id="file" type="file" name="file" required />
        </div>
        <div>
          <button type="submit">{say("supplier.file-go")}</button>
        </div>
      </form>
    </section>
  )
}
