import { good, refuse, type Outcome } from "@/domain/core/outcome"

export type FileType = "pdf" | "png" | "jpeg" | "csv" | "xlsx" | "json" | "docx" | "text"

/** The type of a file by its first bytes, held against its name's ending. Unknown or mismatched is refused. */
export function sniff(head: Uint8Array, name: string): Outcome<FileType> {
  const ending = /\.([a-z0-9]{1,5})$/i.exec(name)?.[1]?.toLowerCase() ?? ""
  const text = Buffer.from(head).toString("latin1")
  const is = (...wanted: string[]): boolean => wanted.includes(ending)
  if (text.startsWith("%PDF-")) return is("pdf") ? good("pdf") : mismatch(ending)
  if (text.startsWith("\x89PNG\r\n\x1a\n")) return is("png") ? good("png") : mismatch(ending)
  if (text.startsWith("\xff\xd8\xff")) return is("jpg", "jpeg") ? good("jpeg") : mismatch(ending)
  if (text.startsWith("PK\x03\x04")) return is("xlsx") ? good("xlsx") : is("docx") ? good("docx") : mismatch(ending)
  if (is("csv", "txt")) return good(is("csv") ? "csv" : "text")
  if (is("json", "ndjson", "jsonl")) return good("json")
  return mismatch(ending)
}

function mismatch(ending: string): Outcome<FileType> {
  return refuse("invalid", "invalid.file-type", { params: { type: ending || "no ending" } })
}
