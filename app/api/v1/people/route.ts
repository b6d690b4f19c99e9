import { door, json, problem } from "@/app/outcome"
import { requestScene } from "@/app/scene"
import { invitePerson } from "@/usecases/people/accounts"
import { listPeople } from "@/usecases/people/list-people"

const list = (value: unknown): string[] =>
  Array.isArray(value) ? (value as string[]) : typeof value === "string" && value !== "" ? [value] : []

/** Invites a person; the one-time link is shown once. A form sends `role` as often as it likes, and one `entityId`. */
export const POST = door({
  input: (sent, _params, form) =>
    form
      ? {
          email: sent.email,
          name: sent.name,
          roles: list(sent.role).map((role) => ({
            role,
            entityId: sent.entityId === "" || sent.entityId === undefined ? null : sent.entityId,
          })),
        }
      : sent,
  call: invitePerson,
  to: () => "/admin/people",
  show: (value: { path: string }) => ({ path: value.path }),
  status: 201,
})

/** A page of people. */
export async function GET(request: Request): Promise<Response> {
  const outcome = await listPeople(await requestScene(request), {
    after: new URL(request.url).searchParams.get("after"),
  })
  return outcome.ok ? json(outcome.value) : problem(outcome)
}
