import { fileOption, type FileHeld } from "@/components/files/file-way"
import { SelectField, TextArea, TextField } from "@/components/ui/field"
import { SendFile } from "@/components/ui/send-file"
import { say } from "@/components/words/catalogue"
import { DELETION_WAYS } from "@/domain/vocabulary/endings"

type Common = {
  recordId: string
  title: string
  typed: (name: string) => string
  wrong: (name: string) => string | null
}

/** The one question of an ending: its last day. */
export function EndForm({ recordId, title, typed, wrong, today, due }: Common & { today: string; due: string }) {
  return (
    <form className="card stack" method="post" action="/api/v1/endings">
      <input type="hidden" name="recordId" value={recordId} />
      <input type="hidden" name="title" value={say("ending.request-end", { title }).slice(0, 300)} />
      <TextField
        name="lastOn"
        label={say("ending.last-on")}
        help={say("ending.last-help")}
        value={typed("lastOn") || today}
        error={wrong("lastOn")}
        required
      />
      <p className="soft">{say("ending.if-today", { day: due })}</p>
      <div>
        <button className="primary" type="submit">
          {say("ending.go-end")}
        </button>
      </div>
    </form>
  )
}

/** What became of the data after the end: how, when, by whose word, in which file. */
export function ProofForm(
  props: Common & { isPublic: boolean; files: readonly { id: string; name: string; held: FileHeld | null }[] },
) {
  const { recordId, title, typed, wrong, isPublic, files } = props
  const ways = DELETION_WAYS.filter((way) => way === "kept" || (way === "taken-down") === isPublic)
  return (
    <>
      <form className="card stack" method="post" action="/api/v1/endings/proof">
        <input type="hidden" name="recordId" value={recordId} />
        <input type="hidden" name="title" value={say("ending.request-proof", { title }).slice(0, 300)} />
        <SelectField
          name="how"
          label={say("ending.how")}
          value={typed("how") || ways[0]}
          error={wrong("how")}
          options={ways.map((value) => ({ value, label: say(`ending.how.${value}`) }))}
        />
        <TextField
          {...{ name: "provenOn", label: say("ending.on"), help: say("ending.on-help"), required: true }}
          value={typed("provenOn")}
          error={wrong("provenOn")}
        />
        <TextField
          {...{ name: "confirmedBy", label: say("ending.who"), help: say("ending.who-help"), required: true }}
          value={typed("confirmedBy")}
          error={wrong("confirmedBy")}
        />
        <TextArea name="what" label={say("ending.what")} value={typed("what")} error={wrong("what")} required />
        <SelectField
          name="fileId"
          label={say("ending.letter")}
          value={typed("fileId")}
          error={wrong("fileId")}
          options={[{ value: "", label: say("ending.letter-none") }, ...files.map(fileOption)]}
        />
        <TextArea
          {...{ name: "why", label: say("ending.why"), help: say("ending.why-help"), rows: 2 }}
          value={typed("why")}
          error={wrong("why")}
        />
        <TextField
          {...{ name: "keptUntil", label: say("ending.until"), help: say("ending.until-help") }}
          value={typed("keptUntil")}
          error={wrong("keptUntil")}
        />
        <div>
          <button className="primary" type="submit">
            {say("ending.go-proof")}
          </button>
        </div>
      </form>
      <SendFile what="proof" />
    </>
  )
}
