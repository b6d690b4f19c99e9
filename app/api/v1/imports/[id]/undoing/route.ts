import { door } from "@/app/outcome"
import { say } from "@/components/words/catalogue"
import { undoImport } from "@/usecases/imports/propose-import"

/** Begins one request that ends what the import brought into force and nobody changed since. */
export const POST = door<{ id: string }>({
  input: (sent, params) => ({
    importId: params.id,
    title: typeof sent.title === "string" && sent.title ? sent.title : say("imports.undo-title"),
  }),
  call: undoImport,
  to: (value: { requestId: string; left: number }) =>
    `/requests/${value.requestId}${value.left ? `?left=${value.left}` : ""}`,
})
