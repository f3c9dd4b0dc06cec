import { html, nothing, type TemplateResult } from 'lit';
import { sentence } from './faults.ts';
import { icon, type IconName } from './icon.ts';
import { texts } from './texts.ts';

export interface Empty {
  readonly icon: IconName;
  readonly title: string;
  readonly text?: string | TemplateResult | undefined;
  readonly action?: { readonly label: string; readonly run: () => void } | undefined;
}

/** In place of a list without rows: why there is nothing, and what to do. */
export function empty({ icon: name, title, text, action }: Empty): TemplateResult {
  return html`
    <div class="empty">
      <span class="empty-icon">${icon(name)}</span>
      <p class="empty-title">${title}</p>
      ${text === undefined ? nothing : html`<p class="muted">${text}</p>`}
      ${action === undefined ? nothing : html`<button class="button" @click=${action.run}>${action.label}</button>`}
    </div>
  `;
}

/** In place of what could not be read. */
export function failure(fault: unknown, again: () => void): TemplateResult {
  return html`
    <div class="empty" role="alert">
      <span class="empty-icon">${icon('exclamation')}</span>
      <p class="empty-title" dir="auto">${sentence(fault)}</p>
      <button class="button" @click=${again}>${texts().retry}</button>
    </div>
  `;
}

/** Where rows will be; seen only if they take longer than a moment. */
export function skeleton(rows = 8): TemplateResult {
  return html`
    <div class="skeleton" role="status" aria-label=${texts().loading}>
      ${Array.from({ length: rows }, () => html`<div class="skeleton-row"></div>`)}
    </div>
  `;
}
