import { say } from "@/components/words/catalogue"
import type { Block, Missing } from "@/domain/templates/fill"

/** What is missing in a paper: which fields, in which lines of the template, of which flows. */
export function MissingList({ missing }: { missing: readonly Missing[] }) {
  if (missing.length === 0) return <p>{say("template.missing-none")}</p>
  return (
    <>
      <p>{say("template.missing", { n: missing.length })}</p>
      <ul>
        {missing.map(({ field, lines, flows }) => (
          <li key={field}>
            {flows.length
              ? say("template.missing-flows", { field, lines: lines.join(", "), flows: flows.join(", ") })
              : say("template.missing-lines", { field, lines: lines.join(", ") })}
          </li>
        ))}
      </ul>
    </>
  )
}

/** A paper as it would be printed. */
export function FilledPaper({ blocks }: { blocks: readonly Block[] }) {
  return (
    <div className="paper-words prose" tabIndex={0} role="region" aria-label={say("template.text-title")}>
      {blocks.map((block, i) => {
        const text = block.number ? `${block.number} ${block.text}` : block.text
        if (block.is === "title" || block.is === "heading")
          return (
            <p key={i}>
              <strong>{text}</strong>
            </p>
          )
        return <p key={i}>{block.is === "item" ? `– ${text}` : text}</p>
      })}
    </div>
  )
}
