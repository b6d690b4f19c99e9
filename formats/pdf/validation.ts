import { PdfError } from "./budget"
import { catalogOf } from "./fields"
import type { PdfView } from "./file"
import type { FoundInPdf } from "./found"
import { streamBytes } from "./inflate"
import type { PdfDict, PdfValue } from "./values"

/** The most certificates, lists or answers that are taken from a file. */
const MOST = 300

/** Certificates and revocation data that the file brings with it (its document security store). */
export function validationOf(view: PdfView): Pick<FoundInPdf, "validation" | "hasValidationStore"> {
  const store = view.dict(catalogOf(view)?.map.get("DSS"))
  const validation = { certificates: [] as Uint8Array[], crls: [] as Uint8Array[], ocsps: [] as Uint8Array[] }
  const seen = new Set<number>()
  const take = (list: PdfValue | undefined, into: Uint8Array[]) => {
    for (const one of view.items(list)) {
      const stream = view.resolve(one)
      if (into.length >= MOST || stream === null || typeof stream !== "object" || stream.t !== "stream") continue
      if (seen.has(stream.start)) continue
      seen.add(stream.start)
      try {
        into.push(streamBytes(view.file.bytes, stream, view.file.budget))
      } catch (problem) {
        if (!(problem instanceof PdfError) || problem.trouble !== "needs-repair") throw problem
      }
    }
  }
  const all = (dict: PdfDict | null, keys: [string, string, string]) => {
    take(dict?.map.get(keys[0]), validation.certificates)
    take(dict?.map.get(keys[1]), validation.crls)
    take(dict?.map.get(keys[2]), validation.ocsps)
  }
  all(store, ["Certs", "CRLs", "OCSPs"])
  const each = view.dict(store?.map.get("VRI"))
  for (const one of [...(each?.map.values() ?? [])].slice(0, MOST)) all(view.dict(one), ["Cert", "CRL", "OCSP"])
  return { validation, hasValidationStore: store !== null }
}
