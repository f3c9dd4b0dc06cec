package io.tamas.number;

import com.google.i18n.phonenumbers.PhoneNumberUtil;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Patterns of numbers as people write them, in the form in which they are matched: `09*` in Iran
/// is `+989*`, since no number is ever matched as `09…`. Pure.
///
/// What a pattern without a `+` means is tried: numbers that it matches are read by the plan, and
/// all that are numbers of the public network must have one form. Else it is refused.
public final class WrittenPattern {
  public static final String RULE =
      "must be a number or the beginning of one: with + and the country code, or as it is dialled"
          + " where its plan is, or a short number with all its digits; X is any digit, * any"
          + " further ones; sets of digits such as [58] are not read";

  /// Separators in numbers, but in the patterns of Asterisk one of several digits.
  private static final String ONE_OF = "[]";

  private static final PhoneNumberUtil PLANS = PhoneNumberUtil.getInstance();

  /// A longer number without an international form is no service of a network.
  private static final int LONGEST_SHORT = 6;

  private static final int SHORTEST_TRIED = 7;
  private static final int LONGEST_TRIED = 13;
  private static final List<String> DIGITS =
      List.of(
          "0",
          "1",
          "2",
          "3",
          "4",
          "5",
          "6",
          "7",
          "8",
          "9",
          "4930901820",
          "9121234567",
          "2188776655",
          "5321234567",
          "7079460123");

  private WrittenPattern() {}

  /// The pattern in the form of [NumberPattern].
  ///
  /// @param plans by which it is read; they must agree
  public static Optional<NumberPattern> read(String text, List<NumberingPlan> plans) {
    String pattern = cleaned(text);
    if (!NumberPattern.isValid(pattern)) {
      return Optional.empty();
    }
    if (pattern.startsWith("+")) {
      return Optional.of(new NumberPattern(international(pattern)));
    }
    boolean isPlain = pattern.equals("*") || pattern.equals("anonymous");
    if (isPlain || plans.isEmpty()) {
      return Optional.of(pattern).filter(p -> isPlain || isShort(p)).map(NumberPattern::new);
    }
    Set<Optional<String>> read = new LinkedHashSet<>();
    plans.forEach(plan -> read.add(byPlan(pattern, plan)));
    return read.size() == 1 ? read.iterator().next().map(NumberPattern::new) : Optional.empty();
  }

  private static String cleaned(String text) {
    String seen = RawNumber.seen(text).strip();
    if (seen.equalsIgnoreCase("anonymous")) {
      return "anonymous";
    }
    StringBuilder pattern = new StringBuilder(seen.length());
    seen.codePoints()
        .filter(c -> !RawNumber.isSeparator(c) || ONE_OF.indexOf(c) >= 0)
        .map(c -> c == 'x' ? 'X' : c)
        .forEach(pattern::appendCodePoint);
    return pattern.toString();
  }

  private static Optional<String> byPlan(String pattern, NumberingPlan plan) {
    if (isWhole(pattern)) {
      return switch (plan.parse(pattern)) {
        case CallerId.Number(PhoneNumber number) -> Optional.of(number.e164());
        case CallerId.ShortCode(String digits) ->
            Optional.of(digits).filter(_ -> mayBeShort(pattern, plan));
        case CallerId.Internal _, CallerId.Alphanumeric _, CallerId.Anonymous _ -> Optional.empty();
      };
    }
    Country country = Country.of(plan.country());
    for (String prefix : country.abroad()) {
      if (pattern.startsWith(prefix)) {
        return Optional.of("+" + pattern.substring(prefix.length()))
            .filter(NumberPattern::isValid)
            .map(WrittenPattern::international);
      }
    }
    boolean maybeAbroad = country.abroad().stream().anyMatch(prefix -> mayBegin(pattern, prefix));
    Set<PhoneNumber> numbers = tried(pattern, plan);
    if (numbers.isEmpty()) {
      return Optional.of(pattern)
          .filter(_ -> isShort(pattern) || mayBeShort(pattern, plan) && !maybeAbroad);
    }
    return maybeAbroad
        ? Optional.empty()
        : candidates(pattern, plan, country)
            .filter(NumberPattern::isValid)
            .filter(form -> agrees(form, numbers))
            .findFirst();
  }

  private static Stream<String> candidates(String pattern, NumberingPlan plan, Country country) {
    String code = "+" + country.code();
    return Stream.of(
        plan.beginning(pattern).orElse(""),
        code + plan.areaCode() + pattern,
        code + pattern,
        "+" + pattern);
  }

  /// Where some of the numbers exist, those count: 10 digits that begin with 89 are none in Russia,
  /// 11 are a mobile number.
  private static boolean agrees(String form, Set<PhoneNumber> read) {
    NumberPattern matched = new NumberPattern(form);
    List<String> numbers = read.stream().map(PhoneNumber::e164).toList();
    List<String> assigned =
        numbers.stream().filter(e164 -> Reading.assigned(e164.substring(1)).isPresent()).toList();
    return (assigned.isEmpty() ? numbers : assigned).stream().allMatch(matched::matches);
  }

  /// The numbers that some of the digits are that the pattern matches.
  private static Set<PhoneNumber> tried(String pattern, NumberingPlan plan) {
    boolean open = pattern.endsWith("*");
    int known = pattern.length() - (open ? 1 : 0);
    return IntStream.rangeClosed(
            open ? Math.max(known, SHORTEST_TRIED) : known,
            open ? Math.max(known, LONGEST_TRIED) : known)
        .boxed()
        .flatMap(length -> DIGITS.stream().map(digits -> filled(pattern, known, length, digits)))
        .distinct()
        .map(plan::parse)
        .flatMap(read -> read.phoneNumber().stream())
        .collect(Collectors.toSet());
  }

  private static String filled(String pattern, int known, int length, String digits) {
    StringBuilder filled = new StringBuilder(length);
    int used = 0;
    for (int i = 0; i < length; i++) {
      boolean given = i < known && pattern.charAt(i) != 'X';
      filled.append(given ? pattern.charAt(i) : digits.charAt(used++ % digits.length()));
    }
    return filled.toString();
  }

  private static String international(String pattern) {
    String digits = pattern.substring(1);
    Optional<PhoneNumber> whole =
        isWhole(digits) ? Reading.international(digits) : Optional.empty();
    return whole
        .map(PhoneNumber::e164)
        .orElseGet(() -> LineForm.ofPattern(withoutIdlePrefix(pattern)));
  }

  /// No national number begins with the 0 that is dialled before it: `+98 (0) 909*`.
  private static String withoutIdlePrefix(String pattern) {
    for (int length = 1; length <= 3 && length + 1 < pattern.length(); length++) {
      String code = pattern.substring(1, length + 1);
      String region =
          isWhole(code) ? PLANS.getRegionCodeForCountryCode(Integer.parseInt(code)) : "ZZ";
      if (region.matches("[A-Z]{2}") && !region.equals("ZZ")) {
        String prefix = Country.of(region).trunkPrefix();
        String rest = pattern.substring(length + 1);
        boolean idle = prefix.startsWith("0") && rest.startsWith(prefix);
        return idle ? "+" + code + rest.substring(prefix.length()) : pattern;
      }
    }
    return pattern;
  }

  private static boolean mayBegin(String pattern, String prefix) {
    for (int i = 0; i < prefix.length(); i++) {
      if (i >= pattern.length() || pattern.charAt(i) == '*') {
        return i < pattern.length();
      }
      if (pattern.charAt(i) != 'X' && pattern.charAt(i) != prefix.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isShort(String pattern) {
    return !pattern.endsWith("*") && pattern.length() <= LONGEST_SHORT;
  }

  /// Digits after the prefix of national numbers are one, too long or too short: as a service they
  /// would be a way round the rules for the number with which they begin.
  private static boolean mayBeShort(String pattern, NumberingPlan plan) {
    return isShort(pattern) || plan.beginning(pattern).isEmpty();
  }

  private static boolean isWhole(String pattern) {
    return pattern.chars().allMatch(c -> c >= '0' && c <= '9');
  }
}
