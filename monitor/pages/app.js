import { render } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import { ask } from './ask.js'
import { html } from './html.js'
import { failures } from './korean-errors.js'
import { useLive } from './live.js'
import { languages, Setting, texter } from './text.js'
import { DeadLetters } from './views/dead-letters.js'
import { Groups } from './views/groups.js'
import { Pipeline } from './views/pipeline.js'
import { Search } from './views/search.js'
import { Synonyms } from './views/synonyms.js'
import { Topic, Topics } from './views/topics.js'
import { Training } from './views/training.js'

const sections = ['pipeline', 'topics', 'groups', 'dead', 'synonyms', 'training', 'search']

function useAddress() {
  const read = () => location.hash.replace(/^#\/?/, '').split('/').map(decodeURIComponent)
  const [path, setPath] = useState(read)
  useEffect(() => {
    const follow = () => setPath(read())
    addEventListener('hashchange', follow)
    return () => removeEventListener('hashchange', follow)
  }, [])
  return path
}

/** A setting of this browser; where nothing was chosen, what it asks for itself. */
function useKept(name, initial) {
  const [value, setValue] = useState(() => localStorage.getItem(name) ?? initial)
  const keep = (next) => {
    localStorage.setItem(name, next)
    setValue(next)
  }
  return [value, keep]
}

function App() {
  const [section = 'pipeline', ...rest] = useAddress()
  const [language, setLanguage] = useKept('naru-language', navigator.language.startsWith('ko') ? 'ko' : 'en')
  const [theme, setTheme] = useKept('naru-theme', matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light')
  const [session, setSession] = useState(undefined)
  useEffect(() => {
    ask('/api/session').then(setSession, () => setSession({ mayLook: true }))
  }, [])
  const live = useLive(session?.mayLook)
  const t = texter(language)
  document.documentElement.dataset.theme = theme
  document.documentElement.lang = language
  const current = sections.includes(section) ? section : 'pipeline'
  useEffect(() => {
    document.title = `${t(current)} · naru`
  }, [current, language])
  if (!session) return null
  return html`<${Setting.Provider} value=${{ language, theme, session }}>
    <a class="skip" href="#main" onClick=${toMain}>${t('skip')}</a>
    <header class="bar">
      <a class="brand" href="#/pipeline"><img src="/assets/icon.svg" alt="" width="24" height="24" />naru</a>
      <nav aria-label=${t('sections')}>
        ${sections.map((name) => html`<a href=${`#/${name}`} aria-current=${name === current ? 'page' : null}>${t(name)}</a>`)}
      </nav>
      <div class="tools">
        <span class=${`link ${live.connected ? 'on' : 'off'}`} role="status">${live.connected ? t('live') : t('reconnecting')}</span>
        <button type="button" lang=${language === 'en' ? 'ko' : 'en'} onClick=${() => setLanguage(languages[1 - languages.indexOf(language)])}>${t('language')}</button>
        <button type="button" onClick=${() => setTheme(theme === 'dark' ? 'light' : 'dark')}>${t(theme === 'dark' ? 'themeLight' : 'themeDark')}</button>
      </div>
    </header>
    <main id="main" tabindex="-1">
      ${session.mayLook ? html`<${Section} name=${current} rest=${rest} live=${live} />` : html`<${SignIn} onSession=${setSession} />`}
    </main>
  <//>`
}

/** The address belongs to the sections, so the link does itself what a fragment would. */
function toMain(event) {
  event.preventDefault()
  document.getElementById('main').focus()
}

function Section({ name, rest, live }) {
  if (name === 'synonyms') return html`<${Synonyms} view=${live.view} word=${rest[0]} />`
  if (name === 'training') return html`<${Training} />`
  if (name === 'search') return html`<${Search} query=${rest[0]} />`
  if (!live.view) return html`<${NoPipeline} reason=${live.reason} />`
  if (name === 'topics') {
    return rest[0] ? html`<${Topic} view=${live.view} name=${rest[0]} />` : html`<${Topics} view=${live.view} />`
  }
  if (name === 'groups') return html`<${Groups} view=${live.view} />`
  if (name === 'dead') return html`<${DeadLetters} view=${live.view} service=${rest[0]} />`
  return html`<${Pipeline} view=${live.view} selected=${rest[0]} />`
}

function NoPipeline({ reason }) {
  return html`<${Setting.Consumer}>
    ${({ language }) => {
      const t = texter(language)
      return html`<section class="card empty"><h1>${t('noPipeline')}</h1><p>${t('noPipelineHint')} ${language === 'ko' ? failures[reason] : undefined} <code>${reason ?? '…'}</code></p></section>`
    }}
  <//>`
}

function SignIn({ onSession }) {
  const [isWrong, setIsWrong] = useState(false)
  const send = async (event) => {
    event.preventDefault()
    const token = new FormData(event.target).get('token')
    await ask('/api/session', { token }).then(onSession, () => setIsWrong(true))
  }
  return html`<${Setting.Consumer}>
    ${({ language }) => {
      const t = texter(language)
      return html`<form class="card sign-in" onSubmit=${send}>
        <h1>${t('signInTitle')}</h1>
        <label>${t('token')} <input name="token" type="password" autocomplete="current-password" required autofocus /></label>
        <button type="submit" class="main">${t('signIn')}</button>
        <p role="alert">${isWrong ? t('wrongToken') : ''}</p>
      </form>`
    }}
  <//>`
}

render(html`<${App} />`, document.getElementById('app'))
