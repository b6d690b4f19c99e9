import { door } from "@/app/outcome"
import { resetPerson } from "@/usecases/people/resets"

/** `person` by id or address. For whoever decides or gives roles the link needs a second administrator's code. */
export const POST = door({
  input: (sent) => ({ person: sent.person }),
  call: resetPerson,
  to: () => "/admin/people",
  show: (value: { path: string; needsSecond: boolean }) => ({
    path: value.path,
    ...(value.needsSecond ? { second: "yes" } : {}),
  }),
})
