import { Store } from '../text/store.ts';

/** Where somebody is: `#/calls?direction=INBOUND`. Filters are in the address, so that it can be kept and sent. */
export interface Place {
  readonly path: string;
  readonly query: URLSearchParams;
}

function read(): Place {
  const [path = '', query = ''] = location.hash.slice(1).split('?');
  return { path: path.startsWith('/') ? path : '/', query: new URLSearchParams(query) };
}

export const place = new Store<Place>(read());

export function startRouter(): void {
  window.addEventListener('hashchange', () => place.set(read()));
}

export function hrefOf(path: string, query: Record<string, string | undefined> = {}): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined && value !== '') {
      search.set(name, value);
    }
  }
  const text = search.toString();
  return text === '' ? `#${path}` : `#${path}?${text}`;
}

export function go(path: string, query: Record<string, string | undefined> = {}): void {
  location.hash = hrefOf(path, query);
}

/** Changes filters of this screen; back goes to the screen before. */
export function refine(change: Record<string, string | undefined>): void {
  const { path, query } = place.value;
  const href = hrefOf(path, { ...Object.fromEntries(query), ...change });
  history.replaceState(null, '', href);
  place.set(read());
}

/** The parts of a path that a pattern such as `/calls/:id` names; nothing if it is another path. */
export function matched(pattern: string, path: string): Readonly<Record<string, string>> | undefined {
  const wanted = pattern.split('/');
  const given = path.split('/');
  if (wanted.length !== given.length) {
    return undefined;
  }
  const parts: Record<string, string> = {};
  for (const [i, part] of wanted.entries()) {
    const text = given[i]!;
    if (part.startsWith(':')) {
      parts[part.slice(1)] = decoded(text);
    } else if (part !== text) {
      return undefined;
    }
  }
  return parts;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
