import { door } from "@/app/outcome"
import { sendLetter } from "@/usecases/letters/send-letter"

/** Records that a letter went out under an agreement, with its proof. */
export const POST = door({
  input: ({ agreementId, kind, way, text, sentOn, receivedOn, fileId }) => ({
    ...{ agreementId, kind, way, text, sentOn, fileId },
    receivedOn: receivedOn === "" || receivedOn === undefined ? null : receivedOn,
  }),
  call: sendLetter,
  to: (_value, _params, sent) => `/agreements/${String(sent.agreementId)}/letters?kind=${String(sent.kind)}#sent`,
  status: 201,
})
