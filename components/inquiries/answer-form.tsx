import Link from "next/link"
import { Choices, TextArea } from "@/components/ui/field"
import { KeepsTyped } from "@/components/ui/keeps-typed"
import { At } from "@/components/ui/when"
import { say } from "@/components/words/catalogue"
import type { AskFields as Asked } from "@/domain/inquiries/query-form"
import { AskFields } from "./ask-fields"

export type AnswerFormProps = {
  letter: string
  place: number
  /** The version that stands, which this form replaces. */
  n: number
  prose: string
  asked: Asked
  files: readonly { id: string; name: string }[]
  chosen: readonly string[]
  fileIds: string
  /** The file that was sent from here just now, which is ticked whatever is put back; "": none. */
  sent: string
  companies: readonly { id: string; name: string }[]
  wrong: ReadonlyMap<string, string>
  /** Somebody answered meanwhile: what stands, beside what was typed here. */
  meanwhile: { prose: string | null; by: string; at: string } | null
  back: string
}

/** Answers one question: words, what the register is asked, and files. */
export function AnswerForm(props: AnswerFormProps) {
  const { letter, place, n, prose, asked, files, chosen, companies, wrong, meanwhile } = props
  return (
    <form id="answer" className="stack no-print" method="post" action={`/api/v1/inquiries/${letter}/answers`}>
      <input type="hidden" name="place" value={place} />
      <input type="hidden" name="n" value={n} />
      {meanwhile ? (
        <section className="notice warn stack" aria-labelledby="meanwhile">
          <h3 id="meanwhile">{say("inquiry.stands")}</h3>
          <p className="prose">{meanwhile.prose ?? say("inquiry.unanswered")}</p>
          <p className="soft small">
            {say("inquiry.answered-by", { by: meanwhile.by })}, <At instant={meanwhile.at} />
          </p>
          <p>{say("inquiry.stands-why")}</p>
        </section>
      ) : null}
      <TextArea
        name="prose"
        label={say("inquiry.prose")}
        value={prose}
        rows={6}
        error={wrong.get("prose") ?? null}
        required
      />
      <AskFields asked={asked} companies={companies} error={wrong.get("query") ?? null} />
      {files.length > 0 ? (
        <details open={chosen.length > 0 || wrong.has("fileIds")}>
          <summary>{say("inquiry.files")}</summary>
          <Choices
            name="files"
            label={say("inquiry.file-choose")}
            options={files.map(({ id, name }) => ({ value: id, label: name }))}
            chosen={chosen}
          />
        </details>
      ) : null}
      <TextArea
        name="fileIds"
        label={say("inquiry.file-ids")}
        help={say("inquiry.file-ids-help")}
        value={props.fileIds}
        rows={2}
        error={wrong.get("fileIds") ?? null}
      />
      <div className="row">
        <button className="primary" type="submit">
          {say("inquiry.save")}
        </button>
        <Link className="button" href={props.back} prefetch={false}>
          {say("inquiry.back")}
        </Link>
        <KeepsTyped
          form="answer"
          place={`onward ${letter} ${place} ${n}`}
          tick={props.sent}
          words={say("inquiry.put-back")}
        />
      </div>
    </form>
  )
}
