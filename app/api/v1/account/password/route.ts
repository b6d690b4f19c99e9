import { door } from "@/app/outcome"
import { changePassword } from "@/usecases/people/own-password"

/** Changes one's own password: the old one, and the new one. */
export const POST = door({
  register: "main",
  input: (sent) => ({ old: sent.oldPassword ?? "", password: sent.password ?? "" }),
  call: Object.assign(
    (scene: Parameters<typeof changePassword>[0], input: unknown, request: Request) =>
      changePassword(scene, { ...(input as object), address: request.headers.get("x-onward-caller") ?? "" }),
    { actName: changePassword.actName },
  ),
  to: () => "/account?changed=1",
})
