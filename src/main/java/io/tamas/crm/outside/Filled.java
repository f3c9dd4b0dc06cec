package io.tamas.crm.outside;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tamas.config.Config;
import io.tamas.config.Secret;
import io.tamas.json.Json;
import io.tamas.number.PhoneNumber;
import java.net.URLEncoder;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A template filled with a number and what the configuration has. Pure: inserted text cannot
/// become syntax of an address or of JSON.
record Filled(Template template, Config.OutsideCrm config, PhoneNumber number) {
  private static final Pattern PLACE = Pattern.compile("\\{(e164|digits|last10|key|database)}");
  private static final int LAST = 10;

  /// Secret, as it may have the key in it.
  String address() {
    String base = config.url();
    boolean joined = !template.path().isEmpty() && base.endsWith("/");
    String url = joined ? base.substring(0, base.length() - 1) : base;
    return filled(url + template.path(), Filled::percent);
  }

  Optional<String> body() {
    return template.posted().map(body -> filled(body, Filled::inString));
  }

  /// Those without a value are left out.
  Map<String, String> headers() {
    Map<String, String> headers = new TreeMap<>();
    headers.put("accept", "application/json");
    if (template.posted().isPresent()) {
      headers.put("content-type", "application/json; charset=utf-8");
    }
    template
        .headers()
        .forEach((name, value) -> {
          String filled = filled(value, UnaryOperator.identity());
          if (!filled.isEmpty()) {
            headers.put(name, filled);
          }
        });
    return headers;
  }

  private String filled(String form, UnaryOperator<String> escape) {
    return PLACE
        .matcher(form)
        .replaceAll(place -> Matcher.quoteReplacement(escape.apply(value(place.group(1)))));
  }

  private String value(String place) {
    String digits = number.e164().substring(1);
    return switch (place) {
      case "e164" -> number.e164();
      case "digits" -> digits;
      case "last10" -> digits.substring(Math.max(0, digits.length() - LAST));
      case "key" -> config.key().map(Secret::reveal).orElse("");
      default -> config.database();
    };
  }

  static String percent(String value) {
    return URLEncoder.encode(value, UTF_8).replace("+", "%20");
  }

  private static String inString(String value) {
    String quoted = Json.write(value);
    return quoted.substring(1, quoted.length() - 1);
  }
}
