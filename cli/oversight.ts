import { copyFile, readFile, rename, unlink } from "node:fs/promises"
import { resolve } from "node:path"
import { coverageWords } from "@/components/checks/coverage-words"
import { findingWords } from "@/components/checks/finding-words"
import { parseDay, type Day } from "@/domain/core/day"
import type { Instant } from "@/domain/core/instant"
import { stateOn } from "@/domain/coverage/coverage"
import { readBoard } from "@/usecases/promises/read-board"
import { readRecord } from "@/usecases/register/read-record"
import { parseAsOf } from "@/usecases/register/as-of"
import { listClauses, listFindings, type FindingsPage } from "@/usecases/checks/list-findings"
import { exportRegister } from "@/usecases/exports/export-register"
import type { Scene } from "@/usecases/scene"
import type { Call } from "./commands"
import { must, print, Refused } from "./say"
import { commandScene, findPlace, signerOf, NO_KEY, type Place } from "./wiring"

/** Runs a command on the register that the options name, and leaves it again. */
export async function inPlace(call: Call, run: (scene: Scene, place: Place) => Promise<void>): Promise<void> {
  const place = findPlace(call.options.sample ? "sample" : "main")
  try {
    const { scene, close } = await commandScene(place)
    try {
      await run(scene, place)
    } finally {
      await close()
    }
  } finally {
    place.leave()
  }
}

/** `clauses`: `[{pack, version, id, severity, check, effectiveFrom, effectiveTo}]`. */
export async function clauses(call: Call): Promise<void> {
  await inPlace(call, async (scene) => {
    const all = must(await listClauses(scene, {}))
    const out = all.map(({ pack, version, id, severity, check, effectiveFrom, effectiveTo }) => ({
      ...{ pack, version, id, severity, check, effectiveFrom, effectiveTo },
    }))
    print(call.json, out, all.map((one) => `${one.id}\t${one.severity}\t${one.title}`).join("\n"))
  })
}

/**
 * `findings [--as-of INSTANT] [--on DAY]`: `[{clause, severity, recordKind, recordId, message}]`, those that stand on the
 * day (today in each company's zone), as known now or at the instant.
 */
export async function findings(call: Call): Promise<void> {
  const asOf = instantIn(call.options["as-of"])
  const on = dayIn(call.options.on)
  await inPlace(call, async (scene) => {
    const out: { clause: string; severity: string; recordKind: string; recordId: string; message: string }[] = []
    for (const severity of ["blocking", "warning", "advice"] as const) {
      let after = ""
      do {
        const page: FindingsPage = must(
          await listFindings(scene, { severity, after, size: 500, facets: false, asOf, on }),
        )
        for (const one of page.findings)
          out.push({
            ...{ clause: one.clause, severity: one.severity, recordKind: one.recordKind, recordId: one.recordId },
            message: findingWords(one),
          })
        after = page.next ?? ""
      } while (after !== "")
    }
    print(
      call.json,
      out,
      out.map((one) => `${one.severity}\t${one.clause}\t${one.recordId}\t${one.message}`).join("\n"),
    )
  })
}

/** The instant that an option names; none where it is not there. */
export function instantIn(wanted: string | undefined): Instant | null {
  const asOf = parseAsOf(wanted ?? "")
  if (wanted && asOf === null)
    throw new Refused(`"${wanted}" is no instant: write it as 2026-03-31T12:00:00Z, or as a day, 2026-03-31.`)
  return asOf
}

/** The day that an option names; none where it is not there. */
export function dayIn(wanted: string | undefined): Day | null {
  const on = parseDay(wanted ?? "")
  if (wanted && on === null) throw new Refused(`"${wanted}" is no day: write it as 2026-03-31.`)
  return on
}

/**
 * `coverage SHARING [--as-of INSTANT] [--on DAY]`: `{sharing, today, state, own, ground, paper, mechanism, covered, gaps}`,
 * stretches with their first day and the first day after; null is open.
 */
export async function coverage(call: Call): Promise<void> {
  const [id] = call.words
  if (!id) throw new Refused("Name the sharing: coverage SHARING.")
  const asOf = instantIn(call.options["as-of"])
  const on = dayIn(call.options.on)
  await inPlace(call, async (scene) => {
    const page = must(await readRecord(scene, { id, asOf, on }))
    if (!page.coverage) throw new Refused(`${id} is no sharing. Only a sharing is covered or not.`)
    const { own, ground, paper, mechanism, covered, gaps } = page.coverage
    const state = stateOn(page.coverage, page.today)
    print(
      call.json,
      { sharing: id, today: page.today, state, own, ground, paper, mechanism, covered, gaps },
      coverageWords(page.coverage).join("\n"),
    )
  })
}

/** `promises [--as-of INSTANT] [--on DAY]`: `[{pack, clause, state, evidenced, notEvidenced, unknown, since}]`. */
export async function promises(call: Call): Promise<void> {
  const asOf = instantIn(call.options["as-of"])
  const on = dayIn(call.options.on)
  await inPlace(call, async (scene) => {
    const board = must(await readBoard(scene, { asOf, on, months: 0 }))
    const out = board.lines.map(({ pack, clause, state, counts, since }) => ({
      ...{ pack, clause: clause.id, state, evidenced: counts.e, notEvidenced: counts.n, unknown: counts.u, since },
    }))
    print(
      call.json,
      out,
      out.map((one) => `${one.clause}\t${one.state}\t${one.notEvidenced}\t${one.unknown}\t${one.evidenced}`).join("\n"),
    )
  })
}

/**
 * `export [--as-of INSTANT] [--entity E] [--kind K]... [--addressee A --approval N | --reasons R] [--order FILE] --out FILE`:
 * `{file, sha256, records, bytes, asOf}`, the records as the manifest counts them. An order is JSON as the API takes it: scope, redactions,
 * files, mainland. The three options say what is asked where one of the companies is in the Chinese mainland.
 */
export async function exportTo(call: Call): Promise<void> {
  const { out, "as-of": wanted, entity, kind, order } = call.options
  if (!out) throw new Refused("Name the file to write: export --out FILE.")
  const asOf = instantIn(wanted)
  const asked = order ? orderIn(await readFile(order, "utf8")) : {}
  const scope = {
    ...(asked.scope as object | undefined),
    ...(entity ? { entities: [entity] } : {}),
    ...(kind ? { kinds: kind } : {}),
  }
  const { addressee, approval, reasons } = call.options
  const said = { addressee, approval, reasons }
  const mainland = Object.values(said).some((one) => one !== undefined)
    ? { mainland: { ...(asked.mainland as object | undefined), ...said } }
    : {}
  await inPlace(call, async (scene, place) => {
    const signer = await signerOf(scene.db, place.keys)
    if (!signer) throw new Refused(NO_KEY)
    const made = must(await exportRegister(scene, signer, { ...asked, ...mainland, scope, asOf }))
    const file = resolve(out)
    // Whole or not at all, also where the disk is full.
    const beside = `${file}.${process.pid}.part`
    try {
      await copyFile(made.path, beside)
      await rename(beside, file)
    } finally {
      await unlink(made.path)
      await unlink(beside).catch(() => undefined)
    }
    print(
      call.json,
      { file, sha256: made.sha256, records: made.records, bytes: made.bytes, asOf: made.asOf },
      `Exported ${made.records} records as of ${made.asOf} to ${file}; SHA-256 ${made.sha256}.`,
    )
  })
}

function orderIn(text: string): Record<string, unknown> {
  try {
    const found: unknown = JSON.parse(text)
    if (typeof found === "object" && found !== null && !Array.isArray(found)) return found as Record<string, unknown>
  } catch {
    // Said below.
  }
  throw new Refused("The order is no JSON object: give scope, redactions, files as the API takes them.")
}
