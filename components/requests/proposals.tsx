import Link from "next/link"
import { Notice } from "@/components/ui/notice"
import { Difference } from "@/components/records/difference"
import { sharingSentence } from "@/components/records/sharing-sentence"
import { Sides } from "./sides"
import { FieldTalk, type TalkOf } from "./threads"
import { say } from "@/components/words/catalogue"
import { titleOf } from "@/domain/records/project"
import type { BodyOf, RecordKind } from "@/domain/records/kinds"

export type ProposalView = {
  recordId: string
  kind: RecordKind
  op: "create" | "change" | "end"
  body: BodyOf[RecordKind]
  discovered: boolean
}
/** A record that moved underneath: how it stood when the proposal was made. */
export type MovedView = { recordId: string; was: Base | null }
type Base = { id: string; body: BodyOf[RecordKind]; version: number }

const ADDABLE: readonly RecordKind[] = [
  "party",
  "sharing",
  "agreement",
  "assessment",
  "consent",
  "notice",
  "demand",
  "chain",
]

/** The names of the files that a body holds, by their ids. */
function filesOf(body: BodyOf[RecordKind]): [string, string][] {
  return "files" in body
    ? (body.files as readonly { fileId: string; name: string }[]).map((file) => [file.fileId, file.name])
    : []
}

/** What a request proposes: each record with its difference to what is in force. */
export function Proposals(props: {
  requestId: string
  proposals: readonly ProposalView[]
  bases: readonly Base[]
  moved: readonly MovedView[]
  editing: boolean
  entities: readonly { id: string; entity: { legalName: string } }[]
  titles: Readonly<Record<string, string>>
  heading?: string
  /** Comments on fields, where people may say something. */
  talk?: TalkOf | null
}) {
  const heading = props.heading ?? say("request.proposes")
  const names = new Map<string, string>([
    ...props.proposals.flatMap((one) => filesOf(one.body)),
    ...props.bases.flatMap((one) => filesOf(one.body)),
    ...Object.entries(props.titles),
    ...props.entities.map((one) => [one.id, one.entity.legalName] as const),
    ...props.proposals.map((one) => [one.recordId, titleOf(one.kind, one.body)] as const),
    ...props.bases.map((one) => [one.id, "legalName" in one.body ? one.body.legalName : one.body.title] as const),
  ])
  return (
    <section className="card stack" aria-label={heading}>
      <h2>{heading}</h2>
      {props.proposals.length === 0 ? <p className="soft">{say("request.nothing")}</p> : null}
      {props.proposals.map((proposal) => (
        <OneProposal
          key={proposal.recordId}
          requestId={props.requestId}
          proposal={proposal}
          base={props.bases.find((one) => one.id === proposal.recordId) ?? null}
          moved={props.moved.find((one) => one.recordId === proposal.recordId) ?? null}
          editing={props.editing}
          names={names}
          talk={props.talk ?? null}
          open={props.proposals.length <= 8}
        />
      ))}
      {props.editing ? <Adding requestId={props.requestId} /> : null}
    </section>
  )
}

/** The four kinds that most requests hold stand open; the others are one step away. */
function Adding({ requestId }: { requestId: string }) {
  const link = (kind: RecordKind) => (
    <Link key={kind} className="button compact" prefetch={false} href={`/requests/${requestId}/records/new-${kind}`}>
      {say("request.add", { kind: say(`kind.${kind}`) })}
    </Link>
  )
  return (
    <div className="stack" role="group" aria-label={say("request.add-what")}>
      <div className="row">{ADDABLE.slice(0, 4).map(link)}</div>
      <details>
        <summary className="soft">{say("request.add-rest")}</summary>
        <div className="row">{ADDABLE.slice(4).map(link)}</div>
      </details>
    </div>
  )
}

function OneProposal({
  requestId,
  proposal,
  base,
  moved,
  editing,
  names,
  talk,
  open,
}: {
  requestId: string
  proposal: ProposalView
  base: Base | null
  moved: MovedView | null
  editing: boolean
  names: ReadonlyMap<string, string>
  talk: TalkOf | null
  open: boolean
}) {
  const { recordId } = proposal
  const what = { create: "request.new-record", change: "request.change-record", end: "request.end-record" }[proposal.op]
  return (
    <details
      open={open || (talk?.saying.startsWith(recordId) ?? false)}
      className="stack proposal"
      id={proposal.recordId}
    >
      <summary>
        <strong>{titleOf(proposal.kind, proposal.body)}</strong>{" "}
        <span className="soft">{say(what, { kind: say(`kind.${proposal.kind}`) })}</span>
      </summary>
      {proposal.kind === "sharing" && proposal.op !== "end" ? (
        <p>{sharingSentence(proposal.body as BodyOf["sharing"], names)}</p>
      ) : null}
      {moved ? <Underneath {...{ requestId, moved, base, names }} proposal={proposal} act={editing} /> : null}
      {proposal.kind === "pack" ? (
        <p className="soft">{say("own.below")}</p>
      ) : (
        <Difference
          kind={proposal.kind}
          before={(moved ? moved.was?.body : base?.body) ?? null}
          after={proposal.body}
          names={names}
          idOf={(path) => `field-${recordId}.${path}`}
          {...(talk
            ? {
                beside: (path: string, label: string) => (
                  <FieldTalk talk={talk} path={`${recordId}.${path}`} label={label} />
                ),
                besideSame: (path: string, label: string) =>
                  talk.comments.some((one) => one.path === `${recordId}.${path}`) ? (
                    <FieldTalk talk={talk} path={`${recordId}.${path}`} label={label} />
                  ) : null,
              }
            : {})}
        />
      )}
      {editing ? (
        <div className="row">
          <Link
            className="button compact"
            prefetch={false}
            href={`/requests/${requestId}/records/${proposal.recordId}`}
          >
            {say("request.edit")}
          </Link>
          <form method="post" action={`/api/v1/requests/${requestId}/proposals/drop`}>
            <input type="hidden" name="recordId" value={proposal.recordId} />
            <button className="compact" type="submit">
              {say("request.remove")}
            </button>
          </form>
        </div>
      ) : null}
    </details>
  )
}

/** What came into force underneath since the proposal was made, and the way to lay the proposal on top of it. */
function Underneath(props: {
  requestId: string
  proposal: ProposalView
  moved: MovedView
  base: Base | null
  names: ReadonlyMap<string, string>
  act: boolean
}) {
  const { requestId, proposal, moved, base, names, act } = props
  const { kind } = proposal
  return (
    <Notice tone="warn">
      <p>
        <strong>{say("request.underneath", { was: moved.was?.version ?? 0, now: base?.version ?? 0 })}</strong>
      </p>
      {base ? <Difference kind={kind} before={moved.was?.body ?? null} after={base.body} names={names} /> : null}
      {act && moved.was ? (
        <form method="post" action={`/api/v1/requests/${requestId}/proposals/renewal`} className="stack">
          {base ? (
            <Sides
              {...{ kind, names, recordId: moved.recordId, was: moved.was.body, mine: proposal.body, now: base.body }}
            />
          ) : null}
          <button type="submit">{say("request.renew")}</button>
        </form>
      ) : (
        <p>{say("request.renew-help")}</p>
      )}
    </Notice>
  )
}
