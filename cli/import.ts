import { copyFile, mkdir, stat, unlink } from "node:fs/promises"
import { createReadStream } from "node:fs"
import { basename, join, resolve } from "node:path"
import { randomBytes } from "node:crypto"
import { say } from "@/components/words/catalogue"
import type { Id } from "@/domain/core/id"
import { recogniseColumns } from "@/domain/imports/columns"
import { mayAct } from "@/domain/people/permissions"
import { receive } from "@/usecases/files/put-file"
import { doImports } from "@/usecases/imports/jobs"
import { openImport } from "@/usecases/imports/open-import"
import { proposeImport } from "@/usecases/imports/propose-import"
import { badRowsOf, readImport, type BadRow } from "@/usecases/imports/read-import"
import { IMPORT_LIMIT, lookInto } from "@/usecases/imports/read-file"
import { setColumns } from "@/usecases/imports/set-columns"
import { countRows } from "@/usecases/imports/try-import"
import { listEntities } from "@/usecases/people/entities"
import { submitRequest } from "@/usecases/requests/submit-request"
import { newId, type Scene } from "@/usecases/scene"
import type { Call } from "./commands"
import { must, print, Refused } from "./say"
import { commandScene, findPlace } from "./wiring"

type Told = { row: number; column: string | null; message: string }

/**
 * `import FILE [--dry-run] [--entity ID]`: `{rows, valid, invalid, problems: [{row, column, message}]}`, and without
 * `--dry-run` also `request`. Making the request takes a person's token; a dry run keeps nothing.
 */
export async function importFile(call: Call): Promise<void> {
  const [word] = call.words
  if (!word) throw new Refused("Name the file to import: import FILE.")
  const file = resolve(word)
  const size = await stat(file).catch(() => null)
  if (!size?.isFile()) throw new Refused(`There is no file ${file}.`)
  const place = findPlace(call.options.sample ? "sample" : "main")
  try {
    const { scene, close } = await commandScene(place)
    try {
      if (call.options["dry-run"]) await dry(scene, file, call)
      else await real(scene, file, call)
    } finally {
      await close()
    }
  } finally {
    place.leave()
  }
}

async function entityFor(scene: Scene, wanted: string | undefined): Promise<Id<"entity"> | null> {
  if (wanted) return wanted as Id<"entity">
  const entities = must(await listEntities(scene, {}))
  if (entities.length > 1)
    throw new Refused(
      `There are ${entities.length} companies: name one, --entity ID. They are ${entities.map((one) => `${one.id} (${one.entity.legalName})`).join(", ")}.`,
    )
  return (entities[0]?.id as Id<"entity"> | undefined) ?? null
}

async function dry(scene: Scene, file: string, call: Call): Promise<void> {
  if (scene.actor) must(mayAct("import.try", scene.actor))
  else throw new Refused(say("not-allowed.sign-in"))
  const seen = must(await lookInto(file, basename(file)))
  const entityId = (await entityFor(scene, call.options.entity)) ?? newId(scene, "entity")
  const bad: BadRow[] = []
  const counts = must(
    await countRows(
      scene,
      { path: file, name: basename(file) },
      {
        ...{ header: seen.header, sample: [], sheet: seen.sheet, mode: null, kind: null, joins: [] },
        map: recogniseColumns(seen.header, seen.sample),
      },
      entityId,
      { bad: async (list) => void bad.push(...list), progress: async () => undefined },
    ),
  )
  tell(call, { rows: counts.rows, valid: counts.valid, invalid: counts.invalid, problems: toldOf(bad) })
}

async function real(scene: Scene, file: string, call: Call): Promise<void> {
  if (scene.actor?.kind !== "person") throw new Refused(say("not-allowed.needs-person"))
  const entityId = await entityFor(scene, call.options.entity)
  if (!entityId) throw new Refused("No company is in the register yet. An administrator adds the first one.")
  const folder = scene.files.temporary()
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const beside = join(folder, randomBytes(12).toString("hex"))
  await copyFile(file, beside)
  // What is read must not change meanwhile, so a copy is; it is gone once it has been received.
  const received = must(await receive(scene, createReadStream(beside), IMPORT_LIMIT).finally(() => unlink(beside)))
  const { id } = must(await openImport(scene, { name: basename(file), received, entityId }))
  const opened = must(await readImport(scene, { importId: id }))
  must(await setColumns(scene, { importId: id, map: opened.view.settings.map }))
  await settled(scene, id, ["trying", "reading"])
  must(await proposeImport(scene, { importId: id }))
  const { view } = await settled(scene, id, ["proposing", "writing"])
  const request = view.requestId ?? ""
  must(await submitRequest(scene, { requestId: request }))
  const problems = toldOf(must(await badRowsOf(scene, { importId: id })))
  tell(call, { rows: view.counts.rows, valid: view.counts.valid, invalid: view.counts.invalid, problems, request })
}

/** Waits until the import has left the state; does the work itself where no worker runs. */
async function settled(scene: Scene, id: string, states: readonly string[]): Promise<Awaited<ReturnType<typeof read>>> {
  await doImports(scene)
  for (let turn = 0; turn < 600; turn += 1) {
    const page = await read(scene, id)
    if (page.view.problem) throw new Refused(say(page.view.problem.says, page.view.problem.params))
    if (!states.includes(page.view.state)) return page
    await new Promise((done) => setTimeout(done, 200))
  }
  throw new Refused("The import was not done within two minutes; its page shows where it stands.")
}

const read = async (scene: Scene, id: string) => must(await readImport(scene, { importId: id }))

function toldOf(bad: readonly BadRow[]): Told[] {
  return bad.flatMap((one) =>
    one.problems.map(({ column, says, params }) => ({ row: one.row, column, message: say(says, params) })),
  )
}

function tell(
  call: Call,
  out: { rows: number; valid: number; invalid: number; problems: Told[]; request?: string },
): void {
  const lines = out.problems.map((one) => `row ${one.row}${one.column ? `, ${one.column}` : ""}: ${one.message}`)
  const end = out.request ? ` Request ${out.request} is in review.` : " Nothing was kept."
  print(
    call.json,
    out,
    [...lines, `${out.rows} rows, ${out.valid} can be taken, ${out.invalid} have to be mended.${end}`].join("\n"),
  )
}
