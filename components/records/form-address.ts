import { PATH } from "@/domain/records/place-in-form"

/**
 * The address of a record's form in a request, opened at the field that is to be seen to, for what it is asked. A place
 * that can be none is left out. `about`: the sharing that a new record is made for.
 */
export function formAddress(
  requestId: string,
  recordId: string,
  path: unknown,
  clause?: unknown,
  about?: string,
): string {
  const words = new URLSearchParams()
  if (typeof path === "string" && PATH.test(path)) words.set("at", path)
  if (typeof clause === "string" && /^[\w./-]{1,60}$/.test(clause)) words.set("for", clause)
  if (about) words.set("about", about)
  return `/requests/${requestId}/records/${recordId}${words.size ? `?${words}` : ""}`
}
