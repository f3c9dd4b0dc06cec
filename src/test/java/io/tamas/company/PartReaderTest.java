package io.tamas.company;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tamas.company.Company.ExtensionGroup;
import io.tamas.json.Json;
import org.junit.jupiter.api.Test;

class PartReaderTest {
  @Test
  void aNameThatWasStoredBeforeIsReadAsItCanBeSeen() {
    for (Company.Part part : Parts.small()) {
      String before =
          Json.write(part)
              .replaceAll("\"(name|title)\":\"([^\"]+)\"", "\"$1\":\"\u202e\u200b$2\u2069\"");
      switch (PartReader.stored(part.kind(), before)) {
        case Extension read -> assertEquals(((Extension) part).name(), read.name());
        case ExtensionGroup read -> assertEquals(((ExtensionGroup) part).title(), read.title());
        default -> {}
      }
    }
  }
}
