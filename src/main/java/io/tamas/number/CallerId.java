package io.tamas.number;

import java.util.Optional;

/// The caller or the called party, as received from the network: parsed by a [NumberingPlan], never
/// raw text after that.
public sealed interface CallerId {

  /// A number of the public network.
  record Number(PhoneNumber number) implements CallerId {
    @Override
    public String text() {
      return number.e164();
    }
  }

  /// A number of the company itself, such as `101`.
  record Internal(ExtensionNumber extension) implements CallerId {
    @Override
    public String text() {
      return extension.digits();
    }
  }

  /// A service or short number with no international form, such as `110` or `3000…`: 2 to 15
  /// digits.
  record ShortCode(String digits) implements CallerId {
    public ShortCode {
      if (!digits.matches("[0-9]{2,15}")) {
        throw new IllegalArgumentException("a short code is 2 to 15 digits");
      }
    }

    @Override
    public String text() {
      return digits;
    }
  }

  /// An alphanumeric sender instead of a number, as banks and shops use it: 1 to 40 printable
  /// characters.
  record Alphanumeric(String name) implements CallerId {
    public Alphanumeric {
      if (name.isBlank() || name.length() > 40 || name.chars().anyMatch(Character::isISOControl)) {
        throw new IllegalArgumentException("a sender name is 1 to 40 printable characters");
      }
    }

    @Override
    public String text() {
      return name;
    }
  }

  /// Withheld, unavailable, or not parsable.
  record Anonymous() implements CallerId {
    @Override
    public String text() {
      return "anonymous";
    }
  }

  /// The form that is stored and displayed.
  String text();

  /// The form that the records keep: that of the line, which is one for each person.
  default String line() {
    return this instanceof Number(PhoneNumber number) ? number.line().e164() : text();
  }

  /// The public number, if there is one.
  default Optional<PhoneNumber> phoneNumber() {
    return this instanceof Number(PhoneNumber number) ? Optional.of(number) : Optional.empty();
  }
}
