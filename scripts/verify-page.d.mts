export type VerifyPage = { html: string; source: string; sha256: string; bytes: number }
export function makeVerifyPage(root?: string): Promise<VerifyPage>
export function writeVerifyPage(root?: string, folder?: string): Promise<VerifyPage>
