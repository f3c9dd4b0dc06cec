import { plural } from '../../text/texts.ts';
import type { PhoneTexts } from './en.ts';

export const texts: PhoneTexts = {
  bar: 'Telefon çubuğu',
  dialField: 'Aranacak numara',
  dialHint: 'Numara veya dahili',
  dial: 'Ara',
  ringing: number => `Telefonunuz çalıyor. Açtığınızda ${number} aranır.`,
  noExtension: 'Dahiliniz yok',
  noExtensionText: 'Buradan aramak için bir dahili gerekir. Yönetici, kullanıcılar bölümünde size bir dahili verir.',
  connected: 'Bağlı',
  offline: time => `${time} itibarıyla bağlantı yok`,
  live: count => plural(count, { other: '# süren arama' }),
  missed: count => plural(count, { other: 'Geri aranmamış # cevapsız arama' }),
};
