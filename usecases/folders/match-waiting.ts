import { sql, type SQL } from "drizzle-orm"
import { entityNames } from "@/db/statements/entities"
import { textArray } from "@/db/statements/log"
import {
  claimFolderFiles,
  noteMatched,
  papersToMatch,
  papersWithFile,
  partyNames,
  waitAgain,
  type ToRead,
} from "@/db/statements/folders"
import { heldRoles } from "@/db/statements/people"
import type { Id } from "@/domain/core/id"
import { plusMillis } from "@/domain/core/instant"
import { KnownPapers } from "@/domain/matching/known"
import { matchFile } from "@/domain/matching/match"
import { mayAct } from "@/domain/people/permissions"
import { paperText } from "@/usecases/papers/paper-text"
import { inScope } from "@/usecases/register/list-records"
import { clockNow, type Actor, type Scene } from "@/usecases/scene"
import { inEntities, scopeOf, unrestricted, type Scope } from "@/usecases/scope"

/** So many are taken at once. */
const BATCH = 50
/** So long what was read of the register serves for more files of the same person. */
const FRESH = 60_000
/** So long a file that cannot be read now waits for its next turn. */
const AGAIN = 30_000

/**
 * The worker's part: reads the files that wait in folders, each as the person who laid it there, and looks up to which
 * agreements of theirs it may belong. Gives how many were read.
 */
export async function matchWaiting(scene: Scene, stop?: AbortSignal): Promise<number> {
  let done = 0
  const kept = new Map<string, { at: number; known: KnownPapers }>()
  while (!stop?.aborted) {
    const taken = await claimFolderFiles(scene.db, clockNow(), BATCH)
    const [first] = taken
    if (!first) return done
    const actor = await ownerOf(scene, first.byPerson)
    const mine: Scene = { ...scene, now: clockNow(), actor }
    const may = mayAct("folder.match", actor).ok
    const before = kept.get(first.byPerson)
    const fresh = before && Date.now() - before.at < FRESH ? before : null
    const known = may ? (fresh?.known ?? (await knownTo(mine, scopeOf(actor)))) : null
    // One person's at a time: a register is large.
    if (!fresh) kept.clear()
    if (known && !fresh) kept.set(first.byPerson, { at: Date.now(), known })
    // Two are read at once, each in a process of its own.
    const left = [...taken]
    const one = async (): Promise<void> => {
      for (let next = left.shift(); next; next = left.shift()) {
        if (!known || stop?.aborted || !(await matchOne(mine, known, next)))
          await waitAgain(scene.db, next, plusMillis(clockNow(), known ? AGAIN : AGAIN * 20))
        else done += 1
      }
    }
    await Promise.all([one(), one()])
  }
  return done
}

async function ownerOf(scene: Scene, id: string): Promise<Actor & { kind: "person" }> {
  const held = await heldRoles(scene.db, id, clockNow())
  return { kind: "person", id: id as Id<"person">, name: "", held, via: "page", session: null }
}

/** Agreements that this person may read, with the names and days that a file may be known by: one reading for many files. */
export async function knownTo(scene: Pick<Scene, "db">, scope: Scope): Promise<KnownPapers> {
  return scene.db.transaction(
    async (tx) => {
      const papers = await papersToMatch(tx, readablePapers(scope))
      const parties = await partyNames(tx, inScope("parties", scope, null))
      const entities = Object.entries(await entityNames(tx))
      return new KnownPapers(
        papers,
        parties,
        entities.map(([id, name]) => ({ id, names: [name] })),
      )
    },
    { isolationLevel: "repeatable read", accessMode: "read only" },
  )
}

/** An agreement of several companies is read in each of them. */
function readablePapers(scope: Scope): SQL {
  const named = unrestricted(scope, sql`r.restricted_to`)
  if (scope.entities === null) return named
  return sql`${named} and (${inEntities(scope, sql`r.entity_id`)}
    or coalesce(b.j -> 'furtherEntities', '[]'::jsonb) ?| ${textArray(scope.entities)}::text[])`
}

/** Reads one file and looks it up; false: it cannot be read now. */
async function matchOne(scene: Scene, known: KnownPapers, of: ToRead): Promise<boolean> {
  try {
    const text = await paperText(scene, { fileId: of.fileId })
    const lost = !text.ok && (text.says === "conflict.file-infected" || text.says === "conflict.file-damaged")
    if (!text.ok && !lost) return false
    const read = text.ok ? text.value : null
    const scope = scopeOf(scene.actor as Actor)
    const same = await papersWithFile(scene.db, {
      ...{ sha256: of.sha256, words: read?.words ?? null, reader: scope.personId, legalAdvice: scope.legalAdvice },
    })
    const found = matchFile(known, {
      name: of.name,
      pages: read?.pages ?? [],
      sameBytes: same.flatMap(({ id, sameBytes }) => (sameBytes ? [id] : [])),
      sameWords: same.map(({ id }) => id),
    })
    const none = read?.state === "read" && read.words === null
    await noteMatched(scene.db, of, {
      says: text.ok
        ? none
          ? "folder.no-text"
          : read?.state === "read"
            ? null
            : `folder.text.${read?.state}`
        : text.says,
      pages: read?.count ?? null,
      ...found,
    })
    return true
  } catch (broken) {
    // One file that breaks the reader must not keep the others waiting; the trace goes to whoever runs the machine.
    process.stderr.write(`folder ${of.folderId} ${of.line}: ${broken instanceof Error ? (broken.stack ?? "") : "?"}\n`)
    return false
  }
}
