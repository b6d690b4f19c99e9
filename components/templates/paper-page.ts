/** Where an agreement stands: its own page, or the request whose draft it is in. */
export function pageOfPaper(recordId: string, requestId: string | null): string {
  return requestId ? `/requests/${requestId}` : `/agreements/${recordId}`
}

/** Where the paper of an agreement is made. */
export function makeAddress(recordId: string, requestId: string | null, templateId?: string): string {
  const words = new URLSearchParams({ agreement: recordId })
  if (requestId) words.set("request", requestId)
  if (templateId) words.set("template", templateId)
  return `/papers/make?${words}`
}
