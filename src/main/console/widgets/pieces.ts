import { html, nothing, type TemplateResult } from 'lit';
import { clock } from '../api/clock.ts';
import { spaced } from '../text/number.ts';
import { locale } from '../text/texts.ts';

/** A number, with its plus at the left whatever surrounds it. Copied, it is plain. */
export function number(text: string): TemplateResult {
  return html`<bdi class="number" dir="ltr" translate="no">${locale.value.text(spaced(text))}</bdi>`;
}

/** A name or another text from outside: text, in its own direction. */
export function name(text: string): TemplateResult {
  return html`<bdi class="name" title=${text.length > 40 ? text : nothing}>${text}</bdi>`;
}

/** An instant as in a list, with the exact one as its title. */
export function time(at: string | Date): TemplateResult {
  const instant = typeof at === 'string' ? new Date(at) : at;
  const { value } = locale;
  return html`<time datetime=${instant.toISOString()} title=${value.exact(instant)}>${value.when(instant, clock.now())}</time>`;
}

/** How a thing stands: a shape, a colour and a word. */
export function state(kind: 'good' | 'busy' | 'warn' | 'bad' | 'off', word: string): TemplateResult {
  return html`<span class="state ${kind}"><span class="dot" aria-hidden="true"></span>${word}</span>`;
}
