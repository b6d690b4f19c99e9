import { door } from "@/app/outcome"
import { dropSupplierFile } from "@/usecases/asked/supplier-side"

type P = { link: string }

/** Takes a file away from beside the answers, before they are sent. */
export const POST = door<P>({
  input: (sent, { link }) => ({ link, file: sent.file }),
  call: Object.assign(
    (scene: Parameters<typeof dropSupplierFile>[0], input: unknown, request: Request) =>
      dropSupplierFile(scene, {
        ...(input as { link: string; file: unknown }),
        address: request.headers.get("x-onward-caller") ?? "",
      }),
    { actName: dropSupplierFile.actName },
  ),
  to: (_value, { link }) => `/supplier/${link}#files`,
})
