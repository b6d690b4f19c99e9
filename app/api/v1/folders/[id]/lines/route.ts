import { door } from "@/app/outcome"
import { chooseLine } from "@/usecases/folders/decide-lines"

const number = (value: unknown): number => (/^\d{1,6}$/.test(String(value ?? "")) ? Number(value) : 0)

/** Says of one file of a folder to which agreement it belongs, that it is set aside, or that it is open again. */
export const POST = door<{ id: string }>({
  input: ({ line, choice, agreementId }, { id }) => ({
    ...{ id, line, choice },
    agreementId: typeof agreementId === "string" && agreementId !== "" ? agreementId : null,
  }),
  call: chooseLine,
  to: (value: { line: number }, { id }, sent) => {
    const back = new URLSearchParams()
    if (typeof sent.view === "string" && /^[a-z]{1,20}$/.test(sent.view) && sent.view !== "all")
      back.set("view", sent.view)
    const after = number(sent.after)
    if (after > 0) back.set("after", String(after))
    return `/agreements/folders/${id}${back.size ? `?${back}` : ""}#line-${value.line}`
  },
})
