package io.tamas.number;

import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The texts that Asterisk holds of phones and trunks, each with its one rule: what the API accepts
/// is what is provisioned, and what Asterisk returns unchanged. Pure.
public enum SipValue {
  /// Of a trunk or a group.
  NAME("1 to 40 of a-z, 0-9 and -, with a letter first, such as sales", "[a-z][a-z0-9-]{0,39}"),

  /// Of voice prompts.
  LANGUAGE("two or three letters of ISO 639, such as fa", "[a-z]{2,3}"),

  /// From which a trunk calls.
  ADDRESS(
      "an IPv4 or IPv6 address, with or without a prefix length, or an IPv4 address with :port",
      SipValue::isAddress),

  /// Nothing that a SIP URI would treat as a parameter, a user or a second address.
  SERVER(
      "a host name of at most 245 characters or an IP address (IPv6 in brackets), optionally with"
          + " :port, such as sip.example.com",
      SipValue::isServer),

  /// Of a trunk's account: characters that need no escape in a SIP URI (RFC 3261 section 25.1).
  USER(
      "1 to 80 letters, digits and - _ . ! ~ * ' +, such as 02191001000",
      "[A-Za-z0-9_.!~*'+-]{1,80}"),

  /// With which a trunk signs in, where that is not its user: some providers have the domain in it.
  AUTH_USER(
      "1 to 128 letters, digits and - _ . ! ~ * ' + @, such as 02191001000@example.com",
      "[A-Za-z0-9_.!~*'+@-]{1,128}"),

  /// Where a trunk's call says which number it is for: a header (RFC 3261 section 7.3), or the
  /// request line only.
  NUMBER_FROM(
      "the name of a SIP header, such as To, Diversion or P-Called-Party-ID, or Request-Line",
      "[A-Za-z][A-Za-z0-9-]{0,39}"),

  /// Providers disagree on the encoding of other characters in a digest.
  TRUNK_PASSWORD("1 to 128 printable characters of ASCII", "[\\x20-\\x7e]{1,128}"),

  /// What can be typed on any phone.
  PHONE_PASSWORD("8 to 80 printable characters of ASCII, without spaces", "[\\x21-\\x7e]{8,80}"),

  EMERGENCY_NUMBER("2 to 8 digits, such as 110", "[0-9]{2,8}");

  private static final int MAX_PORT = 65_535;

  private static final Pattern WITH_PORT =
      Pattern.compile("(?<address>[0-9.]{7,15}):(?<port>[1-9][0-9]{0,4})");

  /// 245 is PJSIP's limit for a host that is resolved by SRV (`ast_sip_validate_uri_length`).
  private static final Pattern SERVER_FORM =
      Pattern.compile(
          "(?<host>[A-Za-z0-9](?:[A-Za-z0-9.-]{0,243}[A-Za-z0-9])?|\\[(?<six>[0-9A-Fa-f:]{2,45})])"
              + "(?::(?<port>[1-9][0-9]{0,4}))?");

  /// No name ends like this (RFC 3696 section 2).
  private static final Pattern NUMERIC = Pattern.compile("(?:.*\\.)?[0-9]+");

  private final String rule;
  private final Predicate<String> accepts;

  SipValue(String rule, String pattern) {
    this(rule, Pattern.compile(pattern).asMatchPredicate());
  }

  SipValue(String rule, Predicate<String> accepts) {
    this.rule = rule;
    this.accepts = accepts;
  }

  public boolean accepts(String text) {
    return accepts.test(text);
  }

  /// For users, to be continued after "must be".
  public String rule() {
    return rule;
  }

  /// @throws IllegalArgumentException with the rule, and without the text, which may be a secret
  public void require(String text) {
    if (!accepts(text)) {
      throw new IllegalArgumentException("must be " + rule);
    }
  }

  private static boolean isAddress(String text) {
    Matcher match = WITH_PORT.matcher(text);
    return match.matches()
        ? Integer.parseInt(match.group("port")) <= MAX_PORT
            && IpRange.parse(match.group("address")).isPresent()
        : IpRange.parse(text).isPresent();
  }

  private static boolean isServer(String text) {
    Matcher server = SERVER_FORM.matcher(text);
    if (!server.matches() || text.contains("..")) {
      return false;
    }
    String host = server.group("host");
    String six = server.group("six");
    String port = server.group("port");
    return (six == null || six.contains(":") && IpRange.parse(six).isPresent())
        && (!NUMERIC.matcher(host).matches() || IpRange.parse(host).isPresent())
        && (port == null || Integer.parseInt(port) <= MAX_PORT);
  }
}
