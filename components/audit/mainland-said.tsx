import { ProofField, type Proof } from "@/components/people/prove"
import { TextArea, TextField } from "@/components/ui/field"
import { StatusTag } from "@/components/ui/status-tag"
import { At } from "@/components/ui/when"
import { say } from "@/components/words/catalogue"

type Line = {
  personId: string
  name: string
  entityId: string
  company: string
  may: boolean
  said: { addressee: string | null; approval: string | null; reasons: string | null; at: string } | null
}

/** What each company in the mainland said of what a supervisor takes out of it, and where it says so. */
export function MainlandSaid({ lines, proof, typed }: { lines: readonly Line[]; proof: Proof; typed: Typed }) {
  if (lines.length === 0) return null
  return (
    <section className="card stack" aria-labelledby="mainland">
      <h2 id="mainland">{say("exports.mainland")}</h2>
      <p className="soft">{say("mainland.lede")}</p>
      {lines.map((line) => (
        <OneSaid key={`${line.personId}${line.entityId}`} line={line} proof={proof} typed={typed} />
      ))}
    </section>
  )
}

type Typed = { key: string; input: Record<string, string>; wrong: (name: string) => string | null }

function OneSaid({ line, proof, typed }: { line: Line; proof: Proof; typed: Typed }) {
  const key = `${line.personId}-${line.entityId}`
  const mine = typed.key === key
  const { said } = line
  const words = { name: line.name, company: line.company }
  const field = (name: "addressee" | "approval" | "reasons") => ({
    ...{ name, id: `${name}-${key}`, label: say(`exports.${name}`) },
    value: mine ? (typed.input[name] ?? "") : (said?.[name] ?? ""),
    error: mine ? typed.wrong(`answer.${name}`) : null,
  })
  return (
    <div className="stack">
      <h3>{say("mainland.of", words)}</h3>
      {said ? (
        <p>
          <StatusTag tone="good">{say("mainland.said")}</StatusTag>{" "}
          {[said.addressee, said.approval, said.reasons].filter(Boolean).join("; ")} (<At instant={said.at} />)
        </p>
      ) : (
        <p>
          <StatusTag tone="warn">{say("mainland.unsaid")}</StatusTag>
        </p>
      )}
      {line.may ? (
        <details open={mine}>
          <summary className="more">{say(said ? "mainland.anew" : "mainland.say")}</summary>
          <form className="stack" method="post" action="/api/v1/mainland" aria-label={say("mainland.of", words)}>
            <input type="hidden" name="personId" value={line.personId} />
            <input type="hidden" name="entityId" value={line.entityId} />
            <TextField {...field("addressee")} />
            <TextField {...field("approval")} />
            <TextArea {...field("reasons")} rows={2} />
            {proof?.by === "provider" ? null : <ProofField proof={proof} />}
            <div className="row">
              <button className="primary" type="submit">
                {say("mainland.go")}
              </button>
              {said ? (
                <button type="submit" name="back" value="yes">
                  {say("mainland.back")}
                </button>
              ) : null}
            </div>
          </form>
        </details>
      ) : null}
    </div>
  )
}
