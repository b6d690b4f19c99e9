import { open } from "node:fs/promises"
import type { Outcome } from "@/domain/core/outcome"
import { openCsv } from "./csv"
import { openJson } from "./json-rows"
import { sniff } from "./sniff"
import { sizeOf, unreadable, type Source, type Table } from "./table"
import { isVendorList, openVendorList } from "./vendor-list"
import { openXlsx } from "./xlsx"

export type OpenOptions = { sheet?: string; limitBytes?: number }

/**
 * Opens a file of an import by its first bytes and its name: CSV (`.csv`, `.txt`), XLSX, JSON, or the advertising
 * vendor list, which is known by its content. Refused before anything is read where the size or the kind is wrong.
 */
export async function openTable(source: Source, name: string, options: OpenOptions = {}): Promise<Outcome<Table>> {
  const size = await sizeOf(source, options.limitBytes)
  if (!size.ok) return size
  const head = await headOf(source)
  // Lines of JSON are JSON by another name, and an old or locked workbook gets its own sentence.
  const type = sniff(head, name.replace(/\.(ndjson|jsonl)$/i, ".json"))
  if (!type.ok) return /\.xls[xm]?$/i.test(name) ? openXlsx(source, options) : type
  switch (type.value) {
    case "csv":
    case "text":
      return openCsv(source, options)
    case "xlsx":
      return openXlsx(source, options)
    case "json": {
      const text = head.toString("utf8").replace(/^\ufeff/, "")
      return isVendorList(text) ? openVendorList(source, options) : openJson(source, options)
    }
    default:
      return unreadable("import.not-text")
  }
}

async function headOf(source: Source): Promise<Buffer> {
  const length = 64 * 1024
  if ("bytes" in source) return Buffer.from(source.bytes.subarray(0, length))
  const file = await open(source.path)
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, 0)
    return buffer.subarray(0, bytesRead)
  } finally {
    await file.close()
  }
}
