import { door, json, problem } from "@/app/outcome"
import { requestScene } from "@/app/scene"
import { setAway } from "@/usecases/people/away"
import { readAway } from "@/usecases/people/read-away"

/** When one is away, who may stand in, and which open requests each of those could not decide. */
export async function GET(request: Request): Promise<Response> {
  const outcome = await readAway(await requestScene(request), {})
  return outcome.ok ? json(outcome.value) : problem(outcome)
}

/** Says from which day to which one is away. In a form each delegate is a field named by role and company. */
export const POST = door({
  input: (sent, _params, form) =>
    form
      ? {
          fromOn: sent.fromOn ?? "",
          toOn: sent.toOn ? sent.toOn : null,
          delegates: Object.entries(sent).flatMap(([name, personId]) => {
            const [, role, entityId] = /^delegate-([a-z]+)(?:-(ent_[0-9a-z]{26}))?$/.exec(name) ?? []
            return role && personId ? [{ role, entityId: entityId ?? null, personId }] : []
          }),
        }
      : sent,
  call: setAway,
  to: () => "/account/away?set=yes",
  status: 201,
})
