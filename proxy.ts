import { NextResponse, type NextRequest } from "next/server"

/** Headers of every answer. The policy's nonce is fresh for each; nobody is let in or kept out here. */
export function proxy(request: NextRequest): NextResponse {
  const nonce = btoa(crypto.randomUUID())
  const dev = process.env.NODE_ENV === "development"
  const policy = [
    "default-src 'none'",
    `script-src 'nonce-${nonce}' 'strict-dynamic'${dev ? " 'unsafe-eval'" : ""}`,
    `style-src 'self'${dev ? " 'unsafe-inline'" : ""}`,
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "worker-src 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
    "manifest-src 'self'",
  ].join("; ")
  const headers = new Headers(request.headers)
  headers.set("x-nonce", nonce)
  headers.set("content-security-policy", policy)
  const response = NextResponse.next({ request: { headers } })
  response.headers.set("content-security-policy", policy)
  response.headers.set("x-content-type-options", "nosniff")
  response.headers.set("referrer-policy", "same-origin")
  response.headers.set("cross-origin-opener-policy", "same-origin")
  response.headers.set("cross-origin-resource-policy", "same-origin")
  response.headers.set("permissions-policy", "camera=(), microphone=(), geolocation=()")
  response.headers.set("cache-control", "private, no-store")
  if (process.env.ONWARD_HTTPS === "1")
    response.headers.set("strict-transport-security", "max-age=31536000; includeSubDomains")
  return response
}

// Uploads go past it: what passes a proxy is held in memory by Next, and cut off behind ten megabytes.
export const config = {
  matcher: [
    {
      source:
        "/((?!_next/static|_next/image|icon.svg|pdf/|api/v1/files(?:/|$)|api/v1/imports$|api/v1/reconciliations/files$|api/v1/supplier/[^/]+/files$).*)",
    },
  ],
}
