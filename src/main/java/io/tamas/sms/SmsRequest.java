package io.tamas.sms;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tamas.json.Json;
import java.net.URLEncoder;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Fills a gateway's address and form with a message. **Pure**: inserted text cannot become syntax
/// of the form.
record SmsRequest(Sms sms, String from, Optional<String> key) {
  private static final Pattern PLACE = Pattern.compile("\\{(id|to|digits|from|text|key)}");
  private static final String JSON = "json";

  String address(String url) {
    return filled(url, SmsRequest::percent);
  }

  /// @param format `form` or `json`
  String body(String form, String format) {
    return filled(form, format.equals(JSON) ? SmsRequest::inString : SmsRequest::percent);
  }

  static String contentType(String format) {
    return format.equals(JSON)
        ? "application/json; charset=utf-8"
        : "application/x-www-form-urlencoded; charset=utf-8";
  }

  private String filled(String form, UnaryOperator<String> escape) {
    Map<String, String> values =
        Map.of(
            "id", sms.id(),
            "to", sms.to(),
            "digits", sms.to().substring(1),
            "from", from,
            "text", sms.text(),
            "key", key.orElse(""));
    return PLACE
        .matcher(form)
        .replaceAll(place ->
            Matcher.quoteReplacement(escape.apply(values.getOrDefault(place.group(1), ""))));
  }

  /// RFC 3986, section 2.1.
  private static String percent(String value) {
    return URLEncoder.encode(value, UTF_8).replace("+", "%20");
  }

  private static String inString(String value) {
    String quoted = Json.write(value);
    return quoted.substring(1, quoted.length() - 1);
  }
}
