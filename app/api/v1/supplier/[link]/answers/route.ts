import { door } from "@/app/outcome"
import { saveTyped, sendAnswers } from "@/usecases/asked/supplier-side"

type P = { link: string }

/**
 * Keeps what a party types by its link, or sends it. Whoever holds the link is asked nothing else; a link that is not there is
 * answered as any other address that is not.
 */
export const POST = door<P>({
  input: (sent, { link }) => ({ link, typed: sent, n: sent._n ?? 0, send: sent._op === "send" }),
  call: Object.assign(
    (scene: Parameters<typeof saveTyped>[0], input: unknown, request: Request) => {
      const { send, ...rest } = input as { link: string; typed: unknown; n: unknown; send: boolean }
      const asked = { ...rest, address: request.headers.get("x-onward-caller") ?? "" }
      return send ? sendAnswers(scene, asked) : saveTyped(scene, asked)
    },
    { actName: saveTyped.actName },
  ),
  to: (_value, { link }, sent) => `/supplier/${link}${sent._op === "send" ? "" : "?saved=yes"}`,
})
