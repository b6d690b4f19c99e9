import { say } from "@/components/words/catalogue"

/** Where a file is sent first, so that it stands among the files to choose from: a letter, what proves something, or what an answer names. */
export function SendFile({ what }: { what: "letter" | "proof" | "answer" }) {
  return (
    <form className="card stack" method="post" action="/api/v1/files" encType="multipart/form-data">
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
