import type { Metadata } from "next"
import { TextField } from "@/components/ui/field"
import { RefusedNotice } from "@/components/ui/notice"
import { say } from "@/components/words/catalogue"
import { inFrame } from "@/app/in-frame"
import { Frame, signedIn, type Words } from "@/app/page-frame"

export const metadata: Metadata = { title: say("request.new-title") }

async function NewRequest({ searchParams }: { searchParams: Words }) {
  const scene = await signedIn()
  return (
    <Frame scene={scene} current="/requests">
      <h1>{say("request.new-title")}</h1>
      <p className="lede soft">{say("request.new-lede")}</p>
      <RefusedNotice words={await searchParams} />
      <form className="card stack" method="post" action="/api/v1/requests">
        <TextField name="title" label={say("request.title")} required />
        <div>
          <button className="primary" type="submit">
            {say("request.begin")}
          </button>
        </div>
      </form>
    </Frame>
  )
}

export default inFrame(NewRequest)
