import { clausesAddress } from "@/components/papers/address"
import { door } from "@/app/outcome"
import { markClause } from "@/usecases/papers/mark-clause"

type Params = { id: string; recordId: string }

/** Ties a clause of a paper in a draft to a place in a file. A form says the page as text. */
export const POST = door<Params>({
  input: (sent, { id, recordId }, form) => ({
    ...(form ? fromForm(sent) : sent),
    requestId: id,
    recordId,
  }),
  call: markClause,
  // The next clause that is open is asked for; the page stays where the reader is.
  to: (_value, { id, recordId }, { fileId, page, item }) => clausesAddress(id, recordId, { fileId, page, done: item }),
})

function fromForm({ item, verdict, fileId, page, quote, area }: Record<string, unknown>): Record<string, unknown> {
  return {
    item,
    verdict,
    ...(fileId ? { fileId } : {}),
    ...(typeof page === "string" && page.trim() !== "" ? { page: Number(page) } : {}),
    ...(typeof quote === "string" ? { quote } : {}),
    ...(typeof area === "string" && area !== "" ? { area: parsed(area) } : {}),
  }
}

/** The part of a page, as the reader wrote it into the form; anything else is refused by its shape. */
function parsed(area: string): unknown {
  try {
    return JSON.parse(area)
  } catch {
    return area
  }
}
