import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { defineConfig } from 'vitepress'

const docs = join(import.meta.dirname, '..')

/** The pages of a folder, by their file names. */
function pagesIn(folder: string) {
  return readdirSync(join(docs, folder))
    .filter((name) => name.endsWith('.md'))
    .sort()
    .map((name) => ({
      text: name.replace(/\.md$/, '').replaceAll('-', ' '),
      link: join('/', folder, name.replace(/\.md$/, '')),
    }))
}

export default defineConfig({
  title: 'naru',
  description: 'Wikipedia dumps of two languages in; synonym pairs and a bilingual neural sparse encoder out.',
  // Links out of docs/ lead to files of the repository; test/docs checks all of them, anchors included.
  ignoreDeadLinks: [/\/\.\.\//, /^\.\.?\/(?:\.\.\/)*(?:bench|config|dataset|notebooks|services|README)/],
  // As GitHub makes anchors, so that one link is right in both.
  markdown: {
    config: (md) => {
      // What stands between two braces in code is wikitext, no expression of the site's.
      const inline = md.renderer.rules.code_inline!
      md.renderer.rules.code_inline = (...args) => inline(...args).replace(/^<code/, '<code v-pre')
    },
    anchor: {
      slugify: (text) =>
        text
          .toLowerCase()
          .replace(/[^\p{L}\p{N}\s_-]/gu, '')
          .replaceAll(' ', '-'),
    },
  },
  themeConfig: {
    search: { provider: 'local' },
    sidebar: [
      { text: 'Learn', items: [{ text: 'tutorial', link: '/tutorial' }] },
      { text: 'Do', items: pagesIn('how-to') },
      { text: 'Stages', items: pagesIn('.').filter(({ text }) => !['index', 'tutorial'].includes(text)) },
      { text: 'Look up', items: pagesIn('reference') },
      { text: 'Understand', items: pagesIn('explain') },
      { text: 'Decisions', collapsed: true, items: pagesIn('decisions') },
    ],
  },
})
