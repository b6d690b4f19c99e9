import { expect, test } from "vitest"
import { bytesOf, isGlobalUnicast, webhookOf } from "./address"

const words = (text: string): string[] => text.trim().split(/\s+/)

/** As a resolver may give them: every block that is not the internet's, at its first and last address, in every spelling. */
const INSIDE = words(`
  0.0.0.0 0.0.0.1 0.255.255.255 10.0.0.0 10.0.0.1 10.1.2.3 10.255.255.255 100.64.0.0 100.64.0.1 100.100.100.200 100.127.255.255
  127.0.0.0 127.0.0.1 127.0.0.53 127.1.2.3 127.255.255.255 169.254.0.0 169.254.169.254 169.254.170.2 169.254.255.255
  172.16.0.0 172.16.0.1 172.20.10.1 172.31.255.255 192.0.0.0 192.0.0.1 192.0.0.170 192.0.0.192 192.0.0.255 192.0.2.0 192.0.2.1 192.0.2.255
  192.88.99.0 192.88.99.1 192.88.99.255 192.168.0.0 192.168.0.1 192.168.1.254 192.168.255.255 198.18.0.0 198.18.0.1 198.19.255.255
  198.51.100.0 198.51.100.7 198.51.100.255 203.0.113.0 203.0.113.9 203.0.113.255 224.0.0.0 224.0.0.1 224.0.0.251 239.255.255.250
  239.255.255.255 240.0.0.0 240.0.0.1 250.1.2.3 255.255.255.254 255.255.255.255
  :: ::1 0:0:0:0:0:0:0:0 0:0:0:0:0:0:0:1 0000:0000:0000:0000:0000:0000:0000:0001 ::0001 0::1 ::127.0.0.1 ::7f00:1 ::8.8.8.8 ::808:808
  ::ffff:127.0.0.1 ::ffff:7f00:1 ::FFFF:127.0.0.1 0:0:0:0:0:ffff:127.0.0.1 0:0:0:0:0:ffff:7f00:0001 ::ffff:10.0.0.1 ::ffff:a00:1
  ::ffff:169.254.169.254 ::ffff:a9fe:a9fe ::ffff:192.168.0.1 ::ffff:8.8.8.8 ::ffff:808:808 ::ffff:0:127.0.0.1 ::ffff:0:8.8.8.8
  64:ff9b::127.0.0.1 64:ff9b::7f00:1 64:ff9b::a00:1 64:ff9b::169.254.169.254 64:ff9b::8.8.8.8 0064:ff9b::1 64:ff9b:1::1 64:ff9b:1:ffff::10.0.0.1
  100::1 100::ffff 100:0:0:1::1 200::1 400::1 1000::1 1fff:ffff::1
  2001::1 2001:0::7f00:1 2001:0:4136:e378:8000:63bf:3fff:fdd2 2001:2::1 2001:10::1 2001:20::1 2001:1::1 2001:1ff:ffff::1
  2001:db8::1 2001:DB8::1 2001:0db8:85a3::8a2e:370:7334 2001:db8:ffff:ffff:ffff:ffff:ffff:ffff
  2002::1 2002:7f00:1:: 2002:7f00:0001::1 2002:a00:1::1 2002:c0a8:1::1 2002:808:808::1 2002:ffff:ffff::1 3fff::1 3fff:fff:ffff::1
  4000::1 5f00::1 8000::1 fc00::1 fc00:: fd00::1 fd12:3456:789a::1 fd00:ec2::254 FD00::1 fdff:ffff::1
  fe00::1 fe80::1 fe80::1:2:3:4 FE80::ABCD fe80:0:0:0:1:2:3:4 febf::1 fec0::1 feff::1 ff00::1 ff01::1 ff02::1 ff02::fb FF02::1:2 ff05::2 ff0e::1
`)
/** What no resolver gives, and some library would read as an address all the same. */
const NO_ADDRESS = words(`
  127.1 127.0.1 127.0.0 2130706433 0x7f000001 0x7f.0.0.1 0177.0.0.1 017700000001 0x7f.1 127.0.0.01 127.000.000.001 127.0.0.1. .127.0.0.1 1.2.3 1.2.3.4.5
  256.1.1.1 1.1.1.256 1.1.1.-1 +1.1.1.1 1e1.1.1.1 8.8.8.8/32 8.8.8.8:80 ８.8.8.8 ①.1.1.1 8。8。8。8 localhost example.com
  fe80::1%eth0 fe80::1%25eth0 ::1%lo 2606:4700::1111%1 [::1] [2606:4700::1111] 2606:4700:::1111 2606::4700::1111 2606:4700:1 2606:4700:1:2:3:4:5:6:7 ::12345 ::g
  1:2:3:4:5:6:7:: :1:2:3:4:5:6:7:8 1:2:3:4:5:6:7:8: ::1.2.3 ::1.2.3.256 ::01.2.3.4 1.2.3.4::1 2606:4700:1:2:3:4:5:6:1.2.3.4
`).filter((one) => one !== "1:2:3:4:5:6:7::")
const OUTSIDE = words(`
  1.1.1.1 8.8.8.8 9.255.255.255 11.0.0.0 93.184.216.34 100.63.255.255 100.128.0.0 126.255.255.255 128.0.0.0 169.253.255.255 169.255.0.0 172.15.255.255
  172.32.0.0 191.255.255.255 192.0.1.0 192.0.3.0 192.88.98.255 192.88.100.0 192.167.255.255 192.169.0.0 198.17.255.255 198.20.0.0 198.51.99.255
  198.51.101.0 203.0.112.255 203.0.114.0 223.255.255.255 2000::1 2001:200::1 2001:4860:4860::8888 2001:db7::1 2001:db9::1 2003::1
  2606:4700:4700::1111 2A00:1450:4001:80b::200e 2a00:1450:4001:080b:0000:0000:0000:200e 3ffe:ffff::1 2606:4700::1.2.3.4
`)

test("more than two hundred spellings: what is not the internet's is nowhere to be reached, and nothing beyond it is refused", () => {
  expect(INSIDE.length + NO_ADDRESS.length + OUTSIDE.length).toBeGreaterThan(200)
  expect(INSIDE.filter((one) => bytesOf(one) === null)).toEqual([])
  expect(INSIDE.filter((one) => isGlobalUnicast(one))).toEqual([])
  expect(NO_ADDRESS.filter((one) => bytesOf(one) !== null || isGlobalUnicast(one))).toEqual([])
  expect(OUTSIDE.filter((one) => !isGlobalUnicast(one))).toEqual([])
})

test("an address of the web is kept by its host's name and https alone", () => {
  for (const [said, kept] of [
    ["https://hooks.example.com/onward", "https://hooks.example.com/onward"],
    [" https://HOOKS.Example.com ", "https://hooks.example.com/"],
    ["https://hooks.example.com.:443/a?b=c", "https://hooks.example.com/a?b=c"],
    ["https://bücher.example/", "https://xn--bcher-kva.example/"],
  ])
    expect([said, webhookOf(said ?? "")]).toEqual([said, kept])
  const hosts = [...INSIDE, ...OUTSIDE].map((one) => (one.includes(":") ? `[${one}]` : one))
  const numbers = words("127.1 2130706433 0x7f000001 0177.0.0.1 0x7f.1 127.0.0.1. 0 1 localhost 127。0。0。1 ①②⑦.0.0.1")
  expect([...hosts, ...numbers].filter((host) => webhookOf(`https://${host}/`) !== null)).toEqual([])
  const wrong = [
    ...["http://a.example/", "https://a.example:8443/", "https://me:pw@a.example/", "https://me@a.example/"],
    ...["https://a.example/#x", "https://a.example\\@b.example/", "https://a_b.example/", "https://-a.example/"],
    ...["https://a.example/\r\nHost: b", "https:///a.example", "https:a.example", "ftp://a.example/", "//a.example/"],
    ...["https://", "https://%31%32%37.0.0.1/", `https://a.example/${"x".repeat(300)}`, "", "a@b.example"],
  ]
  expect(wrong.filter((one) => webhookOf(one) !== null)).toEqual([])
})
