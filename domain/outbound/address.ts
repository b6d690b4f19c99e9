/** An address as its bytes, 4 or 16 of them; null: it is none as a resolver gives it, and nothing is guessed. */
export function bytesOf(address: string): number[] | null {
  return address.includes(":") ? sixteen(address) : four(address)
}

function four(text: string): number[] | null {
  const parts = text.split(".")
  // No leading zero: some read such a number as octal, and another address is connected to than was looked at.
  return parts.length === 4 && parts.every((part) => /^(0|[1-9]\d{0,2})$/.test(part) && Number(part) < 256)
    ? parts.map(Number)
    : null
}

function sixteen(text: string): number[] | null {
  const halves = text.split("::")
  if (halves.length > 2) return null
  const [head, tail] = halves.map((half, n) => (half === "" ? [] : groups(half, n === halves.length - 1)))
  if (!head || tail === null) return null
  if (tail === undefined) return head.length === 16 ? head : null
  return head.length + tail.length <= 14 ? [...head, ...Array(16 - head.length - tail.length).fill(0), ...tail] : null
}

/** `ends`: the address ends here, and may do so as IPv4 does. */
function groups(half: string, ends: boolean): number[] | null {
  const parts = half.split(":")
  const bytes: number[] = []
  for (const [n, part] of parts.entries()) {
    const last = ends && n === parts.length - 1 && part.includes(".") ? four(part) : null
    if (last) bytes.push(...last)
    else if (/^[0-9a-f]{1,4}$/i.test(part)) bytes.push(Number.parseInt(part, 16) >> 8, Number.parseInt(part, 16) & 255)
    else return null
  }
  return bytes
}

/** Each with the bits that count; everything else of IPv4 below 224 is somebody's on the internet. */
const NOT_GLOBAL_4: [string, number][] = [
  ["0.0.0.0", 8],
  ["10.0.0.0", 8],
  ["100.64.0.0", 10], // shared behind carriers (CGNAT)
  ["127.0.0.0", 8],
  ["169.254.0.0", 16], // link-local, where clouds tell secrets
  ["172.16.0.0", 12],
  ["192.0.0.0", 24],
  ["192.0.2.0", 24],
  ["192.88.99.0", 24], // 6to4 relays
  ["192.168.0.0", 16],
  ["198.18.0.0", 15],
  ["198.51.100.0", 24],
  ["203.0.113.0", 24],
  ["224.0.0.0", 3], // multicast, reserved, broadcast
]
/** Of IPv6 only 2000::/3 is global at all: mapped, NAT64, unique local, link-local and multicast lie outside. */
const NOT_GLOBAL_6: [string, number][] = [
  ["2001::", 23], // Teredo, benchmarks, ORCHID
  ["2001:db8::", 32],
  ["2002::", 16], // 6to4: holds an IPv4 address
  ["3fff::", 20],
]

/** Whether the address is one of the internet's that belongs to one machine: what goes out goes nowhere else. */
export function isGlobalUnicast(address: string): boolean {
  const bytes = bytesOf(address)
  if (!bytes) return false
  if (bytes.length === 4) return !NOT_GLOBAL_4.some((block) => isIn(bytes, block))
  return isIn(bytes, ["2000::", 3]) && !NOT_GLOBAL_6.some((block) => isIn(bytes, block))
}

function isIn(bytes: readonly number[], [block, bits]: [string, number]): boolean {
  const from = bytesOf(block) ?? []
  return bytes.every((byte, n) => {
    const left = Math.min(Math.max(bits - n * 8, 0), 8)
    return byte >> (8 - left) === (from[n] ?? 0) >> (8 - left)
  })
}

/**
 * An address of the web that something may be sent to, as it is kept; null: it may not. By https and its own port, to a host by its
 * name (a number's certificate nobody has, and a number may be written in ten ways), without name and password.
 */
export function webhookOf(text: string): string | null {
  const said = text.trim()
  if (said.length > 254 || !/^https:\/\/[^\s\p{C}\\/][^\s\p{C}\\]*$/iu.test(said) || !URL.canParse(said)) return null
  const url = new URL(said)
  const host = url.hostname.replace(/\.$/, "")
  if (url.protocol !== "https:" || url.port !== "" || url.username !== "" || url.password !== "" || url.hash !== "")
    return null
  if (!/^(?=.{4,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9]$/.test(host)) return null
  url.hostname = host
  return url.href
}
