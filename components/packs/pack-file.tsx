import { Notice } from "@/components/ui/notice"
import { say } from "@/components/words/catalogue"

type Fault = { path: string; says: string; params?: Readonly<Record<string, string | number>> }

/** Each fault of a file that was refused, with its line. */
export function FileFaults({ faults }: { faults: readonly Fault[] }) {
  if (faults.length === 0) return null
  return (
    <Notice tone="bad">
      <ul>
        {faults.map((field, i) => (
          <li key={i}>
            {say("own.line", { line: field.params?.line ?? "", why: say(field.says, field.params) })}{" "}
            <code>{field.path}</code>
          </li>
        ))}
      </ul>
    </Notice>
  )
}

/** Takes a version of a pack as a file; what counts now is there to begin from. */
export function UploadPack({ download, title, help }: { download: string; title: string; help: string }) {
  return (
    <section className="card stack" aria-labelledby="upload">
      <h2 id="upload">{say("own.upload")}</h2>
      <p className="soft">{help}</p>
      <p>
        <a href={download} download>
          {say("own.download")}
        </a>
      </p>
      <form className="stack" method="post" action="/api/v1/packs/files" encType="multipart/form-data">
        <div className="field">
          <label htmlFor="file-title">{say("own.field.title")}</label>
          <input id="file-title" name="title" type="text" defaultValue={title} />
        </div>
        <div className="field">
          <label htmlFor="file">{say("own.file")}</label>
          <input id="file" type="file" name="file" accept=".json,application/json" required />
        </div>
        <div>
          <button type="submit">{say("own.upload-go")}</button>
        </div>
      </form>
    </section>
  )
}
