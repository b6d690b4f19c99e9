import { SaxesParser } from "saxes"
import { UnreadableError, unreadable } from "./table"

/** What is told of XML on the way through it; names and attributes are without their prefixes. */
export type XmlHandler = {
  open?: (name: string, attributes: Readonly<Record<string, string>>) => void
  close?: (name: string) => void
  text?: (text: string) => void
}

const DEPTH = 64

/** The most bytes between two tags: longer text is no cell, and would be gathered in memory. */
const LONGEST_TEXT = 4 * 1024 * 1024

/**
 * Goes through XML piece by piece; between two pieces it yields, so that the caller can hand on what it gathered.
 * No document type, no entities of its own, at most 64 deep.
 */
export async function* walkXml(pieces: AsyncIterable<Uint8Array>, handler: XmlHandler): AsyncIterable<void> {
  const decoder = new TextDecoder("utf-8", { fatal: true })
  const parser = new SaxesParser({ xmlns: false, position: false })
  let depth = 0
  let since = 0
  parser.on("error", () => {
    throw broken()
  })
  parser.on("doctype", () => {
    throw broken()
  })
  parser.on("opentag", (tag) => {
    depth += 1
    since = 0
    if (depth > DEPTH) throw broken()
    handler.open?.(bare(tag.name), bareAttributes(tag.attributes))
  })
  parser.on("closetag", (tag) => {
    depth -= 1
    since = 0
    handler.close?.(bare(tag.name))
  })
  parser.on("text", (text) => handler.text?.(text))
  parser.on("cdata", (text) => handler.text?.(text))
  for await (const piece of pieces) {
    since += piece.byteLength
    if (since > LONGEST_TEXT) throw broken()
    parser.write(decode(decoder, piece))
    yield
  }
  parser.write(decode(decoder, null)).close()
  yield
}

/** Goes through XML to its end. */
export async function readXml(pieces: AsyncIterable<Uint8Array>, handler: XmlHandler): Promise<void> {
  for await (const _step of walkXml(pieces, handler)) continue
}

function decode(decoder: TextDecoder, piece: Uint8Array | null): string {
  try {
    return piece ? decoder.decode(piece, { stream: true }) : decoder.decode()
  } catch {
    throw broken()
  }
}

function broken(): UnreadableError {
  return new UnreadableError(unreadable("import.xlsx-broken"))
}

function bare(name: string): string {
  return name.slice(name.indexOf(":") + 1)
}

function bareAttributes(attributes: Record<string, unknown>): Record<string, string> {
  return Object.fromEntries(Object.entries(attributes).map(([name, value]) => [bare(name), String(value)]))
}
