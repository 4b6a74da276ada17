/**
 * Where a server may send us on to. A public mirror has no business with addresses inside our own network: one that redirects
 * there wants naru to ask what it cannot reach itself, such as a cloud's metadata service (server-side request forgery).
 */
import { lookup } from 'node:dns/promises'
import { BlockList, isIP } from 'node:net'

const internal = new BlockList()
/** https://www.iana.org/assignments/iana-ipv4-special-registry and -ipv6-: loopback, private, link-local, shared, this network. */
for (const [net, prefix] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
] as const) {
  internal.addSubnet(net, prefix, 'ipv4')
}
for (const [net, prefix] of [
  ['::', 127],
  ['fc00::', 7],
  ['fe80::', 10],
] as const) {
  internal.addSubnet(net, prefix, 'ipv6')
}

/** Addresses of a host. */
export type Resolve = (hostname: string) => Promise<readonly string[]>

export const resolveHost: Resolve = async (hostname) =>
  (await lookup(hostname, { all: true })).map(({ address }) => address)

/** Whether any address of the URL's host lies inside: one is enough, for the connection takes whichever it likes. */
export async function isInternal(url: URL, resolve: Resolve): Promise<boolean> {
  const hostname = url.hostname.replace(/^\[|\]$/g, '')
  const addresses = isIP(hostname) ? [hostname] : await resolve(hostname)
  return addresses.some((address) => internal.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4'))
}
