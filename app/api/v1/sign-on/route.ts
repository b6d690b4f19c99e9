import { door } from "@/app/outcome"
import { putSignOnRule } from "@/usecases/people/sign-on-rule"

/** Says where whoever signs on without ever having had a role is a requester. */
export const POST = door({
  input: (sent, _params, form) =>
    form
      ? { everywhere: sent.where === "everywhere", entityIds: sent.where === "some" ? [sent.entity ?? []].flat() : [] }
      : sent,
  call: putSignOnRule,
  to: () => "/admin/sign-in?saved=yes",
})
