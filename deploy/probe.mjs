// Exit code 0 where the service in this container says that it is ready: Docker's HEALTHCHECK, for the image has no curl.
const port = process.env.NARU_METRICS_PORT ?? '9464'
const { ok } = await fetch(`http://127.0.0.1:${port}/health/ready`, { signal: AbortSignal.timeout(5_000) })
process.exit(ok ? 0 : 1)
