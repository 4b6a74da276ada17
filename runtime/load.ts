import { folderOf, type ServiceId } from '../topology.ts'
import { FatalError } from './errors.ts'
import { moduleUrl } from './package-root.ts'
import type { Service } from './service.ts'

/** The service behind an id. Its module is imported here and nowhere else, so that a process loads only what it runs. */
export async function loadService(id: ServiceId): Promise<Service> {
  const url = moduleUrl(import.meta.url, `../services/${folderOf(id)}/service`)
  const module: { default?: Service } = await import(url.href)
  if (module.default?.id !== id) throw new FatalError('SERVICE_ID', `${url.href} does not export the service ${id}`)
  return module.default
}
