import type { z } from "zod"
import type { IdKind } from "@/domain/core/id"
import { agreementShape } from "./agreement"
import { assessmentShape } from "./assessment"
import { chainShape, consentShape, demandShape, entityShape, noticeShape } from "./evidence"
import type { RecordKind } from "./kinds"
import { packShape } from "./own-pack"
import { partyShape } from "./party"
import { tagOf } from "./parts"
import { sharingShape } from "./sharing"

export type Option = { code: string; label: string }

/** What a place in a record is: forms, differences, blank records and exports follow from this tree. */
export type FieldNode =
  | { is: "text"; long: boolean }
  | { is: "day" }
  | { is: "number" }
  | { is: "boolean" }
  | { is: "country" }
  | { is: "choice"; options: readonly Option[] }
  | { is: "ref"; kind: IdKind }
  | { is: "answer"; of: FieldNode }
  | { is: "nullable"; of: FieldNode }
  | { is: "list"; of: FieldNode }
  | { is: "group"; fields: readonly { name: string; node: FieldNode }[] }

type Def = {
  type: string
  entries?: Record<string, string>
  element?: z.ZodType
  innerType?: z.ZodType
  options?: z.ZodType[]
  shape?: Record<string, z.ZodType>
}

const defOf = (schema: z.ZodType): Def => (schema as unknown as { _zod: { def: Def } })._zod.def

/** Reads a schema into the tree. The schemas are the one source: a field added there is everywhere. */
function nodeOf(schema: z.ZodType): FieldNode {
  const tag = tagOf(schema)
  if (tag?.is === "day") return { is: "day" }
  if (tag?.is === "country") return { is: "country" }
  if (tag?.is === "ref") return { is: "ref", kind: tag.kind }
  if (tag?.is === "text") return { is: "text", long: tag.max > 500 }
  if (tag?.is === "terms") return { is: "choice", options: tag.terms.map(({ code, label }) => ({ code, label })) }
  const def = defOf(schema)
  if (def.type === "string") return { is: "text", long: false }
  if (def.type === "number" || def.type === "int") return { is: "number" }
  if (def.type === "boolean") return { is: "boolean" }
  if (def.type === "enum")
    return { is: "choice", options: Object.values(def.entries ?? {}).map((code) => ({ code, label: words(code) })) }
  if (def.type === "default" && def.innerType) return nodeOf(def.innerType)
  if (def.type === "nullable" && def.innerType) return { is: "nullable", of: nodeOf(def.innerType) }
  if (def.type === "array" && def.element) return { is: "list", of: nodeOf(def.element) }
  if (def.type === "object" && def.shape)
    return { is: "group", fields: Object.entries(def.shape).map(([name, inner]) => ({ name, node: nodeOf(inner) })) }
  if (def.type === "union" && def.options) {
    const known = def.options.map((option) => defOf(option).shape?.value).find((value) => value !== undefined)
    if (known) return { is: "answer", of: nodeOf(known) }
  }
  throw new Error(`a record's schema holds a type that forms do not know: ${def.type}`)
}

/** A code as words, where no vocabulary gives a label. */
export function words(code: string): string {
  const text = code.replace(/-/g, " ")
  return text.charAt(0).toUpperCase() + text.slice(1)
}

type Group = Extract<FieldNode, { is: "group" }>

/** The fields of each kind of record, in their order. */
export const FIELDS: Record<RecordKind | "entity", Group> = {
  party: nodeOf(partyShape) as Group,
  sharing: nodeOf(sharingShape) as Group,
  agreement: nodeOf(agreementShape) as Group,
  assessment: nodeOf(assessmentShape) as Group,
  consent: nodeOf(consentShape) as Group,
  notice: nodeOf(noticeShape) as Group,
  demand: nodeOf(demandShape) as Group,
  chain: nodeOf(chainShape) as Group,
  pack: nodeOf(packShape) as Group,
  entity: nodeOf(entityShape) as Group,
}

/** The node at a path of a kind; `*` or a number stands for an item of a list; answers are entered by `value`. */
export function nodeAt(kind: RecordKind | "entity", path: string): FieldNode | null {
  let node: FieldNode = FIELDS[kind]
  for (const step of path.split(".").filter((part) => part !== "")) {
    while (node.is === "nullable") node = node.of
    if (node.is === "answer" && step === "value") node = node.of
    else if (node.is === "list") node = node.of
    else if (node.is === "group") {
      const next: { node: FieldNode } | undefined = node.fields.find((field) => field.name === step)
      if (!next) return null
      node = next.node
    } else return null
  }
  return node
}

/** A blank value of a node: nothing answered, nothing chosen. Refs and required choices are left empty text. */
export function blankOf(node: FieldNode): unknown {
  switch (node.is) {
    case "answer":
      return { state: "blank" }
    case "nullable":
      return null
    case "list":
      return []
    case "boolean":
      return false
    case "number":
      return 1
    case "choice":
      return node.options[0]?.code ?? ""
    case "group":
      return Object.fromEntries(node.fields.map((field) => [field.name, blankOf(field.node)]))
    default:
      return ""
  }
}
