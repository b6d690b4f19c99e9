import { door } from "@/app/outcome"
import { setColumns } from "@/usecases/imports/set-columns"

/** Sets what the columns mean and asks for a dry run. A form sends `column.N`, `mode`, `kind` and `join`. */
export const POST = door<{ id: string }>({
  input: (sent, params, form) =>
    form
      ? {
          importId: params.id,
          map: Object.fromEntries(
            Object.entries(sent).flatMap(([name, value]) => {
              const [, place] = /^column\.(\d{1,3})$/.exec(name) ?? []
              return place ? [[place, value]] : []
            }),
          ),
          mode: sent.mode || null,
          kind: sent.kind || null,
          joins: [sent.join ?? []].flat(),
        }
      : { ...sent, importId: params.id },
  call: setColumns,
  to: (_value, params) => `/imports/${params.id}`,
})
