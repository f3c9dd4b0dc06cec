import { html, type TemplateResult } from 'lit';
import { Store } from '../text/store.ts';

/** What screen readers are told; the shell shows it to nobody else. */
export const announced = new Store<{ polite: string; urgent: string }>({ polite: '', urgent: '' });

/** @param urgent also in the middle of a sentence: a call that rings */
export function announce(text: string, urgent = false): void {
  announced.set(urgent ? { ...announced.value, urgent: text } : { ...announced.value, polite: text });
}

export function announcer(): TemplateResult {
  return html`
    <div class="unseen" role="status" aria-live="polite">${announced.value.polite}</div>
    <div class="unseen" role="alert" aria-live="assertive">${announced.value.urgent}</div>
  `;
}
