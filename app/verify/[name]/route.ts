import { verifyPage } from "@/usecases/exports/verify-page"

type Named = { params: Promise<{ name: string }> }

/** The page that checks packages, and what it is made of, to be saved: nothing of it runs here. */
export async function GET(_request: Request, { params }: Named): Promise<Response> {
  const { name } = await params
  const page = verifyPage()
  const files: Record<string, { bytes: Buffer; type: string } | undefined> = page
    ? {
        "verify.html": { bytes: page.html, type: "text/html; charset=utf-8" },
        "verify.source.txt": { bytes: page.source, type: "text/plain; charset=utf-8" },
      }
    : {}
  const file = Object.hasOwn(files, name) ? files[name] : undefined
  if (!file) return new Response(null, { status: 404 })
  return new Response(new Uint8Array(file.bytes), {
    headers: {
      "content-type": file.type,
      "content-length": String(file.bytes.length),
      "content-disposition": `attachment; filename="${name}"`,
      "content-security-policy": "sandbox; default-src 'none'",
    },
  })
}
