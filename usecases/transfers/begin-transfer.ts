import { z } from "zod"
import { insertRequest, saveProposals, type ProposalRow } from "@/db/statements/requests"
import { canonical } from "@/domain/core/canonical"
import { fold } from "@/domain/core/fold"
import { good, refuse } from "@/domain/core/outcome"
import { dayShape, idOf, text } from "@/domain/records/parts"
import type { RecordOf } from "@/domain/records/kinds"
import { endedByTransfer, transferOf } from "@/domain/transfers/transfer-set"
import { jot } from "@/usecases/jot"
import { loadRecords } from "@/usecases/register/records"
import { readable } from "@/usecases/register/read-record"
import { newId } from "@/usecases/scene"
import { scopeOf } from "@/usecases/scope"

const said = text(200).refine((value) => value.trim().length > 0, "invalid.required")

const input = z.strictObject({
  partyId: idOf("party"),
  flows: z.array(idOf("sharing")).min(1, "invalid.no-flows").max(200),
  name: said,
  closingOn: dayShape,
  noticeOn: dayShape.nullable().default(null),
  objectionWeeks: z.int().min(0).max(520).nullable().default(null),
  reconsentOn: dayShape.nullable().default(null),
  /** Whether the flows themselves end the day before the closing. */
  endFlows: z.boolean().default(false),
  title: text(300).refine((value) => value.trim().length > 0, "invalid.required"),
})
type Input = z.output<typeof input>

/**
 * Begins one request that holds a transfer of control as a set: for each flow chosen the transfer of its data to the
 * successor on the closing day. What is kept to named persons goes in a set of its own.
 */
export const beginTransfer = jot<Input, { id: string; records: number }>({
  name: "request.draft",
  input: input as unknown as z.ZodType<Input>,
  run: async (tx, { input: asked, actor, scene }) => {
    const scope = scopeOf(actor)
    const found = (await loadRecords(tx, [asked.partyId, ...asked.flows], null)).filter((one) => readable(one, scope))
    const party = found.find((one) => one.kind === "party")
    const flows = found.filter((one) => one.kind === "sharing") as unknown as RecordOf<"sharing">[]
    if (!party || flows.length !== new Set(asked.flows).size) return refuse("not-found", "not-found")
    if (party.standing === "ended" || flows.some((one) => one.standing === "ended"))
      return refuse("conflict", "conflict.already-over")
    if (asked.noticeOn !== null && asked.closingOn < asked.noticeOn)
      return refuse("invalid", "invalid.form", {
        fields: [{ path: "closingOn", says: "invalid.closing-before-notice" }],
      })
    const set = { ...asked, name: asked.name.trim() }
    const rest = { discovered: false, importId: null, sheet: null, row: null }
    const proposals = flows.flatMap((flow): Omit<ProposalRow, "position">[] => [
      {
        ...{ recordId: newId(scene, "sharing") as string, kind: "sharing", op: "create", baseVersion: null },
        ...{ body: canonical(transferOf(flow, set)), ...rest },
      },
      ...(asked.endFlows
        ? [
            {
              ...{ recordId: flow.id as string, kind: "sharing" as const, op: "end" as const },
              ...{ baseVersion: flow.version, body: canonical(endedByTransfer(flow.body, asked.closingOn)), ...rest },
            },
          ]
        : []),
    ])
    const id = newId(scene, "request")
    const title = asked.title.trim()
    const restrictedTo =
      party.body.restrictedTo ?? flows.find((one) => one.body.restrictedTo)?.body.restrictedTo ?? null
    await insertRequest(tx, {
      ...{ id, title, fold: fold(title), kind: "change", by: actor.id, at: scene.now, restrictedTo },
    })
    await saveProposals(
      tx,
      id,
      scene.now,
      proposals.map((one, i) => ({ ...one, position: i + 1 })),
    )
    return good({ id, records: proposals.length })
  },
})
