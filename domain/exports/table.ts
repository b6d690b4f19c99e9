import type { Speak } from "@/domain/records/difference"
import { printed } from "@/domain/records/difference"
import { FIELDS } from "@/domain/records/fields"
import type { RecordKind } from "@/domain/records/kinds"

/** A record as a package holds it. */
export type Packed = {
  id: string
  kind: RecordKind | "entity"
  version: number
  standing: string
  at: string
  requestId: string | null
  body: unknown
}

/** Ids and codes stay what they are, so that files can be joined; the four states of an answer stay apart. */
const PLAIN: Speak = {
  name: (id) => id,
  day: (day) => day,
  country: (code) => code,
  state: ({ state, asked, due }) =>
    state === "not-applicable"
      ? "does not apply"
      : state === "unknown"
        ? ["not known yet", asked ? `asked: ${asked}` : "", due ? `due: ${due}` : ""].filter(Boolean).join(", ")
        : "",
  yes: "yes",
  no: "no",
  open: "open",
  none: "",
}

/** The head of the table of a kind: one column for each field of its schema. */
export function headOf(kind: RecordKind | "entity"): string[] {
  return ["id", "version", "standing", "in force since", "request", ...FIELDS[kind].fields.map((field) => field.name)]
}

/** A record as a row of its kind's table; several lines of one field stand behind each other, with semicolons. */
export function rowOf(record: Packed): string[] {
  return [
    record.id,
    String(record.version),
    record.standing,
    record.at,
    record.requestId ?? "",
    ...printed(record.kind, record.body, PLAIN).map((item) => item.lines.join("; ")),
  ]
}
