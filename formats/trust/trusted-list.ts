import { parseInstant } from "@/domain/core/instant"
import { readXml } from "@/formats/xml"
import type { ListedRoot, TrustFile } from "./trust-file"

type Status = { granted: boolean; from: string }
type Service = { type: string; certificates: string[]; statuses: Status[] }

const SIGNATURES = /\/Svctype\/CA\/(QC|PKC)$/i
const STAMPS = /\/Svctype\/TSA(\/|$)/i
const GRANTED = /\/Svcstatus\/(granted|undersupervision|supervisionincessation|accredited|recognisedatnationallevel)$/i
const MOST = 20_000

/** Roots out of a trusted list, with the times in which each service was recognised. The list's own signature is not looked at. */
export async function readTrustedList(bytes: Uint8Array): Promise<TrustFile> {
  const path: string[] = []
  const services: Service[] = []
  let text = ""
  let issued = ""
  let next = ""
  let status = ""
  let service: Service | null = null
  await readXml(pieces(bytes), {
    open: (name) => {
      path.push(name)
      text = ""
      if (name === "TSPService") service = { type: "", certificates: [], statuses: [] }
    },
    text: (more) => {
      text += more
    },
    close: (name) => {
      const word = text.trim()
      const past = path.includes("ServiceHistory")
      if (name === "ListIssueDateTime") issued = word
      if (name === "dateTime" && path.at(-2) === "NextUpdate") next = word
      if (service) {
        if (name === "ServiceTypeIdentifier" && !past) service.type = word
        if (name === "X509Certificate" && !past) service.certificates.push(word)
        if (name === "ServiceStatus") status = word
        const from = name === "StatusStartingTime" ? parseInstant(word) : null
        if (from) service.statuses.push({ granted: GRANTED.test(status), from })
        if (name === "TSPService") {
          services.push(service)
          service = null
        }
      }
      path.pop()
      text = ""
    },
  })
  const day = (word: string) => (/^\d{4}-\d{2}-\d{2}/.test(word) ? word.slice(0, 10) : null)
  return {
    kind: "trusted-list",
    issuedOn: day(issued),
    nextUpdateOn: day(next),
    roots: services.flatMap(rootsOf).slice(0, MOST),
  }
}

function rootsOf(service: Service): ListedRoot[] {
  const use = SIGNATURES.test(service.type) ? "signatures" : STAMPS.test(service.type) ? "timestamps" : null
  if (!use) return []
  const statuses = [...service.statuses].sort((a, b) => (a.from < b.from ? -1 : 1))
  const granted = statuses.flatMap((one, i) =>
    one.granted ? [{ from: one.from, to: statuses[i + 1]?.from ?? null }] : [],
  )
  return service.certificates.map((word) => ({ raw: new Uint8Array(Buffer.from(word, "base64")), use, granted }))
}

async function* pieces(bytes: Uint8Array): AsyncIterable<Uint8Array> {
  for (let at = 0; at < bytes.length; at += 65_536) yield bytes.subarray(at, at + 65_536)
}
