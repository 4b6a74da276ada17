/** report.html: one file that opens without a network, reads well in light and dark, and prints. */
import type { ReportFacts } from './facts.ts'
import { html } from './html.ts'
import { countsSection } from './sections/counts.ts'
import { filesSection } from './sections/files.ts'
import { openSearchSection } from './sections/opensearch.ts'
import { overviewSection } from './sections/overview.ts'
import { queriesSection } from './sections/queries.ts'
import { retrievalSection } from './sections/retrieval.ts'
import { synonymsSection } from './sections/synonyms.ts'
import { trainingSection } from './sections/training.ts'
import { style } from './style.ts'

const sections = [
  { id: 'counts', title: 'Counts', render: countsSection },
  { id: 'synonyms', title: 'Synonyms', render: synonymsSection },
  { id: 'training', title: 'Training', render: trainingSection },
  { id: 'retrieval', title: 'Retrieval', render: retrievalSection },
  { id: 'queries', title: 'Queries', render: queriesSection },
  { id: 'opensearch', title: 'OpenSearch', render: openSearchSection },
  { id: 'files', title: 'Files and environment', render: filesSection },
] as const

export function renderPage(facts: ReportFacts): string {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>naru report${facts.model === undefined ? '' : ` – ${facts.model}`}</title>
<style>${style}</style>
</head>
<body>
<header>${overviewSection(facts)}
<nav aria-label="Sections">${sections.map(({ id, title }) => html`<a href="#${id}">${title}</a>`)}</nav>
</header>
<main>
${sections.map(({ id, title, render }) => html`<section id="${id}"><h2>${title}</h2>\n${render(facts)}</section>\n`)}
</main>
</body>
</html>
`.text
}
