import { sql, type SQL } from "drizzle-orm"
import { z } from "zod"
import {
  insertLines,
  insertReconciliation,
  linesPage,
  lineSums,
  markBegun,
  markNotSame,
  moveReconciliation,
  readReconciliation,
  reconciliationsPage,
  type LineRow,
  type ReconciliationRow,
  type ReconciliationTotals,
} from "@/db/statements/reconciliations"
import { addAuthor, insertRequest, saveProposals } from "@/db/statements/requests"
import { canonical } from "@/domain/core/canonical"
import { fold } from "@/domain/core/fold"
import { good, refuse, type Outcome } from "@/domain/core/outcome"
import { mayAct } from "@/domain/people/permissions"
import { csvLine, CSV_BEGINS } from "@/domain/exports/cell"
import { onePerName, proposedParty } from "@/domain/reconcile/proposed-party"
import { readPasted } from "@/domain/reconcile/read-list"
import { GROUPS, type Group } from "@/domain/reconcile/reconcile"
import { idOf, text } from "@/domain/records/parts"
import { discard, putFile, type Received } from "@/usecases/files/put-file"
import { jot } from "@/usecases/jot"
import { look } from "@/usecases/look"
import { newId, type Actor, type Scene } from "@/usecases/scene"
import { scopeOf } from "@/usecases/scope"
import { matchLines } from "./match-lines"

/** Up to so many lines are looked up at once; more are the worker's. */
const AT_ONCE = 300
/** Most suppliers that one request proposes. */
const IN_ONE_REQUEST = 2_000

/** A list is known to who made it, and to those who work for the whole group. */
function who(actor: Actor): SQL {
  return scopeOf(actor).entities === null ? sql`true` : sql`r.by_person = ${actor.id}`
}

const title = text(300).refine((value) => value.trim().length > 0, "invalid.required")

/** Holds a pasted list against the register. It is small and bounded, so it is read here. */
export const pasteList = jot({
  name: "import.make",
  input: z.strictObject({ name: title, list: z.string().max(400_000, "invalid.tooLong") }),
  run: async (tx, { input, actor, scene }) => {
    const { lines, empty, more } = readPasted(input.list)
    if (lines.length === 0)
      return refuse("invalid", "reconcile.nobody", { fields: [{ path: "list", says: "reconcile.nobody" }] })
    const id = newId(scene, "reconciliation")
    const at = scene.now
    const now = lines.length <= AT_ONCE
    const counts = { empty, more }
    await insertReconciliation(tx, {
      ...{ id, name: input.name, byPerson: actor.id, at, sha256: null, state: now ? "done" : "waiting", counts },
    })
    await insertLines(tx, id, lines)
    if (now) {
      await matchLines(tx, id)
      await moveReconciliation(tx, id, { state: "done", lookedAt: at })
    }
    return good({ id: id as string })
  },
})

/** Takes a received file as a list; the worker reads it. */
export async function openList(
  scene: Scene,
  sent: { name: string; received: Received },
): Promise<Outcome<{ id: string }>> {
  const may = scene.actor ? mayAct("import.make", scene.actor) : refuse("not-allowed", "not-allowed.sign-in")
  if (!may.ok) {
    await discard(scene, sent.received)
    return may
  }
  const kept = await putFile(scene, { name: sent.name, use: "import", received: sent.received })
  if (kept.ok) return putDown(scene, { name: kept.value.name, sha256: kept.value.sha256 })
  await discard(scene, sent.received)
  return kept
}

const putDown = jot({
  name: "import.make",
  input: z.strictObject({ name: text(300), sha256: z.string().length(64) }),
  run: async (tx, { input, actor, scene }) => {
    const id: string = newId(scene, "reconciliation")
    const counts = { empty: 0, more: false }
    await insertReconciliation(tx, {
      ...{ id, name: input.name, byPerson: actor.id, at: scene.now, sha256: input.sha256, state: "waiting", counts },
    })
    return good({ id })
  },
})

const idInput = z.strictObject({ id: idOf("reconciliation") })

/** Holds a list against the register once more, as it stands now. */
export const reconcileAgain = jot({
  name: "import.make",
  input: idInput,
  run: async (tx, { input, actor, scene }) => {
    const found = await readReconciliation(tx, input.id, who(actor), true)
    if (!found) return refuse("not-found", "not-found")
    if (found.state !== "done") return refuse("conflict", "conflict.import-busy")
    const sums = await lineSums(tx, found.id)
    const now = sums.reduce((all, item) => all + item.n, 0) <= AT_ONCE
    if (now) await matchLines(tx, found.id)
    await moveReconciliation(tx, found.id, {
      state: now ? "done" : "waiting",
      ...(now ? { lookedAt: scene.now } : {}),
    })
    return good({ id: found.id })
  },
})

/** Says that a similar party is another: the line is unmatched, and that party is not guessed again. */
export const notTheSame = jot({
  name: "import.make",
  input: z.strictObject({ id: idOf("reconciliation"), line: z.coerce.number().int().min(1) }),
  run: async (tx, { input, actor }) => {
    const found = await readReconciliation(tx, input.id, who(actor), true)
    if (!found || !(await markNotSame(tx, found.id, input.line))) return refuse("not-found", "not-found")
    return good({ id: found.id })
  },
})

/**
 * Begins one request that proposes unmatched suppliers as not decided yet: those of the lines, or all (no lines). Who is
 * in a request that is still under way is not proposed twice.
 */
export const beginUnmatched = jot({
  name: "request.draft",
  input: z.strictObject({
    id: idOf("reconciliation"),
    title,
    lines: z.array(z.coerce.number().int().min(1)).max(20_000).nullable().default(null),
  }),
  run: async (tx, { input, actor, scene }) => {
    const may = mayAct("import.make", actor.kind === "person" ? { kind: "person", held: actor.held } : actor)
    if (!may.ok) return may
    const list = await readReconciliation(tx, input.id, who(actor), true)
    if (!list) return refuse("not-found", "not-found")
    const only = input.lines ? { only: input.lines } : {}
    const open = (await linesPage(tx, list.id, { landed: "unmatched", after: 0, limit: 20_000, ...only })).filter(
      (line) => line.requestId === null || line.requestOver,
    )
    const suppliers = onePerName(open).slice(0, IN_ONE_REQUEST)
    if (suppliers.length === 0) return refuse("invalid", "reconcile.none-left")
    const id = newId(scene, "request")
    await insertRequest(tx, {
      ...{ id, title: input.title, fold: fold(input.title), kind: "change", by: actor.id, at: scene.now },
      restrictedTo: null,
    })
    await addAuthor(tx, id, actor.id)
    await saveProposals(
      tx,
      id,
      scene.now,
      suppliers.map(({ first }, i) => ({
        ...{ recordId: newId(scene, "party"), kind: "party", op: "create", baseVersion: null, position: i + 1 },
        body: canonical(proposedParty(first, list.name)),
        ...{ discovered: false, importId: null, sheet: null, row: null },
      })),
    )
    await markBegun(
      tx,
      list.id,
      suppliers.flatMap((one) => one.all),
      id,
    )
    return good({ id: id as string, suppliers: suppliers.length })
  },
})

const listInput = z.strictObject({ before: z.string().max(80).default("") })

/** The lists that were held against the register, the newest first. */
export const listReconciliations = look<
  z.output<typeof listInput>,
  { lists: ReconciliationTotals[]; next: string | null }
>({
  name: "import.make",
  input: listInput as unknown as z.ZodType<z.output<typeof listInput>>,
  run: async (tx, { input, actor }) => {
    const [, at, id] = /^(\d{4}-\d{2}-\d{2}T[\d:.]+Z)~(rcn_[0-9a-z]{26})$/.exec(input.before) ?? []
    const found = await reconciliationsPage(tx, who(actor), at && id ? { at, id } : null, SIZE + 1)
    const lists = found.slice(0, SIZE)
    const last = lists[lists.length - 1]
    return good({ lists, next: found.length > SIZE && last ? `${last.at}~${last.id}` : null })
  },
})
const SIZE = 20
const LINES = 100

export type ReconciliationPage = {
  list: ReconciliationRow
  sums: Record<Group, number>
  similar: number
  /** Unmatched lines that a request under way proposes. */
  begun: number
  lines: LineRow[]
  next: number | null
}

const oneInput = z.strictObject({
  id: idOf("reconciliation"),
  group: z.enum(GROUPS).nullable().default(null),
  after: z.int().min(0).default(0),
})

/** One list: where each line landed, and the sums. */
export const readList = look<z.output<typeof oneInput>, ReconciliationPage>({
  name: "import.make",
  input: oneInput as unknown as z.ZodType<z.output<typeof oneInput>>,
  run: async (tx, { input, actor }) => {
    const list = await readReconciliation(tx, input.id, who(actor))
    if (!list) return refuse("not-found", "not-found")
    const sums = await lineSums(tx, list.id)
    const of = (group: Group) => sums.find((item) => item.landed === group)
    const found = await linesPage(tx, list.id, { landed: input.group, after: input.after, limit: LINES + 1 })
    const lines = found.slice(0, LINES)
    return good({
      list,
      sums: Object.fromEntries(GROUPS.map((group) => [group, of(group)?.n ?? 0])) as Record<Group, number>,
      similar: sums.reduce((all, item) => all + item.similar, 0),
      begun: of("unmatched")?.begun ?? 0,
      lines,
      next: found.length > LINES ? (lines[lines.length - 1]?.line ?? null) : null,
    })
  },
})

const HEAD = [
  "line",
  "supplier",
  "country",
  "numbers",
  "hosts",
  "landed",
  "party",
  "partyId",
  "how",
  "foundBy",
  "request",
]

/** A list with where each line landed, as CSV in which no cell runs a formula. */
export const listCsv = look<z.output<typeof idInput>, { csv: string; name: string }>({
  name: "import.make",
  input: idInput,
  run: async (tx, { input, actor }) => {
    const list = await readReconciliation(tx, input.id, who(actor))
    if (!list) return refuse("not-found", "not-found")
    const out = [CSV_BEGINS, csvLine(HEAD)]
    for (let after = 0; ;) {
      const lines = await linesPage(tx, list.id, { landed: null, after, limit: 1000 })
      const last = lines[lines.length - 1]
      if (!last) break
      after = last.line
      for (const line of lines)
        out.push(
          csvLine([
            ...[String(line.line), line.name, line.country ?? "", line.numbers.join("; "), line.hosts.join("; ")],
            ...[line.landed, line.partyName ?? "", line.partyId ?? "", line.how ?? "", line.foundBy ?? ""],
            line.requestNo === null ? "" : `R-${line.requestNo}`,
          ]),
        )
    }
    return good({ csv: out.join(""), name: list.name })
  },
})
