import { fileOption, type FileHeld } from "@/components/files/file-way"
import { SelectField, TextField } from "@/components/ui/field"
import { say } from "@/components/words/catalogue"
import { ANNOUNCED_CHANGES } from "@/domain/announcements/clock"

type Props = {
  party: { id: string; name: string }
  entities: readonly { id: string; name: string }[]
  files: readonly { id: string; name: string; held: FileHeld | null }[]
  typed: (name: string) => string
  wrong: (name: string) => string | null
}

/** What a party wrote: who comes or goes, for what, where, told on which day and from when. */
export function AnnouncementForm({ party, entities, files, typed, wrong }: Props) {
  const field = (name: string, more: { help?: string; required?: boolean } = {}) => (
    <TextField name={name} label={say(`announced.field.${name}`)} value={typed(name)} error={wrong(name)} {...more} />
  )
  return (
    <form className="card stack" method="post" action="/api/v1/announcements" aria-labelledby="announce">
      <h2 id="announce">{say("announced.new", { party: party.name })}</h2>
      <input type="hidden" name="partyId" value={party.id} />
      <SelectField
        name="entityId"
        label={say("announced.field.entityId")}
        value={typed("entityId") || entities[0]?.id}
        error={wrong("entityId")}
        options={entities.map((one) => ({ value: one.id, label: one.name }))}
      />
      <SelectField
        name="change"
        label={say("announced.field.change")}
        value={typed("change") || "new"}
        error={wrong("change")}
        options={ANNOUNCED_CHANGES.map((value) => ({ value, label: say(`announced.kind.${value}`) }))}
      />
      {field("subName")}
      {field("oldName")}
      {field("task", { required: true })}
      {field("countries", { help: say("announced.field.countries-help") })}
      {field("announcedOn", { required: true, help: say("announced.field.day-help") })}
      {wrong("announcedOn") ? (
        <label className="row start">
          <input type="checkbox" name="isOver" value="yes" /> {say("announced.field.isOver")}
        </label>
      ) : null}
      {field("effectOn", { required: true, help: say("announced.field.effect-help") })}
      <SelectField
        name="fileId"
        label={say("announced.source")}
        value={typed("fileId")}
        error={wrong("fileId")}
        options={[{ value: "", label: say("announced.letter-none") }, ...files.map(fileOption)]}
      />
      <div>
        <button className="primary" type="submit">
          {say("announced.go")}
        </button>
      </div>
    </form>
  )
}
