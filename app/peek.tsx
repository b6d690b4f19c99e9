import Link from "next/link"
import { Findings } from "@/components/checks/findings"
import { sectionsOf } from "@/components/records/form-sections"
import { STANDING, pathOf, standingKey } from "@/components/records/record-path"
import { RecordView } from "@/components/records/record-view"
import type { UrlState } from "@/components/table/url-state"
import { StatusTag } from "@/components/ui/status-tag"
import { say } from "@/components/words/catalogue"
import { FIELDS } from "@/domain/records/fields"
import type { RecordKind } from "@/domain/records/kinds"
import { titleOf } from "@/domain/records/project"
import { readRecord, type RecordPage } from "@/usecases/register/read-record"
import type { Scene } from "@/usecases/scene"
import { Beside, NotThere } from "./beside"
import { withClocks, type Clocks } from "./clocks"
import { readerOf } from "./record-page"
import { opening } from "./record-words"

type Props = {
  scene: Scene
  path: string
  state: UrlState
  clocks: Clocks
  rows: readonly string[]
  /** The kinds of record that the list is about. */
  kinds: readonly RecordKind[]
}

/** A look at one record beside its list: what it is and what it lacks, in short, with the ways on. */
export async function Peek({ scene, state, clocks, kinds, ...list }: Props) {
  const found = await readRecord(scene, { id: state.peek ?? "", asOf: clocks.asOf, on: clocks.on })
  const page = found.ok && kinds.includes(found.value.record.kind) ? found.value : null
  const title = page ? titleOf(page.record.kind, page.record.body as never) : say("missing.title")
  return (
    <Beside {...list} state={state} title={title}>
      {page ? <Look page={page} clocks={clocks} title={title} /> : <NotThere title={title} />}
    </Beside>
  )
}

function Look({ page, clocks, title }: { page: RecordPage; clocks: Clocks; title: string }) {
  const { record } = page
  const reader = readerOf(page, clocks)
  return (
    <>
      <div>
        <p className="over">{say(`kind.${record.kind}`)}</p>
        <h2>{title}</h2>
      </div>
      <p className="row">
        <StatusTag tone={STANDING[record.standing] ?? "quiet"}>{say(standingKey(record))}</StatusTag>
        <Link
          className="button primary compact"
          href={withClocks(pathOf(record.kind, record.id), clocks)}
          prefetch={false}
        >
          {say("peek.whole")}
        </Link>
      </p>
      <p>{opening(page, reader.names, reader.past)}</p>
      <Findings
        findings={page.findings}
        title={say("request.findings")}
        none={null}
        on={() => page.today}
        at={() => null}
      />
      <RecordView
        kind={record.kind}
        body={record.body}
        names={reader.names}
        hrefOf={reader.hrefOf}
        hide={beyondFirst(record.kind)}
      />
    </>
  )
}

/** The questions that a look leaves to the whole page: all but the first ones of the first sections. */
function beyondFirst(kind: RecordKind): string[] {
  const names = FIELDS[kind].fields.map((field) => field.name)
  const first = sectionsOf(kind, names)
    .slice(0, 4)
    .flatMap((section) => section.first)
  return names.filter((name) => !first.includes(name) || name === "checklist" || name === "files" || name === "covers")
}
