import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { api, type Undo } from '../api/client.ts';
import { Store } from '../text/store.ts';
import { announce } from './announce.ts';
import { sentence } from './faults.ts';
import { icon, type IconName } from './icon.ts';
import { texts } from './texts.ts';

interface Toast {
  readonly id: number;
  readonly text: string;
  readonly kind: 'done' | 'fault';
  readonly undo: (() => Promise<void>) | undefined;
  readonly ends: number;
}

const SHORT = 5000;
const UNDO = 10_000;
const MOST = 3;

export const toasts = new Store<readonly Toast[]>([]);

let last = 0;

export interface ToastOptions {
  readonly kind?: 'done' | 'fault';
  /** Takes it back; offered for ten seconds, and to Ctrl Z. */
  readonly undo?: (() => Promise<void>) | undefined;
}

/** Says what was done, and offers to take it back. */
export function toast(text: string, { kind = 'done', undo }: ToastOptions = {}): void {
  const id = ++last;
  const stays = undo === undefined ? SHORT : UNDO;
  const ends = window.setTimeout(() => dismiss(id), stays);
  toasts.set([...toasts.value, { id, text, kind, undo, ends }].slice(-MOST));
  announce(text, kind === 'fault');
}

/** Says why something did not work. */
export function toastFault(fault: unknown): void {
  toast(sentence(fault), { kind: 'fault' });
}

/** How the server brings back what was deleted. */
export function undoing(undo: Undo | undefined, then?: () => void): (() => Promise<void>) | undefined {
  if (undo === undefined) {
    return undefined;
  }
  return async () => {
    await api('POST /undo/{id}', { path: { id: undo.id } });
    then?.();
  };
}

export function dismiss(id: number): void {
  toasts.set(toasts.value.filter(one => one.id !== id));
}

/** Takes back what was done last, if that is still offered. */
export function undoLast(): void {
  const latest = toasts.value.findLast(one => one.undo !== undefined);
  if (latest !== undefined) {
    void takeBack(latest);
  }
}

async function takeBack(one: Toast): Promise<void> {
  dismiss(one.id);
  try {
    await one.undo?.();
    toast(texts().undone);
  } catch (fault) {
    toastFault(fault);
  }
}

/** Looked at, they stay. */
function keep(one: Toast): void {
  window.clearTimeout(one.ends);
}

const ICONS: Record<Toast['kind'], IconName> = { done: 'check', fault: 'exclamation' };

export function toaster(): TemplateResult {
  const t = texts();
  return html`
    <div class="toasts">
      ${repeat(
        toasts.value,
        one => one.id,
        one => html`
          <div class="toast ${one.kind}" @pointerenter=${() => keep(one)} @focusin=${() => keep(one)}>
            ${icon(ICONS[one.kind])}
            <span class="grow" dir="auto">${one.text}</span>
            ${one.undo === undefined
              ? nothing
              : html`<button class="button quiet small" @click=${() => void takeBack(one)}>${t.undo}</button>`}
            <button class="button quiet square small" aria-label=${t.close} @click=${() => dismiss(one.id)}>
              ${icon('x')}
            </button>
          </div>
        `,
      )}
    </div>
  `;
}
