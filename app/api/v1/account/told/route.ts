import { door } from "@/app/outcome"
import { TOLD_KINDS } from "@/domain/told/kinds"
import { setWays } from "@/usecases/told/ways"

/** Chooses how one is told: each kind a field of the form, or `ways` as JSON. */
export const POST = door({
  input: (sent, _params, form) =>
    form
      ? {
          ways: Object.fromEntries(
            TOLD_KINDS.flatMap((kind) => (sent[`way-${kind}`] === undefined ? [] : [[kind, sent[`way-${kind}`]]])),
          ),
          zone: sent.zone ?? "",
        }
      : sent,
  call: setWays,
  to: () => "/account?told=yes#told",
})
