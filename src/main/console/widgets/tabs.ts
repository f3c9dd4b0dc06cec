import { html, nothing, type TemplateResult } from 'lit';

export interface Tab<T extends string> {
  readonly id: T;
  readonly label: string;
  readonly count?: string;
}

/** A row of tabs; arrows move, in the direction of writing. The content is `<div role="tabpanel" id="panel-ID">`. */
export function tabs<T extends string>(
  label: string,
  all: readonly Tab<T>[],
  selected: T,
  select: (id: T) => void,
): TemplateResult {
  const key = (event: KeyboardEvent): void => {
    const list = event.currentTarget as HTMLElement;
    const forward = getComputedStyle(list).direction === 'rtl' ? 'ArrowLeft' : 'ArrowRight';
    const backward = forward === 'ArrowLeft' ? 'ArrowRight' : 'ArrowLeft';
    const at = all.findIndex(one => one.id === selected);
    const step = event.key === forward ? 1 : event.key === backward ? -1 : 0;
    const next = all[(at + step + all.length) % all.length];
    if (step !== 0 && next !== undefined) {
      event.preventDefault();
      select(next.id);
      list.querySelector<HTMLElement>(`#tab-${next.id}`)?.focus();
    }
  };
  return html`
    <div class="tabs" role="tablist" aria-label=${label} @keydown=${key}>
      ${all.map(
        one => html`
          <button
            class="tab"
            role="tab"
            id="tab-${one.id}"
            aria-selected=${one.id === selected}
            aria-controls="panel-${one.id}"
            tabindex=${one.id === selected ? 0 : -1}
            @click=${() => select(one.id)}
          >
            ${one.label}${one.count === undefined ? nothing : html`<span class="count">${one.count}</span>`}
          </button>
        `,
      )}
    </div>
  `;
}
