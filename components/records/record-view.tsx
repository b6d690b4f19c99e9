import Link from "next/link"
import { printed, says, type Printed } from "@/domain/records/difference"
import { FIELDS, type FieldNode } from "@/domain/records/fields"
import type { RecordKind } from "@/domain/records/kinds"
import { say } from "@/components/words/catalogue"
import { UNASKED } from "@/domain/records/unasked"
import { sectionsOf } from "./form-sections"
import { speakWith } from "./speak"

type Names = ReadonlyMap<string, string>
/** The page of a record, where this reader may open it. */
export type HrefOf = (id: string) => string | null

/** A record in words, in the sections of its form: what is answered first, what is not folded away and counted. */
export function RecordView({
  kind,
  body,
  names,
  hrefOf,
  hide = [],
}: {
  kind: RecordKind
  body: object
  names: Names
  hrefOf: HrefOf
  hide?: readonly string[]
}) {
  const speak = speakWith(names)
  const all = printed(kind, body, speak).filter((item) => !hide.includes(item.path))
  const said = all.filter((item) => says(item.lines, speak))
  const open = all.filter((item) => !said.includes(item))
  const sections = sectionsOf(
    kind,
    FIELDS[kind].fields.map((field) => field.name),
  )
  const groups = [
    ...sections.map((section) => ({ says: section.says, names: [...section.first, ...section.more] })),
    { says: "section.kept-columns", names: [...UNASKED] },
  ].map((group) => ({
    says: group.says,
    items: group.names.flatMap((name) => said.filter((item) => item.path === name)),
  }))
  const entry = (item: Printed) => (
    <Entry key={item.path} item={item} ids={idsOf(kind, item.path, body)} hrefOf={hrefOf} />
  )
  return (
    <>
      <div className="story-parts">
        {groups
          .filter((group) => group.items.length)
          .map((group) => (
            <section key={group.says} aria-label={say(group.says)}>
              <h3>{say(group.says)}</h3>
              <dl>{group.items.map(entry)}</dl>
            </section>
          ))}
      </div>
      {open.length ? (
        <details>
          <summary className="soft">{say("record.unanswered", { n: open.length })}</summary>
          <dl>{open.map(entry)}</dl>
        </details>
      ) : null}
    </>
  )
}

/** The ids that a field holds, where it holds nothing else: they lead somewhere. */
function idsOf(kind: RecordKind, name: string, body: object): string[] {
  const value = (body as Record<string, unknown>)[name]
  const node = FIELDS[kind].fields.find((field) => field.name === name)?.node
  const known =
    typeof value === "object" && value !== null && "state" in value ? (value as { value?: unknown }).value : value
  const ids = Array.isArray(known) ? known : [known]
  return node && refersOnly(node) ? ids.filter((id): id is string => typeof id === "string" && id !== "") : []
}

function refersOnly(node: FieldNode): boolean {
  if (node.is === "answer" || node.is === "nullable" || node.is === "list") return refersOnly(node.of)
  return node.is === "ref"
}

function Entry({ item, ids, hrefOf }: { item: Printed; ids: readonly string[]; hrefOf: HrefOf }) {
  return (
    <>
      <dt>{item.label}</dt>
      <dd>
        {item.lines.map((line, i) => {
          const href = ids[i] ? hrefOf(ids[i]) : null
          return (
            <div key={i}>
              {href ? (
                <Link href={href} prefetch={false}>
                  {line}
                </Link>
              ) : (
                line
              )}
            </div>
          )
        })}
      </dd>
    </>
  )
}
