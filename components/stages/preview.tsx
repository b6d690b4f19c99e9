import Link from "next/link"
import { Notice } from "@/components/ui/notice"
import { say } from "@/components/words/catalogue"
import { placeWords, valueWords, type Names } from "./rules-words"

type Short = { stage: string; wave: number; days: number; persons: readonly string[] | null }

export type PreviewView = {
  differs: readonly { path: string; before: string; after: string }[]
  wrong?: readonly { path: string; says: string }[] | undefined
  open: number
  changed: number
  lines: readonly {
    requestId: string | null
    no: number
    title: string | null
    entityId: string
    before: readonly Short[]
    after: readonly Short[]
  }[]
}

/** What a version changes: place by place, and for which open requests. */
export function Preview({ preview, names }: { preview: PreviewView; names: Names }) {
  const stages = (list: readonly Short[]): string =>
    list
      .map(({ stage, wave, days, persons }) => {
        const words = say("stages.turn-words", { stage: say(`stage.${stage}`), wave, days })
        return persons ? `${words}: ${persons.map((id) => names[id] ?? id).join(", ")}` : words
      })
      .join("; ")
  return (
    <>
      {preview.wrong?.length ? (
        <Notice tone="bad">
          <p>{say("stages.wrong")}</p>
          <ul>
            {preview.wrong.map((one) => (
              <li key={one.path}>
                {placeWords(one.path, names)}: {say(one.says)}
              </li>
            ))}
          </ul>
        </Notice>
      ) : null}
      {preview.differs.length ? (
        <div className="scroll" role="region" aria-label={say("stages.differs")} tabIndex={0}>
          <table className="list">
            <caption>{say("stages.differs")}</caption>
            <thead>
              <tr>
                <th scope="col">{say("stages.place")}</th>
                <th scope="col">{say("stages.now")}</th>
                <th scope="col">{say("stages.then")}</th>
              </tr>
            </thead>
            <tbody>
              {preview.differs.map((one) => (
                <tr key={one.path}>
                  <th scope="row">{placeWords(one.path, names)}</th>
                  <td data-label={say("stages.now")}>{valueWords(one.path, one.before, names)}</td>
                  <td data-label={say("stages.then")}>{valueWords(one.path, one.after, names)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      ) : (
        <p className="soft">{say("stages.differs-none")}</p>
      )}
      <p>{say("stages.preview-lede", { open: preview.open, changed: preview.changed })}</p>
      {preview.lines.length ? (
        <div className="scroll" role="region" aria-label={say("stages.preview")} tabIndex={0}>
          <table className="list">
            <caption>{say("stages.preview")}</caption>
            <thead>
              <tr>
                <th scope="col">{say("stages.request")}</th>
                <th scope="col">{say("stages.company")}</th>
                <th scope="col">{say("stages.now")}</th>
                <th scope="col">{say("stages.then")}</th>
              </tr>
            </thead>
            <tbody>
              {preview.lines.map((line) => (
                <tr key={`${line.no}${line.entityId}`}>
                  <th scope="row">
                    {line.requestId ? (
                      <Link href={`/requests/${line.requestId}`} prefetch={false}>
                        R-{line.no} {line.title}
                      </Link>
                    ) : (
                      `R-${line.no}`
                    )}
                  </th>
                  <td data-label={say("stages.company")}>{names[line.entityId] ?? line.entityId}</td>
                  <td data-label={say("stages.now")}>{stages(line.before)}</td>
                  <td data-label={say("stages.then")}>{stages(line.after)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      ) : null}
    </>
  )
}
