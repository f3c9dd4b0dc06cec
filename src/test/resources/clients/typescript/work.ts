// What an application does with the generated client: one line of JSON with a job comes in, one with the result goes out.

import {
  CallFromJSON, CallOutcome, CallsApi, CompanyApi, Configuration, CrmApi, EventFromJSON, EventsSnapshotFromJSON,
  ProblemFromJSON, ProfileKind, ResponseError, TransferKind,
} from './client/index.js';
import type { Event as TamasEvent, EventsSnapshot } from './client/index.js';

// What this program needs of Node.
declare const process: {
  env: Record<string, string | undefined>;
  stdin: AsyncIterable<Uint8Array>;
  stdout: { write(text: string): void };
  exit(code: number): never;
};

const key = process.env['TAMAS_KEY'] ?? '';
const configuration = new Configuration({ accessToken: key }); // the server is the one that the document came from
const calls = new CallsApi(configuration);
const crm = new CrmApi(configuration);
const company = new CompanyApi(configuration);

const bytes = (base64: string) => Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
const base64 = (content: ArrayBuffer) => btoa(String.fromCharCode(...new Uint8Array(content)));

/** The messages of the WebSocket, as they come. */
class Events {
  private readonly received: TamasEvent[] = [];
  private waiting: (() => void)[] = [];

  /** Node's own WebSocket takes headers, that of browsers does not. */
  static open(): Promise<{ events: Events; snapshot: EventsSnapshot }> {
    const address = configuration.basePath.replace(/^http/, 'ws') + '/api/v1/events';
    const socket = new WebSocket(address, { headers: { authorization: `Bearer ${key}` } } as unknown as string[]);
    const events = new Events();
    return new Promise((resolve, reject) => {
      socket.onerror = () => reject(new Error('no connection to ' + address));
      socket.onmessage = (message: MessageEvent<string>) => {
        const json = JSON.parse(message.data);
        if (json.type === 'snapshot') {
          resolve({ events, snapshot: EventsSnapshotFromJSON(json) });
        } else if (json.type !== 'gap') {
          events.add(EventFromJSON(json));
        }
      };
    });
  }

  private add(event: TamasEvent) {
    this.received.push(event);
    this.waiting.splice(0).forEach((look) => look());
  }

  async waitFor(type: string, subject: string): Promise<TamasEvent> {
    const end = Date.now() + 20_000;
    for (;;) {
      const found = this.received.find((one) => one.type === type && one.subject === subject);
      if (found) {
        return found;
      }
      if (Date.now() > end) {
        throw new Error(`no ${type} of ${subject}`);
      }
      await new Promise<void>((resolve) => {
        this.waiting.push(resolve);
        setTimeout(resolve, 1_000);
      });
    }
  }
}

let events: Events;

const jobs: Record<string, (given: Record<string, string>) => Promise<unknown>> = {
  async subscribe() {
    const opened = await Events.open();
    events = opened.events;
    return { lastId: opened.snapshot.lastId, extensions: opened.snapshot.extensions.length };
  },
  async list_calls({ number, since }) {
    const page = await calls.listCalls({ number, status: CallOutcome.Answered, from: new Date(since!), limit: 10 });
    return page.items.map((call) => call.id);
  },
  async get_call({ id }) {
    const call = await calls.getCall({ id: id! });
    return {
      direction: call.direction,
      status: call.status,
      caller: call.caller,
      answeredBy: call.answeredBy,
      startedAt: call.startedAt.toISOString(),
      legs: call.legs.map((leg) => `${leg.party} ${leg.result}`),
      recording: call.recording,
      recordingState: call.recordingFile?.state,
    };
  },
  async download({ recording, part }) {
    const audio: Blob = await calls.getRecording({ id: recording!, range: part });
    return base64(await audio.arrayBuffer());
  },
  async live_calls() {
    const live = await calls.listLiveCalls();
    return Object.fromEntries(live.items.map((call) => [call.id, call.progress?.state ?? call.status]));
  },
  async make_call({ extension, to }) {
    return (await calls.makeCall({ newCall: { extension, to: to! } })).id;
  },
  async transfer_call({ id, to, by }) {
    await calls.transferCall({ id: id!, transfer: { to: to!, kind: TransferKind.Blind, by } });
  },
  async hang_up_call({ id }) {
    await calls.hangUpCall({ id: id! });
  },
  async create_profile({ name, number }) {
    const made = await crm.createProfileRaw({
      profileDraft: {
        kind: ProfileKind.Person, name: name!, numbers: [{ number: number!, label: 'mobile' }], fields: { city: 'شیراز' },
      },
    });
    const profile = await made.value();
    return { id: profile.id, number: profile.numbers[0]?.number, version: made.raw.headers.get('etag') };
  },
  async search_profiles({ words }) {
    return (await crm.listProfiles({ q: words })).items.map((profile) => profile.id);
  },
  async update_profile({ id, version, name }) {
    const profile = await crm.getProfile({ id: Number(id) });
    const numbers = profile.numbers.map(({ number, label }) => ({ number, label }));
    const profileDraft = { kind: profile.kind, name: name!, numbers, fields: profile.fields };
    return (await crm.updateProfile({ id: Number(id), ifMatch: version, profileDraft })).version;
  },
  async upload_prompt({ name, language, wav }) {
    const body = new Blob([bytes(wav!)]);
    const prompt = await company.putPromptAudio({ name: name!, language: language!, body }, async ({ init }) => ({
      ...init, headers: { ...init.headers, 'Content-Type': 'audio/x-wav' },
    }));
    return prompt.audio?.[language!];
  },
  async rename_in_company({ old, new: renamed }) {
    const read = await company.getCompanyRaw();
    const document = await (await read.value()).text();
    const change = await company.putCompany({
      body: document.replaceAll(old!, renamed!), ifMatch: read.raw.headers.get('etag') ?? undefined,
    });
    return change.changes.map((one) => `${one.kind} ${one.name} ${one.change} ${one.fields[0]?.field} ${one.fields[0]?.after}`);
  },
  async put_company({ document }) {
    return (await company.putCompany({ body: document! })).version;
  },
  async event({ type, subject }) {
    const event = await events.waitFor(type!, subject!);
    return { id: event.id, at: event.at.toISOString(), data: event.data };
  },
  async event_of_call({ type, id }) {
    const call = CallFromJSON((await events.waitFor(type!, `call:${id}`)).data);
    return { status: call.status, answeredBy: call.answeredBy };
  },
};

/** The problem document of a refusal. */
async function problem(refusal: ResponseError) {
  const told = ProblemFromJSON(await refusal.response.json());
  return { status: refusal.response.status, title: told.title, detail: told.detail, faults: told.faults };
}

async function does(line: string) {
  const [job, given] = JSON.parse(line);
  try {
    return { result: (await jobs[job]!(given)) ?? null };
  } catch (refusal) {
    if (refusal instanceof ResponseError) {
      return { problem: await problem(refusal) };
    }
    throw refusal;
  }
}

const decoder = new TextDecoder();
let rest = '';
for await (const chunk of process.stdin) {
  const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n');
  rest = lines.pop() ?? '';
  for (const line of lines) {
    process.stdout.write(JSON.stringify(await does(line)) + '\n');
  }
}
process.exit(0);
