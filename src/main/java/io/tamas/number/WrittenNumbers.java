package io.tamas.number;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// Numbers as people, CRMs, spreadsheets and links write them: `+98 (912) 123-45-67`, `0098…`,
/// `0912…`, `tel:+98…;ext=5`, in digits of any script. The one way in which texts from outside a
/// call become numbers. Pure.
///
/// @param plans of the company's trunks, by which national and local numbers are read; without one
///   only international numbers can be
public record WrittenNumbers(List<NumberingPlan> plans) {
  public static final String RULE =
      "must be a phone number such as +989121234567: + or 00, country and number, or as it is"
          + " dialled at the trunks";
  public static final String AMBIGUOUS =
      "is not the same number at all trunks: write it with + and the country code";

  /// What is dialled after the number is connected: `;ext=5`, `ext. 5`, `доб. 5`, `x5`.
  private static final Pattern EXTENSION =
      Pattern.compile(
          "(?iu)[\\s,;]*(?:ext(?:ension)?|доб|dahili|داخلی|x|#)[\\s.:=]*\\p{Nd}{1,8}\\s*$");

  private static final Pattern PARAMETERS = Pattern.compile("^[^;:@<]*;.*$");
  private static final Pattern PART = Pattern.compile("\\+?[0-9]{3,}");
  private static final int LONGEST_SHORT = 15;
  private static final int SHORTEST_WITH_EXTENSION = 4;

  public WrittenNumbers {
    plans = List.copyOf(plans);
  }

  /// What a text is.
  public sealed interface Read {
    record Number(PhoneNumber number) implements Read {}

    /// Digits without an international form, such as `110` or an extension.
    record Short(String digits) implements Read {}

    /// @param rule which it breaks, as the second half of a sentence
    record Wrong(String rule) implements Read {}
  }

  public Read read(String text) {
    String digits = digits(text).orElse("");
    if (digits.isEmpty()) {
      return new Read.Wrong(RULE);
    }
    if (digits.startsWith("+")) {
      return Reading.international(digits.substring(1))
          .<Read>map(Read.Number::new)
          .orElse(new Read.Wrong(RULE));
    }
    // also in Brazil and Singapore, where 00 is the beginning of several prefixes
    Optional<PhoneNumber> abroad =
        digits.startsWith("00") ? Reading.assigned(digits.substring(2)) : Optional.empty();
    if (abroad.isPresent()) {
      return new Read.Number(abroad.get());
    }
    Set<PhoneNumber> numbers = new LinkedHashSet<>();
    plans.forEach(plan -> plan.parse(digits).phoneNumber().ifPresent(numbers::add));
    return switch (numbers.size()) {
      case 0 -> unplanned(digits);
      case 1 -> new Read.Number(numbers.iterator().next());
      default -> new Read.Wrong(AMBIGUOUS);
    };
  }

  /// A parameter of a URL, where a `+` that was not escaped arrives as a space.
  public Read readParameter(String text) {
    Optional<String> digits =
        digits(text).filter(all -> text.startsWith(" ") && !all.startsWith("+"));
    Optional<Read> assigned = digits.flatMap(Reading::assigned).map(Read.Number::new);
    return assigned.orElseGet(() ->
        switch (read(text)) {
          case Read.Number number -> number;
          case Read.Short(String bare) when digits.isPresent() && !bare.startsWith("0") ->
              Reading.international(bare).<Read>map(Read.Number::new).orElse(new Read.Short(bare));
          case Read.Short other -> other;
          case Read.Wrong wrong -> wrong;
        });
  }

  /// The international number that digits without a `+` are; empty if no country has such a one.
  public static Optional<PhoneNumber> international(String digits) {
    return Reading.assigned(digits);
  }

  /// The number, if the text is one of the public network.
  public Optional<PhoneNumber> number(String text) {
    return read(text) instanceof Read.Number(PhoneNumber number)
        ? Optional.of(number)
        : Optional.empty();
  }

  /// The parts of stored numbers that a text may be: as it is, and as what is dialled in the
  /// country of a trunk. Empty for anything but three digits or more.
  public List<String> parts(String text) {
    String digits = digits(text).orElse("");
    if (!PART.matcher(digits).matches()) {
      return List.of();
    }
    Set<String> parts = new LinkedHashSet<>();
    number(digits).stream()
        .flatMap(number -> number.sameLine().stream())
        .map(PhoneNumber::e164)
        .forEach(parts::add);
    plans.forEach(plan -> plan.beginning(digits).ifPresent(parts::add));
    parts.add(digits.startsWith("00") ? "+" + digits.substring(2) : digits);
    return List.copyOf(parts);
  }

  /// The digits, with a `+` where there was one in front; empty if the text is no number.
  public static Optional<String> digits(String text) {
    String bare = text.strip();
    if (bare.chars().anyMatch(Character::isISOControl)) {
      return Optional.empty();
    }
    String whole = plainDigits(EXTENSION.matcher(bare).replaceFirst(""));
    return Optional.of(whole.length() >= SHORTEST_WITH_EXTENSION ? whole : plainDigits(bare))
        .filter(digits -> !digits.isEmpty());
  }

  private static String plainDigits(String text) {
    return RawNumber.of(PARAMETERS.matcher(text).matches() ? "tel:" + text : text).digits();
  }

  /// `00` leads abroad for people of most countries, also where another prefix is dialled.
  private static Read unplanned(String digits) {
    Optional<PhoneNumber> abroad =
        digits.startsWith("00") ? Reading.international(digits.substring(2)) : Optional.empty();
    return abroad
        .<Read>map(Read.Number::new)
        .orElseGet(
            () -> digits.length() <= LONGEST_SHORT ? new Read.Short(digits) : new Read.Wrong(RULE));
  }
}
