import { FIELDS } from "@/domain/records/fields"
import type { RecordKind } from "@/domain/records/kinds"
import { say } from "@/components/words/catalogue"
import { Place, wrongBelow, type FormOn, type RefOptions, type Wrong } from "./form-place"
import { sectionsOf, type FormSection } from "./form-sections"
import { WhyWeAsk } from "./why-we-ask"

type Body = Record<string, unknown>

/**
 * A form for any kind of record, from its own fields: in sections, with a table of contents that says how much of each
 * is answered. Works without script: lines are added and taken by buttons.
 */
export function RecordForm({
  kind,
  body,
  refs,
  wrong,
  at = null,
}: {
  kind: RecordKind
  body: Body
  refs: RefOptions
  wrong: Wrong
  /** The id of the place that the form is opened for. */
  at?: string | null
}) {
  const on: FormOn = { kind, refs, wrong, at }
  const sections = sectionsOf(
    kind,
    FIELDS[kind].fields.map((field) => field.name),
  )
  return (
    <div className="with-toc">
      <Contents sections={sections} body={body} wrong={wrong} />
      <div className="stack">
        {sections.map((section) => (
          <Section key={section.says} on={on} section={section} body={body} />
        ))}
      </div>
    </div>
  )
}

function Contents({ sections, body, wrong }: { sections: readonly FormSection[]; body: Body; wrong: Wrong }) {
  return (
    <nav className="toc" aria-label={say("form.contents")}>
      <ol>
        {sections.map((section) => {
          const all = [...section.first, ...section.more]
          const open = section.first.filter((name) => !answered(body[name])).length
          const bad = all.some((name) => wrongBelow(wrong, name))
          return (
            <li key={section.says}>
              <a href={`#${section.says}`} data-state={bad ? "wrong" : open ? "open" : "done"}>
                {say(section.says)}
                <span className="small">
                  {bad ? say("form.toc-wrong") : open ? say("form.toc-open", { n: open }) : say("form.toc-done")}
                </span>
              </a>
            </li>
          )
        })}
      </ol>
    </nav>
  )
}

function Section({ on, section, body }: { on: FormOn; section: FormSection; body: Body }) {
  const said = section.more.filter((name) => answered(body[name]))
  const opened = section.more.some((name) => wrongBelow(on.wrong, name) || on.at?.split(".")[0] === name)
  return (
    <section className="card form-section" aria-labelledby={section.says}>
      <h2 id={section.says} tabIndex={-1}>
        {say(section.says)}
      </h2>
      <Questions on={on} names={section.first} body={body} />
      {section.more.length ? (
        <details open={opened || said.length > 0}>
          <summary className="more">
            {say("form.more", { n: section.more.length })}
            {said.length ? ` (${say("form.more-said", { n: said.length })})` : ""}
          </summary>
          <Questions on={on} names={section.more} body={body} />
        </details>
      ) : null}
    </section>
  )
}

function Questions({ on, names, body }: { on: FormOn; names: readonly string[]; body: Body }) {
  const fields = names.flatMap((name) => FIELDS[on.kind].fields.filter((field) => field.name === name))
  return (
    <div className="form-grid">
      {fields.map((field) => (
        <div key={field.name} className={isWide(field.node) ? "wide" : undefined}>
          <Place on={on} node={field.node} path={field.name} value={body[field.name]} />
          <WhyWeAsk kind={on.kind} field={field.name} />
        </div>
      ))}
    </div>
  )
}

/** Whether a question takes the whole width: long text, choices, lines, groups. */
function isWide(node: (typeof FIELDS)[RecordKind]["fields"][number]["node"]): boolean {
  if (node.is === "answer" || node.is === "nullable") return isWide(node.of)
  return node.is === "list" || node.is === "group" || (node.is === "text" && node.long)
}

function answered(value: unknown): boolean {
  if (value === null || value === undefined || value === "" || value === false) return false
  if (Array.isArray(value)) return value.length > 0
  if (typeof value === "object" && "state" in value) return value.state !== "blank"
  return true
}
