import { expect, test } from "vitest"
import { BEGINNINGS, BLOCKS } from "@/domain/intake/question"
import { QUESTIONS } from "@/domain/intake/questions"
import { CATALOGUE, say } from "@/components/words/catalogue"
import { PACKS } from "@/domain/packs/all"
import { optionWords } from "./answer-words"

test("every question has its words, why it is asked, and words for each answer", () => {
  for (const question of QUESTIONS) {
    for (const part of ["q", "why"])
      expect(CATALOGUE, `${part} ${question.id}`).toHaveProperty([`intake.${part}.${question.id}`])
    const options = "options" in question.shape ? question.shape.options : []
    for (const option of options) expect(optionWords(question, option)).not.toMatch(/^intake\.|[{}]/)
  }
  const asked = Object.keys(CATALOGUE).filter((key) => /^intake\.(q|why|eg)\./.test(key))
  for (const key of asked) expect(QUESTIONS.map((one) => one.id)).toContain(key.replace(/^intake\.\w+\./, ""))
})

test("beginnings and blocks have their words, and every clause behind a question is one of the packs", () => {
  for (const one of BEGINNINGS) expect(say(`intake.begins-help.${one}`)).not.toMatch(/^intake\./)
  for (const one of BLOCKS)
    expect([say(`intake.block.${one}`), say(`intake.short.${one}`)].join()).not.toMatch(/intake\./)
  const clauses = new Set(PACKS.flatMap((pack) => pack.clauses.map((clause) => clause.id)))
  for (const question of QUESTIONS) for (const id of question.clauses) expect([...clauses]).toContain(id)
})
