import { html, type TemplateResult } from 'lit';
import { Unreachable } from '../api/client.ts';
import { hasRole, session } from '../session/session.ts';
import { locale } from '../text/texts.ts';
import { empty, failure, skeleton } from '../widgets/states.ts';
import { element, View } from '../widgets/view.ts';
import { go, matched, place } from './router.ts';
import { ROUTES } from './routes.ts';
import type { Route, ScreenModule } from './screen.ts';
import { texts } from './texts.ts';

interface Found {
  readonly route: Route;
  readonly parts: Readonly<Record<string, string>>;
}

interface Shown {
  readonly route: Route;
  readonly module: ScreenModule;
}

/** Shows the screen of the address, and loads it if need be. */
export class ScreenHost extends View {
  static override properties = { shown: { state: true }, fault: { state: true }, isOld: { state: true } };

  shown: Shown | undefined;
  fault: unknown;
  /** Parts of this version are no longer served: there is a newer one. */
  isOld = false;
  #loading: Route | undefined;
  #hasFocus = false;

  constructor() {
    super();
    this.watch(place, session);
  }

  override render(): TemplateResult {
    const found = this.#find();
    this.#title(found?.route);
    return html`<main id="main" tabindex="-1">${this.#content(found)}</main>`;
  }

  #find(): Found | undefined {
    const path = place.value.path === '/' ? this.#first() : place.value.path;
    for (const route of ROUTES) {
      const parts = matched(route.path, path);
      if (parts !== undefined) {
        return { route, parts };
      }
    }
    return undefined;
  }

  /** Until there is one for `/`. */
  #first(): string {
    return ROUTES.some(route => route.path === '/') ? '/' : ROUTES[0]!.path;
  }

  #title(route: Route | undefined): void {
    const t = texts();
    document.title = `${route === undefined ? t.notFound : t.screens[route.name]} · ${t.product}`;
  }

  #content(found: Found | undefined): TemplateResult {
    const t = texts();
    const home = { label: t.toStart, run: () => go('/') };
    if (found === undefined) {
      return empty({ icon: 'question', title: t.notFound, action: home });
    }
    if (!hasRole(found.route.role)) {
      return empty({ icon: 'dash', title: t.notAllowed, action: home });
    }
    if (this.shown?.route === found.route) {
      return this.shown.module.screen(found.parts);
    }
    if (this.isOld) {
      return empty({ icon: 'arrow-clockwise', title: t.newVersion, action: { label: t.reload, run: () => location.reload() } });
    }
    if (this.fault !== undefined && this.#loading === found.route) {
      return failure(this.fault, () => void this.#load(found.route));
    }
    if (this.#loading !== found.route) {
      void this.#load(found.route);
    }
    return skeleton();
  }

  async #load(route: Route): Promise<void> {
    this.#loading = route;
    this.fault = undefined;
    try {
      const module = await route.load();
      await module.prepare();
      if (this.#loading === route) {
        this.#loading = undefined;
        this.shown = { route, module };
        await this.updateComplete;
        this.#focus();
      }
    } catch (fault) {
      this.fault = fault instanceof TypeError ? new Unreachable(fault.message) : fault;
      this.isOld = fault instanceof TypeError && (await isServed());
    }
  }

  /** Who goes to a screen is there, also with the keyboard; not at the first one, and not away from a field. */
  #focus(): void {
    const { activeElement } = document;
    if (this.#hasFocus && (activeElement === null || !activeElement.matches('input, textarea, select, dialog *'))) {
      this.querySelector<HTMLElement>('#main')?.focus({ preventScroll: true });
    }
    this.#hasFocus = true;
    void locale.value;
  }
}

element('screen-host', ScreenHost);

/** Whether the server answers, so that what is missing is missing there. */
async function isServed(): Promise<boolean> {
  try {
    return (await fetch(document.baseURI, { cache: 'no-store' })).ok;
  } catch {
    return false;
  }
}
