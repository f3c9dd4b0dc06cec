package io.tamas.call.decision;

import io.tamas.number.NameAddress;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Who diverted a trunk's call last, as its INVITE says: in Diversion (RFC 5806), or where there is
/// none in History-Info (RFC 7044). Pure, but for the headers that it asks for.
final class Diversion {
  private static final String HISTORY = "History-Info";

  /// What the dialplan passes on in place of a Diversion (`from-trunk.conf`).
  private static final String IN_HISTORY = "?";

  /// The entry is a target to which a call was diverted (RFC 4458, RFC 7044 section 10.1).
  private static final Pattern CAUSE = Pattern.compile("(?i).*;cause=[0-9]{3}\\b.*");

  /// Which entry diverted it there.
  private static final Pattern FROM = Pattern.compile(".*;mp=([0-9.]{1,40})(;.*)?");

  private static final Pattern HIDDEN = Pattern.compile("(?i).*[?&]privacy=[^&]*history.*");

  private Diversion() {}

  /// @param passed by the dialplan
  static Optional<String> last(String passed, SipHeaders headers) {
    if (!passed.equals(IN_HISTORY)) {
      return NameAddress.all(passed).stream().findFirst().flatMap(NameAddress::number);
    }
    List<NameAddress> history =
        headers.of(HISTORY).stream().flatMap(value -> NameAddress.all(value).stream()).toList();
    for (int i = history.size() - 1; i > 0; i--) {
      Matcher from = FROM.matcher(history.get(i).parameters());
      boolean isNamed = from.matches();
      if (isNamed || CAUSE.matcher(history.get(i).uri()).matches()) {
        Optional<NameAddress> by =
            isNamed ? entry(from.group(1), history) : Optional.of(history.get(i - 1));
        return by.filter(one -> !HIDDEN.matcher(one.uri()).matches()).flatMap(NameAddress::number);
      }
    }
    return Optional.empty();
  }

  private static Optional<NameAddress> entry(String index, List<NameAddress> history) {
    return history.stream()
        .filter(one -> (one.parameters() + ";").contains(";index=" + index + ";"))
        .findFirst();
  }
}
