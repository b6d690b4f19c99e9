import Link from "next/link"
import { say } from "@/components/words/catalogue"
import { valueOf } from "@/domain/core/answer"
import { countryName } from "@/domain/core/country-name"
import type { RecordPage } from "@/usecases/register/read-record"

type Way = { words: string; ask: Record<string, string> }

/** From a record to what would happen without it: a party, a paper, a destination that rests on adequacy. */
export function WhatIfLinks({ record }: { record: RecordPage["record"] }) {
  return waysOf(record).map(({ words, ask }) => (
    <Link className="tall" key={words} href={`/what-if?${new URLSearchParams(ask)}`} prefetch={false}>
      {words}
    </Link>
  ))
}

function waysOf(record: RecordPage["record"]): Way[] {
  if (record.kind === "party")
    return [{ words: say("whatif.link-party"), ask: { kind: "party-moves", subject: record.id } }]
  if (record.kind === "agreement")
    return [{ words: say("whatif.link-agreement"), ask: { kind: "agreement-ends", subject: record.id } }]
  if (record.kind !== "sharing") return []
  const lines = (valueOf(record.body.destinations) ?? []).flatMap(({ country, mechanisms }) =>
    mechanisms.flatMap(({ mechanism, regime }) => (mechanism === "adequacy" ? [{ country, regime }] : [])),
  )
  const ways = lines.map(({ country, regime }) => ({
    words: say("whatif.link-country-of", { country: countryName(country) }),
    ask: { kind: "loses-adequacy", subject: country, regime },
  }))
  return [...new Map(ways.map((way) => [way.words, way])).values()].slice(0, 3)
}
