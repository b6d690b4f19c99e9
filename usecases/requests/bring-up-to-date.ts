import { z } from "zod"
import { addAuthor, draftProposals, saveProposals } from "@/db/statements/requests"
import { versionsOf } from "@/db/statements/versions"
import type { Tx } from "@/db/connect"
import { canonical } from "@/domain/core/canonical"
import type { Instant } from "@/domain/core/instant"
import { good, refuse } from "@/domain/core/outcome"
import { freeVersion } from "@/domain/packs/edit"
import type { AnyRecord } from "@/domain/records/kinds"
import { broughtUpToDate } from "@/domain/records/merge"
import type { OwnPack } from "@/domain/records/own-pack"
import { idOf } from "@/domain/records/parts"
import { besideOf } from "@/usecases/packs/beside"
import { jot } from "@/usecases/jot"
import { readable } from "@/usecases/register/read-record"
import { openVersions } from "@/usecases/register/records"
import { scopeOf } from "@/usecases/scope"
import { editable } from "./draft-request"
import { openDrafts } from "./revision"

/**
 * Lays a proposal of a draft on top of what is in force now, after the ground moved underneath it. Gives the fields
 * that both sides changed, for the author to look at; everything is decided anew once it is submitted again.
 */
export const bringUpToDate = jot({
  name: "request.draft",
  input: z.strictObject({
    requestId: idOf("request"),
    recordId: z.string().max(40),
    /** Fields of which what is in force is taken, and not what was proposed. */
    theirs: z.array(z.string().max(60)).max(200).default([]),
  }),
  run: async (tx, { input, actor, scene }) => {
    const request = await editable(tx, input.requestId, actor)
    if (!request.ok) return request
    const rows = await draftProposals(tx, input.requestId)
    const row = rows.find((one) => one.recordId === input.recordId)
    if (!row || row.op === "create") return refuse("not-found", "not-found")
    const versions = await openVersions(tx, await versionsOf(tx, input.recordId, null))
    const base = versions.find((version) => version.version === row.baseVersion)
    const head = versions[versions.length - 1]
    if (!base || !head) return refuse("not-found", "not-found")
    // What was restricted since, or went to another company, is laid over nothing: it would be read there.
    if (!readable(head, scopeOf(actor))) return refuse("not-found", "not-found")
    if (head.standing === "ended") return refuse("conflict", "conflict.ended-underneath")
    const [mine] = openDrafts([row])
    if (!mine) return refuse("not-found", "not-found")
    const merged = broughtUpToDate(base.body, mine.body, head.body, new Set(input.theirs))
    // What ends a text holds the words of its last version, and a day of its own.
    const body =
      row.op === "end" && head.kind === "pack"
        ? { ...head.body, effectiveFrom: (mine.body as OwnPack).effectiveFrom }
        : await renumbered(tx, merged.body, head, scene.now)
    await addAuthor(tx, input.requestId, actor.id)
    await saveProposals(tx, input.requestId, scene.now, [{ ...row, baseVersion: head.version, body: canonical(body) }])
    return good({ recordId: input.recordId, both: merged.both })
  },
})

/** A version of a pack that is laid on top of another is the next one after it. */
async function renumbered(tx: Tx, body: object, head: AnyRecord, now: Instant): Promise<object> {
  if (head.kind !== "pack") return body
  const beside = await besideOf(tx, head.id, now)
  const all = [...beside.shipped, ...beside.own].filter((one) => one.pack === head.body.pack)
  return { ...body, version: freeVersion(all.map((one) => one.version)), replaces: head.body.version }
}
