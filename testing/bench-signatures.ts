import { checkSignatures } from "@/usecases/signatures/check-file"
import { ASKED_AT, cast, look } from "./pdf/cast"
import { fuzz } from "./pdf/fuzz"
import { mutated, randomFrom, wholeFiles } from "./pdf/mutate"

// How fast whole files are looked at, here and in a process apart, and what comes of so many changed ones.
const files = Number(process.env.ONWARD_BENCH_FILES)
const seed = Number(process.env.ONWARD_BENCH_SEED)
const worker = process.env.ONWARD_BENCH_WORKER ?? null
const whole = wholeFiles()

async function perSecond(times: number, one: (pdf: Buffer) => Promise<unknown>): Promise<number> {
  const began = performance.now()
  for (let i = 0; i < times; i += 1) await one(whole[i % whole.length]?.pdf as Buffer)
  return (times * 1000) / (performance.now() - began)
}

await perSecond(30, (pdf) => look(pdf))
const here = await perSecond(300, (pdf) => look(pdf))
const trust = { bytes: cast().pem, name: null }
const apart = await perSecond(30, async (pdf) => {
  const report = await checkSignatures(pdf, { trust, askedAt: ASKED_AT }, undefined, worker)
  if (!report.ok || report.value.overall !== "passed")
    throw new Error(`a whole file came out as ${JSON.stringify(report)}`)
})
const next = randomFrom(seed)
const said: Record<string, number> = {}
for (let i = 0; i < 100; i += 1) {
  const pdf = mutated(whole[next(whole.length)]?.pdf as Buffer, next)
  const report = await checkSignatures(pdf, { trust, askedAt: ASKED_AT }, undefined, worker)
  const word = report.ok ? report.value.overall : report.says
  said[word] = (said[word] ?? 0) + 1
}
const fuzzed = await fuzz(files, seed)
process.stdout.write(JSON.stringify({ seed, here, apart, said, ...fuzzed }))
