import { MainlandFields } from "@/components/exports/mainland-fields"
import { ProofField, type Proof } from "@/components/people/prove"
import { Notice } from "@/components/ui/notice"
import { At } from "@/components/ui/when"
import { say } from "@/components/words/catalogue"

type Letter = {
  id: string
  instant: string
  entityIds: readonly string[]
  questions: number
  answered: number
  released: boolean
  releasedAt: string | null
  releasedBy: string | null
}

/** How a letter ends: its answers are released by another person, and then open a package. */
export function LetterEnd(props: {
  inquiry: Letter
  mayRelease: boolean
  proof: Proof
  mayPack: boolean
  /** Its companies in the Chinese mainland, by name, and what was typed for them. */
  mainland: Parameters<typeof MainlandFields>[0]
}) {
  const { inquiry, mayRelease, proof } = props
  const whole = inquiry.answered === inquiry.questions
  return (
    <>
      {inquiry.releasedAt && !inquiry.released ? (
        <Notice tone="warn">
          <p>{say("inquiry.changed-since")}</p>
        </Notice>
      ) : null}
      {inquiry.released ? (
        <section className="card stack" aria-labelledby="package">
          <h2 id="package">{say("inquiry.package")}</h2>
          <p className="soft small">
            {say("inquiry.released-by", { by: inquiry.releasedBy ?? "" })}, <At instant={inquiry.releasedAt ?? ""} />
          </p>
          <Pack {...props} />
        </section>
      ) : null}
      {whole && !inquiry.released ? (
        <section className="card stack no-print" aria-labelledby="release">
          <h2 id="release">{say("inquiry.release")}</h2>
          {mayRelease ? (
            <form className="stack" method="post" action={`/api/v1/inquiries/${inquiry.id}/release`}>
              <p>{say("inquiry.release-why")}</p>
              <ProofField proof={proof} />
              <div>
                <button className="primary" type="submit">
                  {say("inquiry.release")}
                </button>
              </div>
            </form>
          ) : (
            <p>{say("inquiry.waits")}</p>
          )}
        </section>
      ) : null}
    </>
  )
}

type PackProps = { inquiry: Letter; mayPack: boolean; mainland: Parameters<typeof MainlandFields>[0] }

function Pack({ inquiry, mayPack, mainland }: PackProps) {
  if (!mayPack) return <p className="no-print">{say("inquiry.who-packs")}</p>
  return (
    <form className="stack no-print" method="post" action="/api/v1/exports">
      <p>{say("inquiry.package-why")}</p>
      <input type="hidden" name="inquiry" value={inquiry.id} />
      <input type="hidden" name="asOf" value={inquiry.instant} />
      {inquiry.entityIds.map((id) => (
        <input key={id} type="hidden" name="entities" value={id} />
      ))}
      <label className="choice">
        <input type="checkbox" name="files" value="all" />
        {say("inquiry.package-files")}
      </label>
      <MainlandFields {...mainland} />
      <div>
        <button type="submit">{say("inquiry.package")}</button>
      </div>
    </form>
  )
}
