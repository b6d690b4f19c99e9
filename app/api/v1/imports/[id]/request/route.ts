import { door } from "@/app/outcome"
import { proposeImport } from "@/usecases/imports/propose-import"

/** Asks for one request that holds every good row. */
export const POST = door<{ id: string }>({
  input: (_sent, params) => ({ importId: params.id }),
  call: proposeImport,
  to: (_value, params) => `/imports/${params.id}`,
})
