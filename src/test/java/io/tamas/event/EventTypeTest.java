package io.tamas.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamas.event.EventType.Known;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class EventTypeTest {
  @ParameterizedTest
  @EnumSource
  void isReadAsItWasWrittenAndDocumented(Known type) throws IOException {
    assertEquals(type, EventType.of(type.text()));
    String name = "`" + type.text() + "`";
    assertTrue(Files.readString(Path.of("README.md")).contains(name), "README: " + name);
    String contract = Files.readString(Path.of("src/main/resources/openapi.yaml"));
    assertTrue(contract.contains(name), "OpenAPI: " + name);
  }

  @Test
  void isKeptAsItCameWhereThisVersionDoesNotKnowIt() {
    assertEquals(new EventType.Unknown("call.teleported"), EventType.of("call.teleported"));
    assertEquals("call.teleported", EventType.of("call.teleported").text());
  }
}
