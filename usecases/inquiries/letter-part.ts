import { adviceAmong, filesById } from "@/db/statements/files"
import { questionsOf } from "@/db/statements/inquiries"
import type { Db, Tx } from "@/db/connect"
import { canonical } from "@/domain/core/canonical"
import { good, refuse, type Outcome } from "@/domain/core/outcome"
import { letterText, type LetterAnswer, type LetterTold } from "@/domain/inquiries/letter"
import { queryShape } from "@/domain/inquiries/query"
import { once, type PackagePart } from "@/usecases/exports/context"
import type { Actor } from "@/usecases/scene"
import { knownInquiry } from "./inquiries"
import { resultOf } from "./results"

const JSON_FILE = "questions/letter.json"
const TEXT_FILE = "questions/letter.txt"
/** So many ids stand in an answer; of more the package's own records are the list. */
const MOST_IDS = 5_000

export type LetterMore = { parts: readonly PackagePart[]; questions: string }

/** What opens the package of a letter whose answers were released: each question with its answer, records and where their proof is. */
export async function letterMore(tx: Tx, id: string, actor: Actor, db: Db): Promise<Outcome<LetterMore>> {
  const inquiry = await knownInquiry(tx, id, actor)
  if (!inquiry) return refuse("not-found", "not-found")
  if (!inquiry.released) return refuse("conflict", "conflict.inquiry-unreleased")
  const part: PackagePart = async function* (on) {
    const answers: LetterAnswer[] = []
    for (const row of await questionsOf(on.tx, id)) {
      const query = row.query === null ? null : queryShape.parse(JSON.parse(row.query))
      const records: string[] = []
      let [count, more, after]: [number, boolean, string | null] = [0, false, query ? "" : null]
      while (query && after !== null && records.length < MOST_IDS) {
        const page = await resultOf(on.tx, query, {
          db,
          scope: on.scope,
          companies: inquiry.entityIds,
          instant: inquiry.instant,
          after,
          size: 200,
        })
        if (records.length === 0) [count, more] = [page.count, page.more]
        records.push(...page.first.map((one) => one.id))
        after = page.next
        on.step(0)
      }
      const advice = await adviceAmong(on.tx, row.fileIds, null)
      const files = await filesById(
        on.tx,
        row.fileIds.filter((file) => !advice.has(file)),
      )
      answers.push({
        ...{ number: row.number, depth: row.depth, question: row.text, answer: row.prose, query },
        ...(query
          ? { count: after === null ? records.length : count, more: after === null ? false : more, records }
          : {}),
        files: [...files]
          .map(([file, { name, sha256 }]) => ({ id: file, name, sha256 }))
          .sort((a, b) => (a.id < b.id ? -1 : 1)),
      })
    }
    const told: LetterTold = {
      ...{ authority: inquiry.authority, reference: inquiry.reference, before: inquiry.before },
      ...{ receivedOn: inquiry.receivedOn, dueOn: inquiry.dueOn, entities: inquiry.entityIds, asOf: inquiry.instant },
      ...{ id, releasedAt: inquiry.releasedAt, releaseIndex: inquiry.releaseIndex, answers },
    }
    yield { name: JSON_FILE, text: once(`${canonical(told)}\n`) }
    yield { name: TEXT_FILE, text: once(letterText(told)) }
  }
  return good({ parts: [part], questions: TEXT_FILE })
}
