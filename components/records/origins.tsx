import Link from "next/link"
import { say } from "@/components/words/catalogue"

type OriginView = {
  version: number
  row: number
  file: {
    importId: string
    name: string
    sha256: string
    sheet: string
    cells: readonly { field: string; column: string; cell: string; typed?: true }[]
    typedBy: string
  } | null
}

/** Which file, sheet and cell each imported value came from. `leads`: whether this reader may open imports. */
export function Origins({ origins, leads }: { origins: readonly OriginView[]; leads: boolean }) {
  if (origins.length === 0) return null
  return (
    <section className="card stack" aria-label={say("origin.title")}>
      <h2>{say("origin.title")}</h2>
      {origins.map(({ version, row, file }) => (
        <div className="stack" key={version}>
          <p>
            {say("origin.version", { n: version })}{" "}
            {file ? (
              <>
                {leads ? (
                  <Link href={`/imports/${file.importId}`} prefetch={false}>
                    {file.name}
                  </Link>
                ) : (
                  file.name
                )}
                {file.sheet ? `, ${say("origin.sheet", { sheet: file.sheet })}` : ""}, {say("origin.row", { row })}
              </>
            ) : (
              say("origin.hidden")
            )}
          </p>
          {file?.cells.length ? (
            <details>
              <summary>{say("origin.cells", { n: file.cells.length })}</summary>
              <dl>
                {file.cells.map((item) => (
                  <div className="contents" key={item.cell}>
                    <dt>{item.field === "extra" ? item.column : say(`import.target.${item.field}`)}</dt>
                    <dd>
                      {item.cell === item.column ? null : (
                        <>
                          {item.cell}{" "}
                          <span className="soft small">{say("origin.column", { column: item.column })}</span>
                        </>
                      )}{" "}
                      {item.typed ? (
                        <strong className="small">{say("origin.typed", { name: file.typedBy })}</strong>
                      ) : null}
                    </dd>
                  </div>
                ))}
              </dl>
            </details>
          ) : null}
          {file ? (
            <p className="soft small">
              {say("origin.hash")} <code>{file.sha256.slice(0, 16)}</code>
            </p>
          ) : null}
        </div>
      ))}
    </section>
  )
}
