import { clock } from './clock.ts';
import type { Operations, Problem } from './types.ts';

/** Requests by the contract: `api('GET /calls', { query: { limit: 50 } })`. Each has a deadline. */

/** The server refused a request, and says why. */
export class Refused extends Error {
  readonly status: number;
  readonly problem: Problem;
  /** For how many seconds to wait before the next attempt, if the server said so. */
  readonly wait: number | undefined;

  constructor(problem: Problem, wait?: number) {
    super(problem.detail);
    this.status = problem.status;
    this.problem = problem;
    this.wait = wait;
  }
}

/** There was no answer: no connection, or none in time. */
export class Unreachable extends Error {}

/** By which something that was deleted can be brought back. */
export interface Undo {
  readonly id: string;
  readonly until: Date;
}

export interface Answered<T> {
  readonly body: T;
  /** The version, for `ifMatch`. */
  readonly etag: string | undefined;
  readonly undo: Undo | undefined;
  readonly location: string | undefined;
}

type Part<O, K extends string> = O extends Record<K, infer V> ? { readonly [key in K]: V } : unknown;

type Input<O> = Part<O, 'path'> &
  (O extends { query: infer Q } ? { readonly query?: Q } : unknown) &
  Part<O, 'body'> & {
    /** The version that was read; a change made meanwhile is 412. */
    readonly ifMatch?: string | undefined;
    readonly signal?: AbortSignal | undefined;
    /** Milliseconds; a quarter of a minute unless given. */
    readonly deadline?: number;
  };

type Answer<O> = O extends { answer: infer A } ? A : undefined;

type Asked<O> = O extends { path: unknown } | { body: unknown } ? [input: Input<O>] : [input?: Input<O>];

const DEADLINE = 15_000;

/** Below which the API is, whatever is before `/console/`. */
export function address(path: string): URL {
  return new URL(`../api/v1${path}`, document.baseURI);
}

/** Asks whoever sits here to sign in again, and returns once that was done. Set by the session. */
export const gate: { again: (() => Promise<void>) | undefined } = { again: undefined };

export async function api<K extends keyof Operations>(
  operation: K,
  ...[input]: Asked<Operations[K]>
): Promise<Answered<Answer<Operations[K]>>> {
  const asked = (input ?? {}) as Loose;
  const answered = await send(operation, asked);
  if (answered.status === 401 && gate.again !== undefined && operation !== 'POST /session') {
    await gate.again();
    return read(await send(operation, asked));
  }
  return read(answered);
}

interface Loose {
  readonly path?: Record<string, string | number>;
  readonly query?: Record<string, string | number | boolean | undefined>;
  readonly body?: unknown;
  readonly ifMatch?: string | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly deadline?: number;
}

function send(operation: string, asked: Loose): Promise<Response> {
  const [method, template] = operation.split(' ') as [string, string];
  const url = address(
    template.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(String(asked.path?.[name]))),
  );
  for (const [name, value] of Object.entries(asked.query ?? {})) {
    if (value !== undefined && value !== '') {
      url.searchParams.set(name, String(value));
    }
  }
  const headers: Record<string, string> = {};
  if (asked.ifMatch !== undefined) {
    headers['If-Match'] = asked.ifMatch;
  }
  const init: RequestInit = { method, headers, credentials: 'same-origin', cache: 'no-store' };
  if (asked.body instanceof Blob) {
    init.body = asked.body;
  } else if (asked.body !== undefined) {
    headers['Content-Type'] = 'application/json';
    init.body = JSON.stringify(asked.body);
  }
  const deadline = AbortSignal.timeout(asked.deadline ?? DEADLINE);
  init.signal = asked.signal === undefined ? deadline : AbortSignal.any([asked.signal, deadline]);
  return fetched(url, init, asked.signal);
}

async function fetched(url: URL, init: RequestInit, signal: AbortSignal | undefined): Promise<Response> {
  try {
    const response = await fetch(url, init);
    clock.heard(response.headers.get('date'));
    return response;
  } catch (fault) {
    signal?.throwIfAborted();
    throw new Unreachable(String(fault));
  }
}

async function read<T>(response: Response): Promise<Answered<T>> {
  const { headers } = response;
  if (!response.ok) {
    throw new Refused(await problemOf(response), Number(headers.get('retry-after')) || undefined);
  }
  const isJson = headers.get('content-type')?.startsWith('application/json') ?? false;
  const id = headers.get('undo-id');
  return {
    body: (isJson ? await response.json() : undefined) as T,
    etag: headers.get('etag') ?? undefined,
    undo: id === null ? undefined : { id, until: new Date(headers.get('undo-until') ?? 0) },
    location: headers.get('location') ?? undefined,
  };
}

/** A proxy between may answer in its own words. */
async function problemOf(response: Response): Promise<Problem> {
  const { status, statusText } = response;
  try {
    const problem = (await response.json()) as Problem;
    if (typeof problem.detail === 'string' && Array.isArray(problem.faults)) {
      return problem;
    }
  } catch {
    // no problem document
  }
  return { title: statusText, status, detail: statusText || String(status), request: '', faults: [] };
}
