import { z } from "zod"
import { insertRequest, saveProposals } from "@/db/statements/requests"
import { ownFiles } from "@/db/statements/files"
import type { Tx } from "@/db/connect"
import { BLANK, known, NOT_APPLICABLE, valueOf } from "@/domain/core/answer"
import { canonical } from "@/domain/core/canonical"
import type { Day } from "@/domain/core/day"
import { fold } from "@/domain/core/fold"
import { good, refuse, type Outcome, type Refusal } from "@/domain/core/outcome"
import type { RecordOf } from "@/domain/records/kinds"
import { dayShape, idOf, text } from "@/domain/records/parts"
import type { Sharing } from "@/domain/records/sharing"
import { DELETION_WAYS } from "@/domain/vocabulary/endings"
import { jot } from "@/usecases/jot"
import { loadRecords } from "@/usecases/register/records"
import { readable } from "@/usecases/register/read-record"
import { newId, type Actor, type Scene } from "@/usecases/scene"
import { scopeOf } from "@/usecases/scope"
import { todayOf, withEndingSet } from "./ending-set"

const title = text(300).refine((value) => value.trim().length > 0, "invalid.required")

export type Begun = { id: string; recordId: string }

const endInput = z.strictObject({ recordId: z.string().max(40), title, lastOn: dayShape })
type EndInput = { recordId: string; title: string; lastOn: Day }

/** Begins the request that ends a sharing: its last day, and by when the party deletes or returns the data. */
export const beginEnding = jot<EndInput, Begun>({
  name: "request.draft",
  input: endInput as unknown as z.ZodType<EndInput>,
  run: async (tx, { input, actor, scene }) => {
    const record = await sharingOf(tx, input.recordId, actor)
    if (!record) return refuse("not-found", "not-found")
    if (record.standing === "ended") return refuse("conflict", "conflict.already-over")
    const [starts, ends] = [valueOf(record.body.startsOn), valueOf(record.body.endsOn)]
    if (starts !== null && input.lastOn < starts) return wrong("lastOn", "invalid.end-before-start")
    if (ends !== null && input.lastOn > ends) return wrong("lastOn", "invalid.end-later")
    const body = { ...record.body, endsOn: known(input.lastOn) } as Sharing
    return begin(tx, record, input.title, body, { actor, scene })
  },
})

const proofInput = z.strictObject({
  recordId: z.string().max(40),
  title,
  how: z.enum(DELETION_WAYS),
  provenOn: dayShape,
  confirmedBy: text(200).refine((value) => value.trim().length > 0, "invalid.required"),
  /** What was deleted or returned, and what the letter says. */
  what: text(1000).refine((value) => value.trim().length > 0, "invalid.required"),
  why: text(1000).default(""),
  keptUntil: dayShape.nullable().default(null),
  fileId: idOf("file").nullable().default(null),
})
type ProofInput = z.output<typeof proofInput>

/**
 * Begins the request that brings the evidence: what became of the data, on which day, who confirmed it, by which file or
 * letter. Approved, it ends the duty; what the law has kept says why.
 */
export const proveDeletion = jot<ProofInput, Begun>({
  name: "request.draft",
  input: proofInput as unknown as z.ZodType<ProofInput>,
  run: async (tx, { input, actor, scene }) => {
    const record = await sharingOf(tx, input.recordId, actor)
    if (!record) return refuse("not-found", "not-found")
    const today = await todayOf(tx, record.body, scene.now)
    const fault = faultOf(input, record.body, today) ?? (await fileFault(tx, input.fileId, actor))
    if (fault) return fault
    const { how, provenOn, confirmedBy, what, keptUntil, fileId } = input
    const kept = how === "kept"
    const body = {
      ...record.body,
      deletionProof: known({ provenOn, fileId, text: what }),
      deletionReport: known({
        ...{ how, confirmedBy },
        why: kept ? known(input.why) : NOT_APPLICABLE,
        keptUntil: !kept ? NOT_APPLICABLE : keptUntil === null ? BLANK : known(keptUntil),
      }),
    } as Sharing
    return begin(tx, record, input.title, body, { actor, scene })
  },
})

function faultOf(input: ProofInput, body: Sharing, today: Day): Refusal | null {
  const endedOn = valueOf(body.endsOn)
  if (endedOn === null || today <= endedOn) return refuse("conflict", "conflict.not-ended")
  if (input.provenOn > today) return wrong("provenOn", "invalid.proof-ahead")
  if (input.provenOn < endedOn) return wrong("provenOn", "invalid.proof-before-end")
  if ((input.how === "taken-down") !== (body.mode === "disclose") && input.how !== "kept")
    return wrong("how", body.mode === "disclose" ? "invalid.only-taken-down" : "invalid.not-public")
  if (input.how === "kept" && input.why.trim() === "") return wrong("why", "invalid.kept-why")
  if (input.keptUntil !== null && input.keptUntil <= input.provenOn) return wrong("keptUntil", "invalid.kept-until")
  return null
}

/** The file is one that this person sent: whoever names another's would show it to readers of the sharing. */
async function fileFault(tx: Tx, fileId: string | null, actor: Actor): Promise<Refusal | null> {
  return fileId === null || (await ownFiles(tx, actor.id, [fileId])).length > 0
    ? null
    : wrong("fileId", "invalid.no-such-file")
}

function wrong(path: string, says: string): Refusal {
  return refuse("invalid", "invalid.form", { fields: [{ path, says }] })
}

/** The sharing in force, where this person may know of it. */
async function sharingOf(tx: Tx, id: string, actor: Actor): Promise<RecordOf<"sharing"> | null> {
  const [record] = await loadRecords(tx, [id], null)
  return record?.kind === "sharing" && readable(record, scopeOf(actor)) ? record : null
}

async function begin(
  tx: Tx,
  record: RecordOf<"sharing">,
  named: string,
  body: Sharing,
  { actor, scene }: { actor: Actor; scene: Scene },
): Promise<Outcome<Begun>> {
  const id = newId(scene, "request")
  const { restrictedTo } = record.body
  const set = await withEndingSet(tx, record.id, body, { scope: scopeOf(actor), now: scene.now })
  await insertRequest(tx, {
    ...{ id, title: named.trim(), fold: fold(named.trim()), kind: "change", by: actor.id, at: scene.now, restrictedTo },
  })
  await saveProposals(tx, id, scene.now, [
    {
      ...{ recordId: record.id as string, kind: "sharing", op: "end", baseVersion: record.version, position: 1 },
      body: canonical(record.standing === "ended" ? { ...set, deletionDue: body.deletionDue } : set),
      ...{ discovered: false, importId: null, sheet: null, row: null },
    },
  ])
  return good({ id, recordId: record.id as string })
}
