import { html, type TemplateResult } from 'lit';
import { openDialog } from '../widgets/dialog.ts';
import { currentKeys } from './keys.ts';
import { texts } from './texts.ts';

/** The keys that work on this page. */
export function showHelp(): Promise<unknown> {
  const groups = currentKeys();
  return openDialog(
    { title: texts().helpTitle, kind: 'wide' },
    () => html`
      <div class="key-groups">
        ${groups.map(
          group => html`
            <section>
              <h3>${group.title}</h3>
              <dl class="keys">
                ${group.keys
                  .filter(key => key.silent !== true)
                  .map(key => html`<div><dd>${key.text}</dd><dt>${shown(key.keys)}</dt></div>`)}
              </dl>
            </section>
          `,
        )}
      </div>
    `,
  );
}

function shown(keys: string): TemplateResult {
  const parts = keys.split(' ');
  const isChord = parts[0] === 'Ctrl' || parts[0] === 'Shift';
  const joint = isChord ? '+' : texts().then;
  return html`<bdi dir="ltr">${parts.map((part, i) => html`${i === 0 ? '' : html`<span class="muted"> ${joint} </span>`}<kbd>${isChord && part.length === 1 ? part.toUpperCase() : named(part)}</kbd>`)}</bdi>`;
}

function named(part: string): string {
  const names: Record<string, string> = { Escape: 'Esc', ArrowUp: '↑', ArrowDown: '↓', Delete: 'Del' };
  return names[part] ?? part;
}
