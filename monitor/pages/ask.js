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
  const [state, setState] = useState({})
  useEffect(() => {
    if (!path) return setState({})
    let isGone = false
    let timer
    const look = async () => {
      try {
        const answer = await ask(path)
        if (!isGone) setState({ path, answer })
      } catch (error) {
        if (!isGone) setState({ path, error })
      }
      if (!isGone && everyMs) timer = setTimeout(look, everyMs)
    }
    look()
    return () => {
      isGone = true
      clearTimeout(timer)
    }
  }, [path, everyMs])
  return state.path === path ? state : {}
}
