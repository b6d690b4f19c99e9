import { leafBytes, type LogActor } from "@/domain/audit/event"
import { canonical } from "@/domain/core/canonical"
import { makeId, type Id } from "@/domain/core/id"
import type { Instant } from "@/domain/core/instant"
import { revisionHash, rowHash, sha256 } from "@/usecases/requests/revision"
import type { Cell, Made } from "./bench-load"

/** Who asked for what is loaded, and who decided on it. */
export type Askers = { requester: string; legal: string; entityId: string }
type Place = { size: number; at: Instant; origin: string }
type Item = { made: Made; body: string; index: number; requestId: string }
type Row = { recordId: string; kind: string; op: string; baseVersion: null; discovered: boolean; body: string }

/** So many records came by one request. */
const TOGETHER = 50
let asked = 0

/** What lies behind a batch of records that came in force by requests: every entry of the log, and where each record's own stands. */
export type Asked = { leaves: string[]; items: Item[]; tables: [string, Cell[][]][] }

/**
 * The records as people would have asked for them: in requests of fifty, each submitted by one and decided by another in one moment. What
 * is restricted comes by a request of its own.
 */
export function askedFor(batch: readonly Made[], by: Askers, at: Place, actor: LogActor): Asked {
  const out: Asked = { leaves: [], items: [], tables: [] }
  const rows: Record<string, Cell[][]> = {}
  const put = (table: string, ...cells: Cell[]): void => void (rows[table] ??= []).push(cells)
  const leaf = (draft: Parameters<typeof leafBytes>[0], who: LogActor): number => {
    const index = at.size + out.leaves.length
    out.leaves.push(leafBytes(draft, { at: at.at, origin: at.origin, actor: who, index }))
    return index
  }
  for (const together of parted(batch)) {
    asked += 1
    const id = requestId(asked)
    const restricted = restrictedTo(together[0] as Made)
    const proposed = together.map((made): Row => {
      const op = made.standing === "ended" ? "end" : "create"
      const discovered = made.standing === "discovered"
      return { recordId: made.id, kind: made.kind, op, baseVersion: null, discovered, body: canonical(made.body) }
    })
    const hashes = proposed.map((row) => ({ recordId: row.recordId, hash: rowHash(row as never) }))
    const hash = revisionHash(hashes)
    const request = { type: "request", id, version: 1 }
    const submitted = leaf(
      {
        ...{ act: "request.submit", request: id },
        objects: [request, ...proposed.map(({ kind: type, recordId }) => ({ type, id: recordId }))],
        after: {
          ...{ revision: 1, hash, proposals: proposed.length, authors: [by.requester], rules: 1 },
          stages: [`decides:legal:${by.entityId}`],
        },
      },
      { id: by.requester, role: "requester", via: "page" } as LogActor,
    )
    const decided = leaf(
      {
        ...{ act: "request.decide", request: id, objects: [request] },
        after: { revision: 1, hash, stage: "legal", entity: by.entityId, verdict: "approve" },
      },
      { id: by.legal, role: "legal", via: "page" } as LogActor,
    )
    put(
      "requests (id, title, fold, kind, state, revision, created_by, created_at, moved_at, entity_ids, restricted_to, proposal_count)",
      ...[id, `Load ${asked}`, `load ${asked}`, "change", "approved", 1, by.requester, at.at, at.at],
      ...[[by.entityId], restricted, proposed.length],
    )
    put("request_authors (request_id, person_id)", id, by.requester)
    put("revisions (request_id, n, hash, by_person, at, log_index)", id, 1, hash, by.requester, at.at, submitted)
    put("revision_stages (request_id, n, stage, entity_id, seat, because)", id, 1, "legal", by.entityId, "decides", [])
    put("seats (request_id, person_id, stage, entity_id)", id, by.legal, "legal", by.entityId)
    put(
      "decisions (id, request_id, revision, stage, entity_id, person_id, verdict, hash, at, log_index)",
      ...[makeId("decision", 1_700_000_000_000 + asked, bytesOf(asked)), id, 1, "legal", by.entityId, by.legal],
      ...["approve", hash, at.at, decided],
    )
    for (const [i, made] of together.entries()) {
      const { recordId, kind, op, discovered, body } = proposed[i] as Row
      put(
        "revision_proposals (request_id, n, record_id, kind, op, position, body, hash, discovered)",
        ...[id, 1, recordId, kind, op, i, body, `\\x${(hashes[i] as { hash: string }).hash}`, discovered],
      )
      const after = { version: 1, standing: made.standing, sha256: sha256(body) }
      const objects = [{ type: made.kind, id: made.id, version: 1 }]
      out.items.push({
        made,
        body,
        requestId: id,
        index: leaf({ act: "record.in-force", request: id, objects, after }, actor),
      })
    }
  }
  out.tables = Object.entries(rows)
  return out
}

function parted(batch: readonly Made[]): Made[][] {
  const [open, secret] = [batch.filter((one) => !restrictedTo(one)), batch.filter((one) => restrictedTo(one))]
  const parts: Made[][] = secret.map((one) => [one])
  for (let from = 0; from < open.length; from += TOGETHER) parts.push(open.slice(from, from + TOGETHER))
  return parts
}

const restrictedTo = ({ body }: Made): string[] | null =>
  (body as { restrictedTo?: string[] | null }).restrictedTo ?? null

function bytesOf(n: number): Uint8Array {
  const bytes = new Uint8Array(10)
  new DataView(bytes.buffer).setUint32(4, n)
  return bytes
}

const requestId = (n: number): Id<"request"> => makeId("request", 1_700_000_000_000 + n, bytesOf(n))
