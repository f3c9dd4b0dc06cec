import { html, render, type LitElement, type TemplateResult } from 'lit';
import { locale } from '../text/texts.ts';
import { icon } from './icon.ts';
import { texts } from './texts.ts';

export interface DialogOptions {
  readonly title: string;
  /** Cannot be left without an answer. */
  readonly must?: boolean;
  readonly kind?: 'plain' | 'wide' | 'bare';
}

let last = 0;

/**
 * Opens a dialog and returns what it was closed with; nothing if it was left by Esc or the cross. Focus goes back to where
 * it was.
 *
 * @param content is called again whenever the language changes
 */
export function openDialog<T = void>(
  { title, must = false, kind = 'plain' }: DialogOptions,
  content: (close: (value?: T) => void) => TemplateResult,
): Promise<T | undefined> {
  const dialog = document.createElement('dialog');
  const id = `dialog-${++last}`;
  dialog.className = `dialog ${kind}`;
  dialog.setAttribute('aria-labelledby', id);
  document.body.append(dialog);
  let result: T | undefined;
  const close = (value?: T): void => {
    result = value;
    dialog.close();
  };
  const show = (): void => {
    render(frame(id, title, must, content(close), close), dialog);
  };
  show();
  const end = locale.watch(show);
  dialog.addEventListener('cancel', event => must && event.preventDefault());
  dialog.addEventListener('click', event => event.target === dialog && !must && close());
  dialog.showModal();
  void rendered(dialog).then(() => focusFirst(dialog));
  return new Promise(resolve => {
    dialog.addEventListener('close', () => {
      end();
      dialog.remove();
      resolve(result);
    });
  });
}

/** What is in it renders a moment later, and what is in that. */
async function rendered(dialog: HTMLDialogElement): Promise<void> {
  for (let depth = 0; depth < 3; depth++) {
    await Promise.all([...dialog.querySelectorAll('*')].map(one => (one as Partial<LitElement>).updateComplete));
  }
}

function focusFirst(dialog: HTMLDialogElement): void {
  if (document.activeElement === null || document.activeElement.closest('.dialog-head') !== null || !dialog.contains(document.activeElement)) {
    const fields =
      'input:not([type=hidden], [type=radio], [readonly], :disabled), input[type=radio]:checked, textarea, select';
    (dialog.querySelector<HTMLElement>('[autofocus]') ?? dialog.querySelector<HTMLElement>(fields))?.focus();
  }
}

function frame(
  id: string,
  title: string,
  must: boolean,
  content: TemplateResult,
  close: () => void,
): TemplateResult {
  return html`
    <div class="dialog-in">
      <header class="dialog-head">
        <h2 id=${id}>${title}</h2>
        <button class="button quiet square" ?hidden=${must} aria-label=${texts().close} @click=${() => close()}>
          ${icon('x')}
        </button>
      </header>
      ${content}
    </div>
  `;
}
