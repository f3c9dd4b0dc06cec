package io.tamas.user;

import com.nulabinc.zxcvbn.Zxcvbn;
import io.tamas.config.Secret;
import io.tamas.number.PhoneNumber;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Whether a password that a person chose is strong enough: long, and not to be guessed by who
/// knows the person or the company. No kind of character is demanded.
final class PasswordRules {
  static final int SHORTEST = 12;
  static final int LONGEST = 200;

  /// More than 10^8 guesses, by zxcvbn.
  private static final int MIN_SCORE = 3;

  /// What is measured takes time with the square of its length.
  private static final int MEASURED = 72;

  private static final int LONGEST_COUNTRY_CODE = 3;

  /// What parts the words of names and addresses.
  private static final Pattern PARTED = Pattern.compile("[\\s@.,_-]+");

  private final Supplier<List<String>> company;

  /// Its dictionaries take 18 MB: they are read when a password is set, and not kept for long.
  private volatile WeakReference<Zxcvbn> read = new WeakReference<>(null);

  /// @param company words of the company, such as the titles of its groups
  PasswordRules(Supplier<List<String>> company) {
    this.company = company;
  }

  /// The rule that it breaks.
  Optional<String> fault(Secret password, User user) {
    String text = password.reveal();
    int length = text.codePointCount(0, text.length());
    if (length < SHORTEST || length > LONGEST) {
      return Optional.of("must be %d to %d characters".formatted(SHORTEST, LONGEST));
    }
    String measured = text.substring(0, Math.min(text.length(), MEASURED));
    List<String> known = known(user);
    boolean isEasy =
        Guesses.of(measured).stream()
            .flatMap(form -> Stream.of(form, PARTED.matcher(form).replaceAll("")))
            .anyMatch(form -> score(form, known) < MIN_SCORE);
    return isEasy
        ? Optional.of(
            "is too easy to guess: several words that do not belong together are better, or more"
                + " characters")
        : Optional.empty();
  }

  private int score(String text, List<String> known) {
    return text.isEmpty() ? 0 : zxcvbn().measure(text, known).getScore();
  }

  private Zxcvbn zxcvbn() {
    Zxcvbn known = read.get();
    if (known == null) {
      known = new Zxcvbn();
      read = new WeakReference<>(known);
    }
    return known;
  }

  /// A number with its country, without it, and as it is dialled at home.
  private static List<String> written(PhoneNumber number) {
    String digits = number.e164().substring(1);
    List<String> forms = new ArrayList<>(List.of(digits));
    for (int country = 1; country <= LONGEST_COUNTRY_CODE; country++) {
      String national = digits.substring(Math.min(country, digits.length()));
      forms.add(national);
      forms.add("0" + national);
    }
    return forms;
  }

  /// What somebody who guesses tries first.
  private List<String> known(User user) {
    List<String> texts = new ArrayList<>(company.get());
    texts.add("tamas");
    texts.add(user.name());
    user.displayName().ifPresent(texts::add);
    user.email().ifPresent(texts::add);
    user.mobile().ifPresent(number -> texts.addAll(written(number)));
    user.extension().ifPresent(extension -> texts.add(extension.digits()));
    List<String> words = new ArrayList<>();
    for (String text : texts) {
      words.addAll(List.of(PARTED.split(text)));
      words.add(PARTED.matcher(text).replaceAll(""));
    }
    words.removeIf(String::isEmpty);
    return words;
  }
}
