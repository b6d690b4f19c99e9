import { say } from "@/components/words/catalogue"

/**
 * Where a file is sent first, so that it stands among the files to choose from: a letter, what proves something, or what an answer names. `part`:
 * where on the page one goes on, which is told of the file as `sent`.
 */
export function SendFile({ what, part }: { what: "letter" | "proof" | "answer"; part?: string }) {
  return (
    <form className="card stack" method="post" action="/api/v1/files" encType="multipart/form-data">
      {part ? <input type="hidden" name="part" value={part} /> : null}
      <div className="field">
        <label htmlFor="file">{say(`send-file.${what}`)}</label>
        <span className="help" id="file-help">
          {say("send-file.help")}
        </span>
        <input id="file" type="file" name="file" required aria-describedby="file-help" />
      </div>
      <div>
        <button type="submit">{say("send-file.go")}</button>
      </div>
    </form>
  )
}
