import { PdfError, type PdfTrouble } from "./budget"
import { differencesOf } from "./compare"
import { coverageOf } from "./coverage"
import { catalogOf, formNodes, pagesOf, type FormNode } from "./fields"
import { PdfFile, type PdfView } from "./file"
import type { FieldLock, FoundInPdf, FoundSignature } from "./found"
import { isRef } from "./comparison"
import { structureProblems } from "./structure"
import { textOf, nameOf, type PdfDict, type PdfValue } from "./values"
import { validationOf } from "./validation"

/** The most signatures that are looked at in one file. */
const MOST = 200

/** What reading gives: what was found, or why the file is not relied on (`traces`: it speaks of signatures all the same). */
export type PdfRead = { ok: true; found: FoundInPdf } | { ok: false; trouble: PdfTrouble; traces: boolean }

/** Finds every signature and timestamp of a PDF, what each covers, and what later saves changed. */
export function readSignatures(bytes: Uint8Array): PdfRead {
  try {
    return { ok: true, found: read(new PdfFile(bytes)) }
  } catch (problem) {
    const trouble = problem instanceof PdfError ? problem.trouble : problem instanceof RangeError ? "too-deep" : null
    if (!trouble) throw problem
    return {
      ok: false,
      trouble,
      traces: Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).includes("/ByteRange"),
    }
  }
}

function read(file: PdfFile): FoundInPdf {
  const last = file.revisions.length - 1
  const signatures = new Map<number | string, FoundSignature>()
  for (let k = last; k >= 0; k -= 1) collect(file, file.view(k), k === last, signatures)
  const oldest = Math.min(last, ...[...signatures.values()].map((one) => one.revision ?? last))
  const differences = []
  for (let k = oldest + 1; k <= last; k += 1) differences.push(...differencesOf(file, k))
  const view = file.view(last)
  return {
    sizeBytes: file.bytes.length,
    revisions: file.revisions.length,
    differences,
    problems: signatures.size > 0 ? structureProblems(file) : [],
    signatures: [...signatures.values()].sort((a, b) => (a.revision ?? last + 1) - (b.revision ?? last + 1)),
    ...validationOf(view),
  }
}

function collect(file: PdfFile, view: PdfView, present: boolean, into: Map<number | string, FoundSignature>): void {
  for (const node of formNodes(view)) {
    const filled = view.resolve(node.value)
    if (node.kind !== "Sig" && !looksSigned(view, filled)) continue
    if (filled === null || node.dict.map.get("V") === undefined) continue
    const key = keyOf(view, node)
    if (into.has(key)) continue
    if (into.size >= MOST) throw new PdfError("too-many-objects", "signatures")
    into.set(key, found(file, view, node, filled, present))
  }
  const certified = view.dict(catalogOf(view)?.map.get("Perms"))?.map.get("DocMDP")
  if (certified !== undefined && !into.has(`object ${isRef(certified) ? view.place(certified.num) : ""}`)) {
    const dict = view.dict(certified)
    const node = {
      num: null,
      dict: { t: "dict" as const, map: new Map(), twice: [] },
      name: "",
      kind: "Sig",
      own: false,
    }
    if (dict && isRef(certified))
      into.set(
        `object ${view.place(certified.num)}`,
        found(file, view, { ...node, value: certified, listed: false }, dict, present),
      )
  }
}

function keyOf(view: PdfView, node: FormNode): string {
  const value = node.dict.map.get("V")
  if (isRef(value)) return `object ${view.place(value.num)}`
  return `direct ${node.num === null ? node.name : view.place(node.num)}`
}

/** The bytes of the object in which the signature stands; null where it is packed away in another. */
function homeOf(view: PdfView, node: FormNode): { start: number; end: number } | null {
  const value = node.dict.map.get("V") ?? node.value
  const num = isRef(value) ? value.num : node.num
  return num === null ? null : view.placed(num)
}

function looksSigned(view: PdfView, value: PdfValue): boolean {
  return value !== null && typeof value === "object" && value.t === "dict" && value.map.has("ByteRange")
}

function found(file: PdfFile, view: PdfView, node: FormNode, value: PdfValue, present: boolean): FoundSignature {
  const dict: PdfDict =
    value !== null && typeof value === "object" && value.t === "dict" ? value : { t: "dict", map: new Map(), twice: [] }
  const home = homeOf(view, node)
  const { problems, byteRange, contents, revision } = coverageOf(file, dict, home)
  const subFilter = shortened(nameOf(dict.map.get("SubFilter")))
  const stamp = nameOf(dict.map.get("Type")) === "DocTimeStamp" || subFilter === "ETSI.RFC3161"
  const text = (key: string) => shortened(textOf(view.resolve(dict.map.get(key))))
  const page = pagesOf(view).find((one) =>
    view.items(one.dict.map.get("Annots")).some((ref) => isRef(ref) && ref.num === node.num),
  )
  return {
    field: shortened(node.name) ?? "",
    kind: stamp ? "timestamp" : "signature",
    subFilter,
    byteRange,
    contents,
    coverage: problems,
    revision,
    claimed: { name: text("Name"), reason: text("Reason"), location: text("Location"), at: text("M") },
    ...permissions(view, node, dict),
    page: page?.index ?? null,
    present,
    listed: node.listed,
  }
}

function shortened(text: string | null): string | null {
  return text !== null && text.length > 300 ? `${text.slice(0, 299)}…` : text
}

/** What the signer allows to be changed later, from the signature itself, the catalog and the field's lock. */
function permissions(
  view: PdfView,
  node: FormNode,
  dict: PdfDict,
): Pick<FoundSignature, "docMdp" | "certifies" | "locks"> {
  const locks: FieldLock[] = []
  const levels: number[] = []
  for (const one of view.items(dict.map.get("Reference"))) {
    const reference = view.dict(one)
    const method = nameOf(view.resolve(reference?.map.get("TransformMethod")))
    const params = view.dict(reference?.map.get("TransformParams"))
    if (method === "DocMDP") levels.push(levelOf(view.resolve(params?.map.get("P"))))
    if (method === "FieldMDP") locks.push(lockOf(view, params))
  }
  const lock = view.dict(node.dict.map.get("Lock"))
  if (lock) {
    locks.push(lockOf(view, lock))
    if (lock.map.has("P")) levels.push(levelOf(view.resolve(lock.map.get("P"))))
  }
  const certified = view.dict(catalogOf(view)?.map.get("Perms"))?.map.get("DocMDP")
  const certifies = certified !== undefined && view.dict(certified) === dict
  if (certifies && levels.length === 0) levels.push(2)
  return { docMdp: levels.length ? (Math.min(...levels) as 1 | 2 | 3) : null, certifies, locks }
}

/** What is no level that is known allows the least. */
function levelOf(value: PdfValue): 1 | 2 | 3 {
  if (value === null) return 2
  return value === 2 || value === 3 ? value : 1
}

function lockOf(view: PdfView, dict: PdfDict | null): FieldLock {
  const action = nameOf(view.resolve(dict?.map.get("Action")))
  const fields = view.items(dict?.map.get("Fields")).map((one) => shortened(textOf(view.resolve(one))) ?? "")
  return { action: action === "Include" || action === "Exclude" ? action : "All", fields: fields.slice(0, 1000) }
}
