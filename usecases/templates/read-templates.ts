import { z } from "zod"
import { listEntityIds } from "@/db/statements/entities"
import {
  lastOfKind,
  templatePage,
  templateVersions,
  type TemplateLine,
  type TemplateRow,
} from "@/db/statements/templates"
import { disclosed } from "@/db/statements/versions"
import type { Id } from "@/domain/core/id"
import { good, refuse } from "@/domain/core/outcome"
import { holdsRole } from "@/domain/people/permissions"
import { idOf, oneOf } from "@/domain/records/parts"
import { itemsIn, readMarkup } from "@/domain/templates/markup"
import type { Template } from "@/domain/templates/template"
import { AGREEMENT_KINDS } from "@/domain/vocabulary/agreements"
import { readable } from "@/usecases/register/read-record"
import { loadRecords } from "@/usecases/register/records"
import { look } from "@/usecases/look"
import { mayDecide, templateIn } from "./templates"

const PAGE = 50

export type TemplatesPage = { lines: TemplateLine[]; page: number; more: boolean }

/** Our templates by name, a page of fifty. */
export const listTemplates = look<{ page: number }, TemplatesPage>({
  name: "template.read",
  input: z.strictObject({ page: z.coerce.number().int().min(1).max(10_000).default(1) }) as unknown as z.ZodType<{
    page: number
  }>,
  run: async (tx, { input: { page } }) => {
    const lines = await templatePage(tx, (page - 1) * PAGE, PAGE + 1)
    return good({ lines: lines.slice(0, PAGE), page, more: lines.length > PAGE })
  },
})

/** A version as it is shown. */
export type VersionLine = Omit<TemplateRow, "body"> & { template: Template; items: string[] }

export type TemplatePage = {
  id: string
  versions: VersionLine[]
  /** The version from which papers are made; null: none was approved, or it is retired. */
  inForce: VersionLine | null
  waiting: VersionLine | null
  /** What this person may do with the version that waits. */
  may: "decide" | "withdraw" | null
  proposes: boolean
}

/** A template with all its versions. */
export const readTemplate = look<{ id: Id<"template"> }, TemplatePage>({
  name: "template.read",
  input: z.strictObject({ id: idOf("template") }) as unknown as z.ZodType<{ id: Id<"template"> }>,
  about: ({ id }) => [{ type: "template", id }],
  run: async (tx, { input: { id }, actor }) => {
    const rows = await templateVersions(tx, id)
    if (rows.length === 0) return refuse("not-found", "not-found")
    const words = await disclosed(
      tx,
      rows.flatMap(({ decidedReason }) => decidedReason ?? []),
    )
    const versions = rows.map(({ body, ...row }): VersionLine => {
      const template = templateIn({ body })
      const decidedReason = row.decidedReason ? (words.get(row.decidedReason) ?? "[erased]") : null
      return { ...row, decidedReason, template, items: itemsIn(readMarkup(template.kind, template.text).lines) }
    })
    const waiting = rows.find(({ verdict }) => verdict === null)
    const entityIds = await listEntityIds(tx)
    const person = actor.kind === "person" ? actor : null
    const may =
      waiting && person
        ? waiting.byPerson === person.id
          ? "withdraw"
          : mayDecide(person, waiting, entityIds)
            ? "decide"
            : null
        : null
    const last = versions[0]?.template.entityIds ?? []
    const proposes = person !== null && (last.length ? last : entityIds).every((one) => holdsRole(person, "legal", one))
    return good({
      ...{ id, versions, may, proposes },
      inForce: versions.find(({ verdict }) => verdict === "approved") ?? null,
      waiting: versions.find(({ verdict }) => verdict === null) ?? null,
    })
  },
})

export type Choice = { id: string; title: string }

/** Agreements in force of a kind, those that changed last first, to see a template with their data. At most a hundred. */
export const agreementsToTry = look<{ kind: string }, Choice[]>({
  name: "template.read",
  input: z.strictObject({ kind: oneOf(AGREEMENT_KINDS) }) as unknown as z.ZodType<{ kind: string }>,
  run: async (tx, { input: { kind }, scope }) => {
    const found = await loadRecords(tx, await lastOfKind(tx, kind, 200), null)
    const read = found.filter((record) => record.standing !== "ended" && readable(record, scope))
    return good(
      read
        .slice(0, 100)
        .flatMap((record) => (record.kind === "agreement" ? [{ id: record.id, title: record.body.title }] : [])),
    )
  },
})
