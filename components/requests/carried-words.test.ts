import { expect, test } from "vitest"
import { RECORD_KINDS } from "@/domain/records/kinds"
import { FIELDS } from "@/domain/records/fields"
import { slightWords, whyWords } from "./carried-words"

test.each<[string[], string]>([
  [["changed:sharing:destinations"], "“Where it is stored or reached from” changed (sharing)"],
  [["changed:party:country", "changed:party:legalName"], "“Country” changed (party); “Legal name” changed (party)"],
  [["added:sharing:added"], "a record came in (sharing)"],
  [["taken-out:agreement:taken-out"], "a record was taken out (agreement)"],
  [["one-looks-again"], "somebody looks at every new revision, and this was decided last"],
  [["legal-anew"], "the first lawyer looks again"],
])("%j reads %s", (because, wanted) => expect(whyWords(because)).toBe(wanted))

test("every field of every record has its words, and none shows the code", () => {
  for (const kind of RECORD_KINDS)
    for (const { name } of FIELDS[kind].fields) {
      expect(whyWords([`changed:${kind}:${name}`])).not.toMatch(/[:{}]|changed:/)
      expect(slightWords([`changed:${kind}:${name}`])).not.toBe("")
    }
})
