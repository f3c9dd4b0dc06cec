import { plural } from '../../text/texts.ts';
import type { PhoneTexts } from './en.ts';

export const texts: PhoneTexts = {
  bar: 'نوار تلفن',
  dialField: 'شماره‌گیر',
  dialHint: 'شماره یا داخلی',
  dial: 'تماس',
  ringing: number => `تلفن شما زنگ می‌خورد. گوشی را که بردارید، با ${number} تماس گرفته می‌شود.`,
  noExtension: 'داخلی ندارید',
  noExtensionText: 'برای تماس از اینجا داخلی لازم است. مدیر سامانه آن را در بخش کاربران برای شما تعیین می‌کند.',
  connected: 'متصل',
  offline: time => `از ${time} اتصال برقرار نیست`,
  live: count => plural(count, { other: '# تماس جاری' }),
  missed: count => plural(count, { other: '# تماس از دست رفته که پاسخ نگرفته' }),
};
