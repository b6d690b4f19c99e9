import { z } from "zod"
import type { CoverRow } from "@/db/statements/coverage"
import { dayIn } from "@/domain/core/day"
import type { Id } from "@/domain/core/id"
import type { Instant } from "@/domain/core/instant"
import { approvalOf, type Approval } from "@/domain/coverage/approval"
import type { Coverage } from "@/domain/coverage/coverage"
import type { Entity } from "@/domain/records/evidence"

/** A sharing as a row of a picture of days; `coverage` null where nothing had been judged at the instant. */
export type CoverLine = {
  id: string
  title: string
  standing: string
  underDemand: boolean
  entityId: string
  partyId: string | null
  partyName: string | null
  coverage: Coverage | null
  approval: Approval
}

/** Reads a stored row: what was judged then, and the days of its standings in its company's zone. */
export function coverLine(row: CoverRow, entities: ReadonlyMap<Id<"entity">, Entity>): CoverLine {
  const coverage = row.coverage === null ? null : (JSON.parse(row.coverage) as Coverage)
  const zone = entities.get(row.entityId as Id<"entity">)?.zone ?? "UTC"
  const versions = row.versions.map(({ at, standing }) => ({ from: dayIn(zone, at as Instant), standing }))
  return {
    id: row.id,
    title: row.title,
    standing: row.standing,
    underDemand: row.underDemand,
    entityId: row.entityId,
    partyId: row.partyId,
    partyName: row.partyName,
    coverage,
    approval: approvalOf(versions, coverage?.own ?? []),
  }
}

const shape = z.tuple([z.string().max(1000), z.string().regex(/^shr_[0-9a-z]{26}$/)])

/** The place in a list after which the next page begins; null where the word is none. */
export function readCursor(text: string): { key: string; id: string } | null {
  try {
    const read = shape.safeParse(JSON.parse(Buffer.from(text, "base64url").toString("utf8")))
    return read.success ? { key: read.data[0], id: read.data[1] } : null
  } catch {
    return null
  }
}

/** The word for a place in a list. */
export function writeCursor(key: string, id: string): string {
  return Buffer.from(JSON.stringify([key, id]), "utf8").toString("base64url")
}
