package io.tamas.web;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.Arrays;
import java.util.List;

/// Whether a client accepts one of the produced media types (RFC 9110 section 12.5.1); weights
/// other than 0 do not matter, since each response has one form. One that accepts problem documents
/// gets that form: generated clients name only the JSON type of an operation, where its answer is a
/// file as well.
final class Accepts {
  private Accepts() {}

  static boolean any(HttpServerRequest request, List<String> produced) {
    String header = request.getHeader(HttpHeaders.ACCEPT);
    return header == null
        || header.isBlank()
        || Arrays.stream(header.split(","))
            .map(String::strip)
            .filter(range -> !range.matches("(?i).*; *q=0(\\.0{0,3})? *"))
            .map(range -> range.replaceFirst(";.*", "").strip())
            .anyMatch(range ->
                range.equalsIgnoreCase(Answers.PROBLEM)
                    || produced.stream().anyMatch(type -> covers(range, type)));
  }

  private static boolean covers(String range, String type) {
    return range.equals("*/*")
        || range.equalsIgnoreCase(type)
        || (range.endsWith("/*") && type.startsWith(range.substring(0, range.length() - 1)));
  }
}
