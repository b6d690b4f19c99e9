/** The ids of files that a body names, read from its text: quicker than opening it, where thousands are asked. */
export function filesNamedIn(body: string): string[] {
  return [...new Set([...body.matchAll(/"fileId":"([^"\\]{1,60})"/g)].flatMap((found) => found[1] ?? []))]
}

/** The same of the files of a paper alone: what points to their pages stands before them, and need not be gone through. */
export function ownFilesIn(body: string): string[] {
  const at = body.indexOf('"files":[')
  return at < 0 ? [] : filesNamedIn(body.slice(at))
}

/** The files that a body names in lines of their own, with their names. */
export function filesNamed(body: object): { id: string; name: string }[] {
  const files = "files" in body && Array.isArray(body.files) ? (body.files as { fileId: string; name: string }[]) : []
  return files.map((file) => ({ id: file.fileId, name: file.name }))
}
