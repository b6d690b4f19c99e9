import { door } from "@/app/outcome"
import { putKeeping } from "@/usecases/asked/clear-answers"

/** Says for how many months suppliers' answers are kept. */
export const POST = door({
  input: (sent) => ({ months: sent.months }),
  call: putKeeping,
  to: () => "/admin/kept?saved=yes",
})
