package io.tamas.number;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// An address in the value of a SIP header, such as `"Ali" <sip:+989121234567@host>;reason=busy`
/// (`name-addr` of RFC 3261 section 25.1). Pure.
///
/// @param uri without brackets and display name
/// @param parameters of the header, in lower case, each after a `;`
public record NameAddress(String uri, String parameters) {
  /// Longer values are cut.
  private static final int MAX_LENGTH = 1_000;

  private static final int MAX_DIGITS = 40;

  private static final Pattern QUOTED = Pattern.compile("\"(?:[^\"\\\\]|\\\\.)*+\"?");
  private static final Pattern TEL = Pattern.compile("(?i)tel:([^;?]*)(.*)");
  private static final Pattern SIP = Pattern.compile("(?i)sips?:([^@;?]*)([^@?]*)@.*");
  private static final Pattern CONTEXT =
      Pattern.compile("(?i);phone-context=(?:\\+|%2b)([0-9]{1,15})(?:;.*)?$");
  private static final Pattern ESCAPED = Pattern.compile("%([0-9A-Fa-f]{2})");
  private static final Pattern NUMBER = Pattern.compile("[+]?[0-9*#]{1," + MAX_DIGITS + "}");

  /// The addresses in a value, in their order; a header may have several, separated by commas.
  public static List<NameAddress> all(String value) {
    String unnamed =
        QUOTED
            .matcher(value.length() > MAX_LENGTH ? value.substring(0, MAX_LENGTH) : value)
            .replaceAll("");
    List<NameAddress> all = new ArrayList<>();
    int from = 0;
    while (from < unnamed.length()) {
      int end = end(unnamed, from);
      of(unnamed.substring(from, end)).ifPresent(all::add);
      from = end + 1;
    }
    return List.copyOf(all);
  }

  /// The comma after an address, or the end. Between brackets a comma is part of the address.
  private static int end(String text, int from) {
    boolean inBrackets = false;
    for (int i = from; i < text.length(); i++) {
      char c = text.charAt(i);
      inBrackets = c == '<' || inBrackets && c != '>';
      if (c == ',' && !inBrackets) {
        return i;
      }
    }
    return text.length();
  }

  private static Optional<NameAddress> of(String text) {
    int open = text.indexOf('<');
    int close = text.indexOf('>', open + 1);
    if (open >= 0 && close > open) {
      return address(text.substring(open + 1, close), text.substring(close + 1));
    }
    // without brackets all parameters are the header's (RFC 3261 section 20)
    int semicolon = text.indexOf(';');
    return semicolon < 0
        ? address(text, "")
        : address(text.substring(0, semicolon), text.substring(semicolon));
  }

  private static Optional<NameAddress> address(String uri, String parameters) {
    return uri.isBlank()
        ? Optional.empty()
        : Optional.of(
            new NameAddress(
                uri.strip(), parameters.toLowerCase(Locale.ROOT).replaceAll("\\s", "")));
  }

  /// The number that it is the address of: digits, `+`, `*` and `#`; empty if it is a name, or
  /// holds anything that is neither part of a number nor a separator. A local number with a global
  /// context is made global (RFC 3966). Providers' own headers often hold a number without a URI.
  public Optional<String> number() {
    return user()
        .or(() -> Optional.of(uri))
        .map(text -> text.replaceAll("[-.() ]", ""))
        .filter(NUMBER.asMatchPredicate())
        .map(number -> number.startsWith("+") ? number : context() + number);
  }

  /// Before its parameters, with what was escaped; as the network wrote it.
  public Optional<String> user() {
    return matching(1).map(NameAddress::unescaped).filter(user -> !user.isEmpty());
  }

  private String context() {
    return matching(2)
        .map(CONTEXT::matcher)
        .filter(Matcher::find)
        .map(found -> "+" + found.group(1))
        .orElse("");
  }

  private Optional<String> matching(int group) {
    Matcher sip = SIP.matcher(uri);
    Matcher tel = TEL.matcher(uri);
    return sip.matches()
        ? Optional.of(sip.group(group))
        : tel.matches() ? Optional.of(tel.group(group)) : Optional.empty();
  }

  private static String unescaped(String user) {
    return ESCAPED
        .matcher(user)
        .replaceAll(octet ->
            Matcher.quoteReplacement(
                Character.toString((char) Integer.parseInt(octet.group(1), 16))));
  }
}
