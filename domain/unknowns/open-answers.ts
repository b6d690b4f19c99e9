import { parseDay, type Day } from "@/domain/core/day"
import { FIELDS, type FieldNode } from "@/domain/records/fields"
import type { RecordKind } from "@/domain/records/kinds"
import { isSealed } from "@/domain/records/seal"

/** One answer that is *not known yet*: where it stands, whom it was asked of, when it is due. */
export type OpenAnswer = {
  /** The place of the answer in its record, as forms name it (`dataLines.value.0.necessity`). */
  path: string
  /** In words; null where nobody was named or where the name is committed. */
  asked: string | null
  /** The commitment behind which the name stands (foundation 8). */
  askedSealed: string | null
  due: Day | null
}

/**
 * Every answer of a body that is not known yet, in the order of its fields. Reads sealed bodies as well as open ones;
 * walks the fields of its kind, so that what is no answer is never taken for one.
 */
export function openAnswers(kind: RecordKind, body: unknown): OpenAnswer[] {
  const found: OpenAnswer[] = []
  walk(FIELDS[kind], body, "", found)
  return found
}

function walk(node: FieldNode, value: unknown, path: string, found: OpenAnswer[]): void {
  if (value === null || value === undefined) return
  const below = (step: string): string => (path === "" ? step : `${path}.${step}`)
  switch (node.is) {
    case "answer": {
      const answer = value as { state?: string; value?: unknown; asked?: unknown; due?: unknown }
      if (answer.state === "unknown") found.push(openAnswer(path, answer))
      else if (answer.state === "known") walk(node.of, answer.value, below("value"), found)
      return
    }
    case "nullable":
      return walk(node.of, value, path, found)
    case "list":
      if (Array.isArray(value)) value.forEach((item, i) => walk(node.of, item, below(String(i)), found))
      return
    case "group":
      for (const field of node.fields)
        walk(field.node, (value as Record<string, unknown>)[field.name], below(field.name), found)
  }
}

function openAnswer(path: string, answer: { asked?: unknown; due?: unknown }): OpenAnswer {
  const { asked, due } = answer
  return {
    path,
    asked: typeof asked === "string" && asked !== "" ? asked : null,
    askedSealed: isSealed(asked) ? asked.$c : null,
    due: typeof due === "string" ? parseDay(due) : null,
  }
}
