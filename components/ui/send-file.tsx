import { say } from "@/components/words/catalogue"

/** Where a letter is sent first, so that it stands among the files to choose from. */
export function SendFile() {
  return (
    <form className="card stack" method="post" action="/api/v1/files" encType="multipart/form-data">
      <div className="field">
        <label htmlFor="file">{say("ending.letter-send")}</label>
        <span className="help" id="file-help">
          {say("ending.letter-help")}
        </span>
        <input id="file" type="file" name="file" required aria-describedby="file-help" />
      </div>
      <div>
        <button type="submit">{say("ending.letter-go")}</button>
      </div>
    </form>
  )
}
