import type { Metadata } from "next"
import { headers } from "next/headers"
import type { ReactNode } from "react"
import { KeepTyped } from "@/components/shell/keep-typed"
import { say } from "@/components/words/catalogue"
import "./globals.css"
import "./pictures.css"
import "./papers.css"
import "./sheet.css"
import "./answers.css"
import "./visits.css"
import "./inquiries.css"

export const metadata: Metadata = {
  title: { default: say("app.name"), template: `%s · ${say("app.name")}` },
  description: say("app.tagline"),
}

/** The document. Reading the headers keeps every page dynamic, so that each gets its own nonce. */
export default async function RootLayout({ children }: { children: ReactNode }) {
  await headers()
  return (
    <html lang="en" dir="ltr">
      <body>
        <KeepTyped />
        {children}
      </body>
    </html>
  )
}
