import { plural } from '../../text/texts.ts';
import type { PhoneTexts } from './en.ts';

export const texts: PhoneTexts = {
  bar: 'Панель телефона',
  dialField: 'Номер для вызова',
  dialHint: 'Номер или добавочный',
  dial: 'Позвонить',
  ringing: number => `Ваш телефон звонит. Снимите трубку, и будет вызван ${number}.`,
  noExtension: 'У вас нет добавочного номера',
  noExtensionText: 'Чтобы звонить отсюда, он нужен. Его назначает администратор в разделе пользователей.',
  connected: 'Связь есть',
  offline: time => `Нет связи с ${time}`,
  live: count => plural(count, { one: '# текущий вызов', few: '# текущих вызова', many: '# текущих вызовов', other: '# текущего вызова' }),
  missed: count =>
    plural(count, {
      one: '# пропущенный без ответного звонка',
      few: '# пропущенных без ответного звонка',
      many: '# пропущенных без ответного звонка',
      other: '# пропущенного без ответного звонка',
    }),
};
