import type { Metadata } from "next"
import Link from "next/link"
import { notFound } from "next/navigation"
import { say } from "@/components/words/catalogue"
import { readTemplate } from "@/usecases/templates/read-templates"
import { inFrame } from "@/app/in-frame"
import { Frame, shown, signedIn, type Words } from "@/app/page-frame"
import { TemplateForm } from "@/app/templates/form"

export const metadata: Metadata = { title: say("template.new-version") }

/** Where counsel writes the next version of a template: it begins as the last one was. */
async function EditTemplate({ params, searchParams }: { params: Promise<{ id: string }>; searchParams: Words }) {
  const { id } = await params
  const scene = await signedIn()
  const page = shown(await readTemplate(scene, { id }))
  const last = page.inForce ?? page.versions[0]
  if (!page.proposes || page.waiting || !last) notFound()
  return (
    <Frame scene={scene} current="/templates">
      <p className="over">
        <Link href={`/templates/${id}`} prefetch={false}>
          {last.title}
        </Link>
      </p>
      <h1>{say("template.new-version")}</h1>
      <TemplateForm {...{ scene, id, path: `/templates/${id}/edit`, was: last.template, words: await searchParams }} />
    </Frame>
  )
}

export default inFrame(EditTemplate)
