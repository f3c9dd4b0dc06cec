package io.tamas.company;

import com.nulabinc.zxcvbn.Zxcvbn;
import io.tamas.number.SipValue;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Whether a SIP password that a person chose is strong enough. Pure.
///
/// Addresses that guess are blocked, so a password must withstand some million attempts, not an
/// attack on a stolen hash: score 2 of zxcvbn.
final class PasswordStrength {
  private static final int MIN_SCORE = 2;

  /// Its dictionaries take 18 MB: they are read when a password is set, and not kept for long.
  private volatile WeakReference<Zxcvbn> read = new WeakReference<>(null);

  /// The rule that it breaks.
  Optional<String> fault(Extension extension, String password) {
    if (!SipValue.PHONE_PASSWORD.accepts(password)) {
      return Optional.of("must be " + SipValue.PHONE_PASSWORD.rule());
    }
    return zxcvbn().measure(password, known(extension)).getScore() < MIN_SCORE
        ? Optional.of(
            "is too easy to guess: must be no word, name, number, row of keys or repetition")
        : Optional.empty();
  }

  private Zxcvbn zxcvbn() {
    Zxcvbn known = read.get();
    if (known == null) {
      known = new Zxcvbn();
      read = new WeakReference<>(known);
    }
    return known;
  }

  /// What somebody who guesses tries first.
  private static List<String> known(Extension extension) {
    List<String> known = new ArrayList<>(List.of(extension.name().split("\\s+")));
    known.add(String.join("", known));
    known.add(extension.number().digits());
    return known;
  }
}
