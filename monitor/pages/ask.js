/** Asking the server. */
import { useEffect, useState } from 'preact/hooks'

/** Throws an error with the code and the hint that the server gives. */
export async function ask(path, body) {
  const response = await fetch(path, {
    headers: { accept: 'application/json', ...(body && { 'content-type': 'application/json' }) },
    ...(body && { method: 'POST', body: JSON.stringify(body) }),
  })
  const answer = await response.json().catch(() => ({}))
  if (response.ok) return answer
  throw Object.assign(new Error(answer.message ?? answer.code ?? response.statusText), {
    code: answer.code,
    hint: answer.hint,
  })
}

/** The answer to a path, asked again every so often; undefined until it is there. */
export function useAnswer(path, everyMs) {
  return useAnswers(path ? [path] : [], everyMs, ([answer]) => answer)
}

/** The answers to several paths at once, made into one. */
export function useAnswers(paths, everyMs, joined = (answers) => answers) {
  const [state, setState] = useState({})
  const key = paths.join(' ')
  useEffect(() => {
    if (!key) return setState({})
    let isGone = false
    let timer
    const look = async () => {
      try {
        const answer = joined(await Promise.all(paths.map((path) => ask(path))))
        if (!isGone) setState({ key, answer })
      } catch (error) {
        if (!isGone) setState({ key, error })
      }
      if (!isGone && everyMs) timer = setTimeout(look, everyMs)
    }
    look()
    return () => {
      isGone = true
      clearTimeout(timer)
    }
  }, [key, everyMs])
  return state.key === key ? state : {}
}
