export type Settings = {
  port: number
  host: string
  url: string
  https: boolean
  databaseUrl: string | null
  databaseOwnerUrl: string | null
  dataDir: string
  proxy: string
  mail: MailServer | null
  signOn: SignOnSettings | null
  scanner: { host: string; port: number } | { path: string } | null
  witnessFolders: string[]
}
export type MailServer = {
  host: string
  port: number
  secure: boolean
  loopback: boolean
  user: string
  password: string
  from: string
}
export type SignOnSettings = {
  issuer: string
  clientId: string
  clientSecret: string
  name: string
  trustsMail: boolean
  loopback: boolean
}
export function readSignOn(env?: Record<string, string | undefined>): SignOnSettings | null
export function witnessPaths(text: string | undefined, dataDir?: string | null): string[]
export function readScanner(text: string | undefined): Settings["scanner"]
export function readMail(text: string | undefined, host?: string): MailServer | null
export function defaultDataDir(platform?: string, env?: Record<string, string | undefined>, root?: boolean): string
export function readEnvironment(env?: Record<string, string | undefined>): Settings
export function portFree(host: string, port: number): Promise<void>
