import { door } from "@/app/outcome"
import { sayMainland } from "@/usecases/visits/say-mainland"

/** Says to whom and by which approval a company's records leave the Chinese mainland with one supervisor; a form sends the words one by one. */
export const POST = door({
  input: (sent, _params, form) =>
    form
      ? {
          personId: sent.personId,
          entityId: sent.entityId,
          answer: {
            addressee: sent.addressee ?? null,
            approval: sent.approval ?? null,
            reasons: sent.reasons ?? null,
          },
          back: sent.back === "yes",
        }
      : sent,
  call: sayMainland,
  to: () => "/audit/looks",
  status: 201,
})
