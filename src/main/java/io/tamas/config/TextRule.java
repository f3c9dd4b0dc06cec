package io.tamas.config;

import java.net.InetAddress;
import java.time.ZoneId;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/// A rule for a text.
///
/// @param phrase as reported to the administrator
record TextRule(String phrase, Predicate<String> isMet) {
  static final TextRule CELL =
      matching("2 to 20 of a-z and 0-9, starting with a letter", "[a-z][a-z0-9]{1,19}");
  static final TextRule HOST =
      matching("a host name or an IP address", "[A-Za-z0-9]([A-Za-z0-9.-]{0,252})|[0-9A-Fa-f:]+");
  static final TextRule ADDRESS =
      matching(
          "an IP address, optionally with a prefix length",
          "([0-9]{1,3}(\\.[0-9]{1,3}){3}|[0-9A-Fa-f:]*:[0-9A-Fa-f:.]*)(/[0-9]{1,3})?");
  static final TextRule HOST_OR_NETWORK =
      new TextRule(
          "a host name, an IP address or a network such as 10.0.0.0/8",
          text -> ADDRESS.isMet().test(text) ? isNetwork(text) : HOST.isMet().test(text));
  static final TextRule PORT =
      new TextRule(
          "a whole number from 1 to 65535",
          text -> text.matches("[1-9][0-9]{0,4}") && Integer.parseInt(text) <= 65_535);
  static final TextRule USER = matching("1 to 63 of A-Z, a-z, 0-9, _ and -", "[A-Za-z0-9_-]{1,63}");
  static final TextRule WORDS =
      new TextRule(
          "1 to 80 printable characters",
          text ->
              !text.isBlank()
                  && text.codePointCount(0, text.length()) <= 80
                  && text.chars().noneMatch(Character::isISOControl));
  static final TextRule IP_OR_EMPTY =
      orEmpty(
          matching("an IP address", "[0-9]{1,3}(\\.[0-9]{1,3}){3}|[0-9A-Fa-f:]*:[0-9A-Fa-f:.]*"));
  static final TextRule NAME_SERVER_OR_EMPTY =
      orEmpty(
          matching(
              "an IP address, optionally with a port (IPv6 then in brackets)",
              "[0-9]{1,3}(\\.[0-9]{1,3}){3}(:[0-9]{1,5})?"
                  + "|[0-9A-Fa-f:]*:[0-9A-Fa-f:.]*|\\[[0-9A-Fa-f:.]+](:[0-9]{1,5})?"));
  static final TextRule HOST_OR_EMPTY = orEmpty(HOST);
  static final TextRule WORDS_OR_EMPTY = orEmpty(WORDS);
  static final TextRule MAIL_SECURITY = matching("starttls, tls or none", "starttls|tls|none");
  static final TextRule MAIL_ADDRESS =
      matching("an e-mail address", "[^\\s@<>\"\\p{Cntrl}]{1,64}@[A-Za-z0-9.-]{1,180}");
  static final TextRule URL_OR_EMPTY =
      orEmpty(matching("http:// or https:// and at most 500 characters", "https?://[!-~]{1,490}"));
  static final TextRule ORIGIN =
      matching(
          "http:// or https:// with a host, and a port if it has one, such as"
              + " https://calls.example.com",
          "(?i)https?://([a-z0-9]([a-z0-9.-]{0,252})|\\[[0-9a-f:.]+])(:[0-9]{1,5})?/?");
  static final TextRule FOREIGN_ORIGIN =
      matching(
          "https:// with a host, and a port if it has one, such as https://crm.example.com, or"
              + " http:// of this machine",
          "(?i)(https://([a-z0-9]([a-z0-9.-]{0,252})|\\[[0-9a-f:.]+])"
              + "|http://(localhost|127\\.0\\.0\\.1|\\[::1]))(:[0-9]{1,5})?/?");
  static final TextRule FORM_OR_EMPTY =
      orEmpty(matching("1 to 1000 printable characters", "[^\\p{Cntrl}]{1,1000}"));
  static final TextRule FORMAT = matching("form or json", "form|json");
  static final TextRule CRM_OR_EMPTY =
      orEmpty(matching("bitrix24, amocrm, odoo or json", "bitrix24|amocrm|odoo|json"));
  static final TextRule POINTER =
      matching("a JSON pointer such as /name", "(/[^/~\\p{Cntrl}]{1,60}){1,8}");
  static final TextRule POINTER_OR_EMPTY = orEmpty(POINTER);
  static final TextRule OPERATOR =
      matching("theirs=extension such as 17=101", "[^\\p{Cntrl}]{1,100}=[0-9]{1,8}");
  static final TextRule CODEC = matching("opus, g722, alaw or ulaw", "opus|g722|alaw|ulaw");
  static final TextRule SRTP = matching("off, optional or required", "off|optional|required");
  static final TextRule ZONE =
      new TextRule(
          "a time zone, such as Asia/Tehran", text -> ZoneId.getAvailableZoneIds().contains(text));
  static final TextRule WORD_OF_COMMAND =
      new TextRule(
          "a word of a command, 1 to 500 printable characters",
          text ->
              !text.isBlank()
                  && text.codePointCount(0, text.length()) <= 500
                  && text.chars().noneMatch(Character::isISOControl));
  static final TextRule DATABASE_URL =
      new TextRule(DatabaseUrl.FORM, text -> DatabaseUrl.parse(text).isPresent());

  private static boolean isNetwork(String text) {
    String[] parts = text.split("/", 2);
    try {
      int most = InetAddress.ofLiteral(parts[0]).getAddress().length * Byte.SIZE;
      return parts.length == 1 || Integer.parseInt(parts[1]) <= most;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static TextRule orEmpty(TextRule rule) {
    return new TextRule(
        rule.phrase() + ", or empty", text -> text.isEmpty() || rule.isMet().test(text));
  }

  private static TextRule matching(String phrase, String pattern) {
    return new TextRule(phrase, Pattern.compile(pattern).asMatchPredicate());
  }
}
