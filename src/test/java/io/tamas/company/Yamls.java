package io.tamas.company;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import com.fasterxml.jackson.databind.JsonNode;
import io.tamas.company.Company.Part;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/// Companies and parts as people write them, for tests.
public final class Yamls {
  private static final Company WHOLE = company(text("/company/whole.yaml"));

  private Yamls() {}

  /// A company with every kind of part and every field.
  static Company whole() {
    return WHOLE;
  }

  static String text(String resource) {
    try (InputStream in = Yamls.class.getResourceAsStream(resource)) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// A company without a fault.
  public static Company company(String yaml) {
    CompanyYaml.Read read = CompanyYaml.read(yaml);
    return assertInstanceOf(CompanyYaml.Read.Valid.class, read, read::toString).company();
  }

  /// A part that can be read, whatever the rules say: `menu: {name: main, …}`.
  public static Part part(String yaml) {
    JsonNode root =
        assertInstanceOf(YamlTree.Outcome.Good.class, YamlTree.read(yaml)).tree().root();
    PartKind kind = PartKind.ofSingular(root.fieldNames().next()).orElseThrow();
    PartReader.Read read = PartReader.read(kind, root.path(kind.singular()));
    return assertInstanceOf(PartReader.Read.Good.class, read, read::toString).part();
  }

  /// An extension as people write it: `number: "101", name: Leila, mailbox: {}`.
  public static Extension extension(String fields) {
    return (Extension) part("extension: {" + fields + "}");
  }

  /// The whole company with these parts in place of those with their keys, or beside the others.
  static Company wholeWith(Part... changed) {
    List<Part> parts = new ArrayList<>(whole().parts().toList());
    for (Part part : changed) {
      parts.removeIf(old -> old.kind() == part.kind() && old.key().equals(part.key()));
      parts.add(part);
    }
    return Company.of(1, parts);
  }

  static Company wholeWithout(PartKind kind, String key) {
    return Company.of(
        1, whole().parts().filter(part -> part.kind() != kind || !part.key().equals(key)).toList());
  }
}
