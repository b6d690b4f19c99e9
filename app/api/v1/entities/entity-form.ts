type Sent = Record<string, unknown>

const word = (sent: Sent, name: string): string => (typeof sent[name] === "string" ? sent[name].trim() : "")
const answered = (text: string): unknown => (text === "" ? { state: "blank" } : { state: "known", value: text })

/**
 * A company as the form sends it. What the form does not ask (a regime's days, answers that are unknown) comes along
 * as it stood, in `was`, so that saving loses nothing; the use case checks it like everything else.
 */
export function entityFromForm(sent: Sent): unknown {
  const was = readWas(word(sent, "was"))
  const chosen = Array.isArray(sent.regime) ? sent.regime : word(sent, "regime") === "" ? [] : [word(sent, "regime")]
  const had = Array.isArray(was.regimes) ? (was.regimes as Sent[]) : []
  const open = (regime: unknown) => ({ regime, firstOn: null, lastOn: null })
  const body: Sent = {
    legalName: word(sent, "legalName"),
    country: word(sent, "country").toUpperCase(),
    zone: word(sent, "zone"),
    regimes: chosen.flatMap((regime) =>
      had.filter((one) => one.regime === regime).concat(had.some((one) => one.regime === regime) ? [] : [open(regime)]),
    ),
    dpoDecides: sent.dpoDecides === "yes",
    mergeSeats: sent.mergeSeats === "yes",
  }
  for (const name of ["lei", "address", "representative", "dpo", "department"]) {
    body[name] =
      name in sent && word(sent, name) !== "" ? answered(word(sent, name)) : keptUnlessKnown(was[name], name in sent)
  }
  return { id: word(sent, "id") || null, body }
}

/** An emptied answer is blank; one that was unknown or does not apply, or was not asked, stays as it was. */
function keptUnlessKnown(was: unknown, asked: boolean): unknown {
  const state = (was as { state?: unknown } | undefined)?.state
  return was === undefined || (asked && state === "known") ? { state: "blank" } : was
}

function readWas(text: string): Sent {
  try {
    const value: unknown = JSON.parse(text || "{}")
    return typeof value === "object" && value !== null ? (value as Sent) : {}
  } catch {
    return {}
  }
}
