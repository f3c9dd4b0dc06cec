package io.tamas.user;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tamas.config.Secret;
import io.tamas.number.ExtensionNumber;
import io.tamas.number.PhoneNumber;
import io.tamas.user.User.Settings;
import io.tamas.web.Role;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PasswordRulesTest {
  private static final User ZAHRA =
      new User(
          1,
          "zahra",
          Optional.of("Zahra Ahmadinejadian"),
          Optional.of(new PhoneNumber("+989121234567")),
          Optional.of("z.ahmadinejadian@petrokhazarco.example"),
          Role.OPERATOR,
          Optional.of(new ExtensionNumber("101")),
          Set.of(),
          Set.of(),
          Settings.NONE,
          false,
          Instant.EPOCH,
          1);

  private final PasswordRules rules = new PasswordRules(() -> List.of("فروش کل", "Petrokhazarco"));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "correct horse battery staple | good",
        "نان پنیر دوچرخه باران آبی | good",
        "mavi kapı yedi ördek çorap | good",
        "h4Kw9-zR2m-Qp7x | good",
        "h4Kw9-zR2m | short",
        "password1234 | easy",
        "123456789012 | easy",
        "aaaaaaaaaaaaaaaa | easy",
        "qwertyuiop[] | easy",
        "ahmadinejadian | easy",
        "Zahra Ahmadinejadian | easy",
        "petrokhazarco1 | easy",
        "989121234567 | easy",
        "tamastamastamas | easy",
        "ضصثقفغعهخحجچ | easy",
        "йцукенгшщзхъ | easy",
        "fgğıodrnhpqw | easy",
        "۱۲۳۴۵۶۷۸۹۰۱۲ | easy",
        "1370-05-12 1370 | easy",
        "۱۳۷۰/۰۵/۱۲ ۱۳۷۰ | easy",
        "09121234567 0912 | easy",
      })
  void strengthIsMeasuredByWhatGuessersTry(String password, String expected) {
    assertEquals(expected, verdict(rules.fault(new Secret(password), ZAHRA)), password);
  }

  @ParameterizedTest
  @CsvSource({"11, short", "12, good", "200, good", "201, short"})
  void lengthIsInCharactersWhateverTheirScript(int length, String expected) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < length; i++) {
      text.appendCodePoint(0x1F600 + i * 7919 % 64);
    }
    assertEquals(
        expected, verdict(rules.fault(new Secret(text.toString()), ZAHRA)), text::toString);
  }

  private static String verdict(Optional<String> fault) {
    return fault
        .map(rule -> rule.startsWith("must be 12 to 200 characters") ? "short" : "easy")
        .orElse("good");
  }
}
