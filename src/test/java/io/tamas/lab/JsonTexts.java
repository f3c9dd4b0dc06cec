package io.tamas.lab;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/// The texts in what Tamas has written.
public final class JsonTexts {
  private JsonTexts() {}

  public static Stream<String> in(JsonNode node) {
    return node.isTextual()
        ? Stream.of(node.asText())
        : StreamSupport.stream(node.spliterator(), false).flatMap(JsonTexts::in);
  }
}
