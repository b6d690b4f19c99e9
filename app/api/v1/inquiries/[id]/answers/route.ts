import { door } from "@/app/outcome"
import { typedQuery } from "@/domain/inquiries/query-form"
import { answerInquiry } from "@/usecases/inquiries/inquiries"
import { fromOf } from "@/domain/inquiries/place"

const numberOf = (value: unknown): unknown =>
  typeof value === "string" && /^\d{1,9}$/.test(value) ? Number(value) : value

/** The ids of files in what was ticked and what was typed; what is none of either is refused as it stands. */
function filesOf(...values: unknown[]): unknown[] {
  return values.flat().flatMap((value) => {
    if (typeof value !== "string" || value.trim() === "") return []
    return value.match(/\bfil_[0-9a-z]{26}\b/g) ?? [value.trim().slice(0, 40)]
  })
}

/** Answers one question of a letter: `{place, n, prose, query, fileIds}`, or the fields of its form. */
export const POST = door<{ id: string }>({
  input: (sent, { id }, form) =>
    form
      ? {
          ...{ id, place: numberOf(sent.place), n: numberOf(sent.n), prose: sent.prose ?? "" },
          // What is no question is none of the schema's either, and is refused in its words.
          query: typedQuery(sent) === undefined ? "" : typedQuery(sent),
          fileIds: filesOf(sent.files, sent.fileIds),
        }
      : { ...sent, id },
  call: answerInquiry,
  to: (_value, { id }, sent) => {
    const place = Number(sent.place)
    return `/audit/inquiries/${id}${fromOf(place)}#question-${place}`
  },
  status: 201,
})
