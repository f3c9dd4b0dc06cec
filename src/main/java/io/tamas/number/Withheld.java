package io.tamas.number;

import io.tamas.text.Folding;
import java.util.Arrays;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// How networks, switches and phones write that a caller shows no number.
final class Withheld {
  private static final Set<String> WORDS =
      folded(
          """
          anonymous, unknown, restricted, private, unavailable, withheld, hidden, blocked, asterisk,
          suppressed, secret, invalid, none, null, nil, undefined, n/a, no number, no caller id,
          not available, not provided, private number, private caller, unknown number, unknown caller,
          number withheld, number unavailable, caller id blocked, id withheld, out of area, blocked number,
          anonym, unbekannt, unterdrückt, nummer unterdrückt, rufnummer unterdrückt, unbekannter anrufer,
          privat, private nummer, keine nummer,
          anonyme, inconnu, masqué, numéro masqué, numéro inconnu, privé, numéro privé, non disponible,
          anónimo, desconocido, privado, número privado, número desconocido, oculto, número oculto,
          no disponible, restringido, anônimo, desconhecido, número desconhecido, número restrito, confidencial,
          anonimo, sconosciuto, privato, numero privato, riservato, numero sconosciuto,
          gizli, gizli numara, özel numara, bilinmeyen, bilinmeyen numara, bilinmiyor, anonim,
          numara gizli, kimliği gizli, bilinməyən, gizli nömrə, naməlum,
          неизвестно, неизвестный, неизвестный номер, номер неизвестен, скрыт, скрыто, скрытый, скрытый номер,
          номер скрыт, аноним, анонимный, анонимно, анонимный номер, не определен, номер не определен,
          нет номера, невідомий, прихований, прихований номер, белгісіз, жасырын нөмір, nomaʼlum, yashirin raqam,
          ناشناس, شماره ناشناس, خصوصی, شماره خصوصی, مخفی, شماره مخفی, نامشخص, شماره نامشخص, نامعلوم, بدون شماره,
          مجهول, رقم مجهول, محجوب, رقم محجوب, خاص, رقم خاص, غير معروف, رقم غير معروف, غير متوفر,
          უცნობი, დაფარული, დაფარული ნომერი, անհայտ, թաքնված, թաքնված համար
          """);

  /// ANONYMOUS, RESTRICTED and UNAVAILABLE on the keys of a phone: old switches send them as a
  /// number, some with the country's code.
  private static final Pattern KEYED = Pattern.compile("\\+?1?(266696687|7378742833|86282452253)");

  /// UNKNOWN, PRIVATE and BLOCKED, which may also be local numbers.
  private static final Set<String> SHORT_KEYED = Set.of("8656696", "7748483", "2562533");

  private static final Pattern NOTHING = Pattern.compile("[+0]*");
  private static final Pattern ONLY_MARKS = Pattern.compile("[^\\p{L}\\p{N}*#]*");

  private Withheld() {}

  /// @param text the whole of it, without the invisible
  /// @param digits its digits, if it is a number
  static boolean is(String text, String digits) {
    String user = text.split("@", 2)[0].strip();
    return digits.isEmpty()
        ? ONLY_MARKS.matcher(user).matches() || WORDS.contains(bare(user))
        : NOTHING.matcher(digits).matches() || KEYED.matcher(digits).matches();
  }

  /// Of digits that are no number.
  static boolean isKeyed(String digits) {
    return SHORT_KEYED.contains(digits);
  }

  /// `<Unknown>`, `[private]` and `"No-Caller-ID"` are words with something around and between.
  private static String bare(String user) {
    return Folding.fold(user).replaceAll("[\\p{P}\\p{S}\\s]+", " ").strip();
  }

  private static Set<String> folded(String words) {
    return Arrays.stream(words.split("[,\n]"))
        .map(Withheld::bare)
        .filter(word -> !word.isEmpty())
        .collect(Collectors.toUnmodifiableSet());
  }
}
