import { html, nothing, type TemplateResult } from 'lit';
import { hasRole, session, signOut, useLanguage, user } from '../session/session.ts';
import { LANGUAGES, NAMES } from '../text/language.ts';
import { locale } from '../text/texts.ts';
import { openDialog } from '../widgets/dialog.ts';
import { icon } from '../widgets/icon.ts';
import { toastFault } from '../widgets/toast.ts';
import { element, View } from '../widgets/view.ts';
import { showHelp } from './help.ts';
import { openPalette } from './palette.ts';
import { matched, place } from './router.ts';
import { ROUTES } from './routes.ts';
import type { Route } from './screen.ts';
import { theme, THEMES } from './theme.ts';
import { texts } from './texts.ts';

/** The column of sections; at the foot where the screen is small. */
export class Sections extends View {
  constructor() {
    super();
    this.watch(place, session, theme);
  }

  override render(): TemplateResult {
    const t = texts();
    const shown = ROUTES.filter(route => route.icon !== undefined && hasRole(route.role));
    const names = [...new Set(shown.map(route => route.section))];
    return html`
      <nav class="sections" aria-label=${t.sectionsLabel}>
        <div class="brand"><img src="logo.svg" alt="" width="26" height="26" /><span>${t.product}</span></div>
        <button class="button search-all" @click=${() => void openPalette()}>
          ${icon('search')}<span class="grow">${t.palette}</span><kbd>Ctrl K</kbd>
        </button>
        <div class="section-list">
          ${names.map(
            name => html`
              ${name === undefined ? nothing : html`<h2 class="section-name">${t.sections[name]}</h2>`}
              <ul>
                ${shown.filter(route => route.section === name).map(route => this.#link(route))}
              </ul>
            `,
          )}
        </div>
        <ul class="foot-list">
          ${shown.filter(route => route.foot === true).map(route => this.#link(route))}
          <li>
            <button class="section-link" @click=${() => void openPalette()}>${icon('list')}<span>${t.moreSections}</span></button>
          </li>
        </ul>
        <div class="section-foot">
          <button class="section-link" @click=${() => void openAccount()} aria-label=${t.account(shownName())}>
            ${icon('person')}<span class="grow"><bdi>${shownName()}</bdi></span>
          </button>
          <button class="button quiet square" aria-label=${t.help} title="${t.help} (?)" @click=${() => void showHelp()}>
            ${icon('keyboard')}
          </button>
        </div>
      </nav>
    `;
  }

  #link(route: Route): TemplateResult {
    const isHere =
      matched(route.path, place.value.path) !== undefined || (place.value.path === '/' && route === ROUTES[0]);
    const name = texts().screens[route.name];
    return html`
      <li>
        <a
          class="section-link"
          href="#${route.path}"
          aria-current=${isHere ? 'page' : nothing}
          title=${route.key === undefined ? name : `${name} (g ${route.key})`}
        >
          ${icon(route.icon!)}<span>${name}</span>
        </a>
      </li>
    `;
  }
}

element('console-sections', Sections);

function shownName(): string {
  const { displayName, name } = user();
  return displayName ?? name;
}

/** Language, appearance, and the way out. */
export function openAccount(): Promise<unknown> {
  return openDialog({ title: shownName() }, close => {
    const t = texts();
    return html`
      <div class="form">
        <fieldset class="choices">
          <legend>${t.language}</legend>
          ${LANGUAGES.map(one =>
            choice('language', one, NAMES[one], one === locale.value.language, () => {
              useLanguage(one).catch(toastFault);
            }),
          )}
        </fieldset>
        <fieldset class="choices">
          <legend>${t.theme}</legend>
          ${THEMES.map(one => choice('theme', one, t.themes[one], one === theme.value, () => theme.set(one)))}
        </fieldset>
        <button
          class="button"
          @click=${() => {
            close();
            signOut().catch(toastFault);
          }}
        >
          ${icon('sign-out')}<span>${t.signOut}</span>
        </button>
      </div>
    `;
  });
}

function choice(group: string, value: string, label: string, isChosen: boolean, run: () => void): TemplateResult {
  return html`
    <label class="choice">
      <input type="radio" name=${group} value=${value} .checked=${isChosen} @change=${run} /><span>${label}</span>
    </label>
  `;
}
