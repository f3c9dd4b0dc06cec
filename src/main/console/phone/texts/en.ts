import { plural } from '../../text/texts.ts';

export const texts = {
  bar: 'Phone bar',
  dialField: 'Number to call',
  dialHint: 'Number or extension',
  dial: 'Call',
  ringing: (number: string) => `Your phone rings. Answer it, and ${number} is called.`,
  noExtension: 'You have no extension',
  noExtensionText: 'To call from here you need one. An administrator gives it to you: users, your name, extension.',
  connected: 'Connected',
  offline: (time: string) => `No connection since ${time}`,
  live: (count: number) => plural(count, { one: '# call in progress', other: '# calls in progress' }),
  missed: (count: number) => plural(count, { one: '# missed call not called back', other: '# missed calls not called back' }),
};

export type PhoneTexts = typeof texts;
