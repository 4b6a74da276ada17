import htm from 'htm'
/** Templates instead of a compiler: html`<p>${text}</p>`. */
import { h } from 'preact'

export const html = htm.bind(h)
