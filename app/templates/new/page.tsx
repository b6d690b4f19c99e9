import type { Metadata } from "next"
import { notFound } from "next/navigation"
import { say } from "@/components/words/catalogue"
import { mayAct } from "@/domain/people/permissions"
import { inFrame } from "@/app/in-frame"
import { Frame, signedIn, type Words } from "@/app/page-frame"
import { TemplateForm } from "@/app/templates/form"

export const metadata: Metadata = { title: say("template.new") }

/** Where counsel writes a new template. */
async function NewTemplate({ searchParams }: { searchParams: Words }) {
  const scene = await signedIn()
  if (!mayAct("template.propose", scene.actor).ok) notFound()
  return (
    <Frame scene={scene} current="/templates">
      <h1>{say("template.new")}</h1>
      <TemplateForm scene={scene} path="/templates/new" id={null} was={null} words={await searchParams} />
    </Frame>
  )
}

export default inFrame(NewTemplate)
