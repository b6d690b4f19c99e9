import { PdfError } from "@/formats/pdf/budget"
import { redacted } from "@/formats/pdf/redact/redact"
import { packed, unpacked, type Answer, type Asked } from "./message"

/** The worker's part: makes the copy, or says in one word why it cannot. It reads nothing but its input. */
export function redactPacked(input: Buffer): Uint8Array[] {
  const asked = unpacked(input)
  const { sheets, withheld } = (asked?.head ?? { sheets: 0, withheld: [] }) as Asked
  try {
    const rest = asked?.rest ?? Buffer.alloc(0)
    const { bytes, pages } = redacted(rest.subarray(sheets), rest.subarray(0, sheets), withheld)
    return packed({ ok: true, pages } satisfies Answer, bytes)
  } catch (problem) {
    if (!(problem instanceof PdfError)) throw problem
    return packed({ ok: false, says: `redaction.refused.${problem.trouble}` } satisfies Answer)
  }
}
