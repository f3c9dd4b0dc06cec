import { api, gate, Refused } from '../api/client.ts';
import { events } from '../api/events.ts';
import type { Role, SignedIn, SignedOut, User } from '../api/types.ts';
import { isLanguage, directionOf, type Language } from '../text/language.ts';
import { remember, remembered } from '../text/remembered.ts';
import { Store } from '../text/store.ts';
import { read } from '../text/texts.ts';

/** Who sits here. */
export type Session =
  | { readonly state: 'unknown' }
  | { readonly state: 'out' }
  | { readonly state: 'one-time'; readonly name: string; readonly old: string }
  | { readonly state: 'codes-due'; readonly password: string }
  | { readonly state: 'in'; readonly user: User };

export const session = new Store<Session>({ state: 'unknown' });

/** Who has signed in. */
export function user(): User {
  const { value } = session;
  if (value.state !== 'in') {
    throw new Error('nobody has signed in');
  }
  return value.user;
}

const ROLES: readonly Role[] = ['OPERATOR', 'SUPERVISOR', 'ADMINISTRATOR'];

/** Whether who has signed in has that role or a higher one. */
export function hasRole(role: Role | undefined): boolean {
  return role === undefined || ROLES.indexOf(user().role) >= ROLES.indexOf(role);
}

const RETRY = 2000;

/** Finds out who has signed in; waits for a server that does not answer yet. */
export async function begin(waiting: () => void): Promise<void> {
  try {
    const { body } = await api('GET /session');
    await entered(body, '');
  } catch (fault) {
    if (fault instanceof Refused && fault.status === 401) {
      session.set({ state: 'out' });
      return;
    }
    waiting();
    await new Promise(later => setTimeout(later, RETRY));
    await begin(waiting);
  }
}

/** @param code one-time, if the server asks for it: it answers a fault at `/code` */
export async function signIn(name: string, password: string, code: string): Promise<void> {
  const given = code === '' ? {} : { code };
  const { body } = await api('POST /session', { body: { name, password, ...given } });
  await entered(body, password);
}

async function entered(signedIn: SignedIn, password: string): Promise<void> {
  if (signedIn.oneTime) {
    session.set({ state: 'one-time', name: signedIn.name, old: password });
    return;
  }
  if (signedIn.codesDue) {
    session.set({ state: 'codes-due', password });
    return;
  }
  const { body } = await api('GET /me');
  await took(body);
  gate.again = again;
  events.start(body.name, () => void stillIn());
}

/** A socket that is refused does not say why; a request does, and asks for the password if that is it. */
async function stillIn(): Promise<void> {
  try {
    await api('GET /session');
  } catch {
    // no connection: it comes back by itself
  }
}

export async function replacePassword(old: string, password: string): Promise<void> {
  await api('PUT /me/password', { body: { old, password } });
  const { body } = await api('GET /session');
  await entered(body, password);
}

/** Goes on once what was demanded is done. */
export async function resume(): Promise<void> {
  const { body } = await api('GET /session');
  await entered(body, '');
}

/** Takes over what somebody has chosen. */
async function took(me: User): Promise<void> {
  const { language, calendar, digits, zone } = me.settings;
  const spoken = isLanguage(language) ? language : remembered().language;
  await speak({ language: spoken, calendar, digits, zone });
  session.set({ state: 'in', user: me });
}

async function speak(choice: Parameters<typeof read>[0]): Promise<void> {
  await read(choice);
  remember({ language: choice.language });
  const root = document.documentElement;
  root.lang = choice.language;
  root.dir = directionOf(choice.language);
}

/** Changes the language, before and after the sign-in. */
export async function useLanguage(language: Language): Promise<void> {
  const { value } = session;
  if (value.state !== 'in') {
    await speak({ language });
    return;
  }
  const { body } = await api('PUT /me/settings', { body: { ...value.user.settings, language } });
  await took(body);
}

/** Also at the issuer of OpenID Connect, for who has signed in there. */
export async function signOut(): Promise<void> {
  const { body }: { readonly body: SignedOut | undefined } = await api('DELETE /session');
  if (body === undefined) {
    left();
  } else {
    stop();
    location.assign(body.goOn);
  }
}

/** Nobody has signed in any more: whatever was read goes with the page. */
export function left(): void {
  stop();
  location.reload();
}

function stop(): void {
  gate.again = undefined;
  events.stop();
}

let asking: Promise<void> | undefined;

/** The session has ended: asks for the password in place, once for all requests that wait. */
async function again(): Promise<void> {
  asking ??= ask().finally(() => (asking = undefined));
  await asking;
}

async function ask(): Promise<void> {
  const { askAgain } = await import('./again.ts');
  await askAgain(user().name);
  const { body } = await api('GET /me');
  await took(body);
}
