import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs"
import { createServer } from "node:net"
import { tmpdir } from "node:os"
import { delimiter, join } from "node:path"
import { expect, test } from "vitest"
import { defaultDataDir, portFree, readEnvironment } from "./environment.mjs"
import { fileKeys } from "./file-keys.mjs"
import { checkKeyFile, logKey } from "./log-key.mjs"

const data = { ONWARD_DATA: join(tmpdir(), "onward-none") }
const PROVIDER = {
  ONWARD_OIDC_ISSUER: "https://login.example",
  ONWARD_OIDC_CLIENT_ID: "onward",
  ONWARD_OIDC_CLIENT_SECRET: "hush-hush",
}
const refused = (env: Record<string, string>): string => {
  try {
    readEnvironment({ ...data, ...env })
  } catch (problem) {
    return (problem as Error).message
  }
  return ""
}

test("without settings it serves on this machine's port 3000", () => {
  expect(readEnvironment(data)).toMatchObject({
    port: 3000,
    host: "127.0.0.1",
    url: "http://127.0.0.1:3000",
    https: false,
    databaseUrl: null,
  })
})
test("folders of witnesses are whole paths outside our own data", () => {
  const said = (ONWARD_WITNESS_FOLDERS: string) => readEnvironment({ ...data, ONWARD_WITNESS_FOLDERS }).witnessFolders
  expect(said("")).toEqual([])
  expect(said(`/mnt/one${delimiter}/mnt/two/${delimiter}/mnt/one`)).toEqual(["/mnt/one", "/mnt/two"])
  expect(refused({ ONWARD_WITNESS_FOLDERS: "witness" })).toMatch(/whole paths/)
  expect(refused({ ONWARD_WITNESS_FOLDERS: join(data.ONWARD_DATA, "keys") })).toMatch(/our own data folder/)
  expect(refused({ ONWARD_WITNESS_FOLDERS: data.ONWARD_DATA })).toMatch(/our own data folder/)
  expect(refused({ ONWARD_WITNESS_FOLDERS: ["/a", "/b", "/c", "/d", "/e", "/f"].join(delimiter) })).toMatch(/five/)
})
test("a provider for signing on is named whole or not at all, and its secret stands in no refusal", () => {
  expect(readEnvironment(data).signOn).toBeNull()
  expect(readEnvironment({ ...data, ...PROVIDER }).signOn).toMatchObject({ name: "login.example", trustsMail: false })
  expect(refused({ ...PROVIDER, ONWARD_OIDC_MAIL: "yes" })).not.toContain("hush-hush")
})
test.each([
  [{ PORT: "web" }, /PORT is "web"/],
  [{ PORT: "0" }, /1 to 65535/],
  [{ PORT: "70000" }, /1 to 65535/],
  [{ HOST: "0.0.0.0" }, /https/],
  [{ HOST: "a b" }, /no address/],
  [{ ONWARD_URL: "onward" }, /whole address/],
  [{ ONWARD_URL: "ftp://onward.example" }, /https:\/\//],
  [{ ONWARD_URL: "http://onward.example" }, /plain http/],
  [{ ONWARD_URL: "https://onward.example/app" }, /without a path/],
  [{ DATABASE_URL: "mysql://host/db" }, /postgres:\/\//],
  [{ DATABASE_URL: "postgres://host" }, /names no database/],
  [{ DATABASE_URL: "nonsense" }, /no address/],
  [{ DATABASE_OWNER_URL: "postgres://host/db" }, /DATABASE_URL is not/],
  [{ ONWARD_DATA: "data" }, /whole path/],
  [{ ONWARD_DATA: `/tmp/${"long/".repeat(150)}end` }, /758 bytes long/],
  [{ ONWARD_DATA: `/tmp/${"ü".repeat(130)}` }, /longer than 255/],
  [{ ONWARD_DATA: "/data/a$b" }, /does not start in a folder with "\$"/],
  [{ ONWARD_DATA: "/tmp/`id`" }, /does not start/],
  [{ ONWARD_DATA: '/data/a"b' }, /does not start/],
  [{ ONWARD_DATA: join(process.cwd(), "data") }, /inside the program's own folder/],
  [{ ONWARD_DATA: process.cwd() }, /inside the program's own folder/],
  [{ ONWARD_OIDC_CLIENT_ID: "onward" }, /ONWARD_OIDC_ISSUER is not/],
  [{ ONWARD_OIDC_ISSUER: "login" }, /whole address/],
  [{ ONWARD_OIDC_ISSUER: "http://login.example" }, /begin with https/],
  [{ ONWARD_OIDC_ISSUER: "https://login.example?x=1" }, /more than an address/],
  [{ ONWARD_OIDC_ISSUER: "https://login.example" }, /ONWARD_OIDC_CLIENT_ID is not/],
  [{ ONWARD_OIDC_ISSUER: "https://login.example", ONWARD_OIDC_CLIENT_ID: "x" }, /ONWARD_OIDC_CLIENT_SECRET is not/],
  [{ ...PROVIDER, ONWARD_OIDC_NAME: "x".repeat(61) }, /longer than 60/],
  [{ ...PROVIDER, ONWARD_OIDC_MAIL: "yes" }, /verified \(take/],
  [{ CLAMD: "clamd" }, /where clamd listens/],
  [{ CLAMD: "127.0.0.1:0" }, /where clamd listens/],
  [{ CLAMD: "127.0.0.1:99999" }, /where clamd listens/],
  [{ CLAMD: "http://127.0.0.1:3310" }, /where clamd listens/],
  [{ SMTP_URL: "mail.example" }, /SMTP_URL is no address/],
  [{ SMTP_URL: "http://mail.example" }, /must begin with smtp/],
  [{ SMTP_URL: "smtp://user:secret@mail.example/path" }, /has a path/],
  [{ SMTP_URL: "smtps://mail.example?tls.rejectUnauthorized=false" }, /nothing else/],
  [{ SMTP_URL: "smtps://mail.example?from=nobody" }, /give the address that mails come from/],
  [{ SMTP_URL: "smtps://mail.example?from=a@b.example%0d%0aBcc:x@y.example" }, /give the address/],
  [{ SMTP_URL: "smtps://user:100%@mail.example" }, /%25/],
  [{ ONWARD_PROXY: "proxy.example" }, /IP address/],
  [{ ONWARD_PROXY: "10.0.0.0/8" }, /IP address/],
  [{ ONWARD_PROXY: "10.0.0.1, ::::" }, /IP address/],
])("a wrong value is one sentence: %o", (env, sentence) => {
  expect(refused(env)).toMatch(sentence)
  expect(refused(env)).not.toContain("\n")
})
test("a mail server is read with its defaults, and what is wrong with it never shows its password", () => {
  const read = (SMTP_URL: string, more = {}) => readEnvironment({ ...data, SMTP_URL, ...more }).mail
  expect(readEnvironment(data).mail).toBeNull()
  expect(read("smtps://ann:p%40ss@mail.example")).toEqual({
    ...{ host: "mail.example", port: 465, secure: true, loopback: false, user: "ann", password: "p@ss" },
    from: "onward@localhost",
  })
  expect(read("smtp://127.0.0.1:2525?from=on@ward.example")).toMatchObject({
    ...{ port: 2525, secure: false, loopback: true, from: "on@ward.example" },
  })
  expect(read("smtp://mail.example", { ONWARD_URL: "https://onward.example" })).toMatchObject({
    ...{ port: 587, from: "onward@onward.example" },
  })
  for (const SMTP_URL of ["ftp://u:secret@h", "smtp://u:secret@h/x", "smtp://u:secret%@h", "smtp://u:secret@h?a=b"])
    expect(refused({ SMTP_URL })).not.toContain("secret")
})
test("a data folder of the clone that git ignores, one with umlauts, and one with spaces are as good as any", () => {
  for (const folder of [join(process.cwd(), ".data"), join(tmpdir(), "Büro Köln"), join(tmpdir(), "it's, here")])
    expect(readEnvironment({ ...data, ONWARD_DATA: folder }).dataDir).toBe(folder)
})
test("others are served behind https only", () => {
  expect(readEnvironment({ ...data, HOST: "0.0.0.0", ONWARD_URL: "https://onward.example" }).https).toBe(true)
})
test("a data folder that is a file is refused", () => {
  const file = join(mkdtempSync(join(tmpdir(), "onward-env-")), "file")
  writeFileSync(file, "")
  expect(refused({ ONWARD_DATA: file })).toMatch(/is a file/)
})
test("a data folder in a place where nothing can be made is refused", () => {
  expect(refused({ ONWARD_DATA: "/proc/nowhere/onward" })).toMatch(/may not be written to/)
})
test("a port in use is one sentence", async () => {
  const server = createServer()
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done))
  const { port } = server.address() as { port: number }
  await expect(portFree("127.0.0.1", port)).rejects.toThrow(/in use/)
  await new Promise((done) => server.close(done))
  await expect(portFree("127.0.0.1", port)).resolves.toBeUndefined()
})
test("data lie in the system's own place, and root's where PostgreSQL's user can enter", () => {
  expect(defaultDataDir("linux", {}, true)).toBe("/var/lib/onward")
  expect(defaultDataDir("linux", { XDG_DATA_HOME: "/x" }, false)).toBe("/x/onward")
})

test.each([
  [undefined, null],
  ["", null],
  ["127.0.0.1:3310", { host: "127.0.0.1", port: 3310 }],
  ["clamd.example:3310", { host: "clamd.example", port: 3310 }],
  ["[::1]:3310", { host: "::1", port: 3310 }],
  ["/run/clamav/clamd.ctl", { path: "/run/clamav/clamd.ctl" }],
  ["unix:/run/clamav/clamd.ctl", { path: "/run/clamav/clamd.ctl" }],
])("a virus scanner at %s", (CLAMD, wanted) => {
  expect(readEnvironment({ ...data, CLAMD }).scanner).toEqual(wanted)
})

test("the key of the files is made once, for its owner alone, and never anew where sealed files lie", () => {
  const dataDir = mkdtempSync(join(tmpdir(), "onward-keys-"))
  const told = fileKeys(dataDir, {})
  expect(told).toEqual({ ONWARD_FILE_KEYS: "", ONWARD_FILE_KEYS_AT: join(dataDir, "keys", "files.key") })
  const key = readFileSync(told.ONWARD_FILE_KEYS_AT, "utf8")
  expect(key).toMatch(/^[A-Za-z0-9_-]{43}\n$/)
  expect(statSync(told.ONWARD_FILE_KEYS_AT).mode & 0o777).toBe(0o600)
  fileKeys(dataDir, {})
  expect(readFileSync(told.ONWARD_FILE_KEYS_AT, "utf8")).toBe(key)
  mkdirSync(join(dataDir, "files", "ab"), { recursive: true })
  writeFileSync(join(dataDir, "files", "ab", "abc.sealed"), "")
  rmSync(told.ONWARD_FILE_KEYS_AT)
  expect(() => fileKeys(dataDir, {})).toThrow(/is gone/)
  expect(fileKeys(dataDir, { ONWARD_FILE_KEYS: ` ${key}` }).ONWARD_FILE_KEYS).toBe(key.trim())
  expect(() => fileKeys(dataDir, { ONWARD_FILE_KEYS: "secret" })).toThrow(/no key/)
  expect(() => fileKeys(dataDir, { ONWARD_FILE_KEYS: "secret" })).not.toThrow(/secret/)
})

test("the key that signs the log is made once, for its owner alone, and never anew while something is known that it signed", () => {
  const dataDir = mkdtempSync(join(tmpdir(), "onward-log-key-"))
  const heads = join(dataDir, "keys")
  const told = logKey(dataDir, {})
  expect(told).toEqual({
    ...{ ONWARD_LOG_KEY: "", ONWARD_LOG_KEY_AT: join(heads, "log.key"), ONWARD_LOG_HEADS: heads },
    ONWARD_LOG_KEY_NEXT: "",
  })
  const key = readFileSync(told.ONWARD_LOG_KEY_AT, "utf8")
  expect(key).toMatch(/^[A-Za-z0-9_-]{43}\n$/)
  expect(statSync(told.ONWARD_LOG_KEY_AT).mode & 0o777).toBe(0o600)
  logKey(dataDir, {})
  expect(readFileSync(told.ONWARD_LOG_KEY_AT, "utf8")).toBe(key)
  // Others may read it, it is a link, it holds something else, or it is somebody else's: said, and not mended.
  chmodSync(told.ONWARD_LOG_KEY_AT, 0o640)
  expect(() => logKey(dataDir, {})).toThrow(/mode 640/)
  chmodSync(told.ONWARD_LOG_KEY_AT, 0o600)
  expect(() => checkKeyFile(told.ONWARD_LOG_KEY_AT, 4_000_000)).toThrow(/somebody else/)
  const next = `${told.ONWARD_LOG_KEY_AT}.next`
  writeFileSync(next, "secret", { mode: 0o600 })
  expect(() => logKey(dataDir, {})).toThrow(/log\.key\.next holds no key/)
  expect(() => logKey(dataDir, {})).not.toThrow(/secret/)
  rmSync(next)
  symlinkSync(told.ONWARD_LOG_KEY_AT, next)
  expect(() => logKey(dataDir, {})).toThrow(/no file of its own/)
  rmSync(next)
  writeFileSync(join(heads, "log-head-onward_x.note"), "")
  rmSync(told.ONWARD_LOG_KEY_AT)
  expect(() => logKey(dataDir, {})).toThrow(/is gone/)
  expect(logKey(dataDir, { ONWARD_LOG_KEY: ` ${key}` }).ONWARD_LOG_KEY).toBe(key.trim())
  expect(() => logKey(dataDir, { ONWARD_LOG_KEY: "secret" })).toThrow(/no key/)
  expect(() => logKey(dataDir, { ONWARD_LOG_KEY: "secret" })).not.toThrow(/secret/)
})
