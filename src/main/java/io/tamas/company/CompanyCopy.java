package io.tamas.company;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;

import com.fasterxml.jackson.databind.JsonNode;
import io.tamas.company.Company.Part;
import io.tamas.json.Json;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The copy of the company on disk, by which calls are routed while PostgreSQL is unavailable. Only
/// its owner may read it; it contains no passwords.
final class CompanyCopy {
  private static final long MAX_BYTES = 64L << 20;

  private final Path file;

  private record Copy(long version, List<Item> items) {}

  private record Item(String kind, JsonNode body) {}

  CompanyCopy(Path file) {
    this.file = file;
  }

  /// Replaces the file atomically: a reader, even after a crash, finds the old or the new one.
  void write(Company company) throws IOException {
    List<Item> items =
        company.parts().map(part -> new Item(part.kind().singular(), Json.tree(part))).toList();
    Path folder = file.toAbsolutePath().getParent();
    Files.createDirectories(folder);
    Path fresh =
        Files.createTempFile(
            folder,
            file.getFileName().toString(),
            ".new",
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    try {
      writeThrough(fresh, Json.write(new Copy(company.version(), items)));
      Files.move(fresh, file, ATOMIC_MOVE, REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(fresh);
    }
  }

  /// The company that was written last; empty when none was.
  ///
  /// @throws IOException if the file is not a complete company
  Optional<Company> read() throws IOException {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    if (Files.size(file) > MAX_BYTES) {
      throw new IOException("larger than " + MAX_BYTES + " bytes");
    }
    JsonNode copy = Json.mapper().readTree(Files.readString(file));
    List<Part> parts = new ArrayList<>();
    for (JsonNode item : copy.path("items")) {
      parts.add(part(item));
    }
    Company company = Company.of(copy.path("version").asLong(), parts);
    if (company.version() < 1) {
      throw new IOException("without a version");
    }
    List<CompanyFault> faults = CompanyRules.faults(company);
    if (!faults.isEmpty()) {
      throw new IOException(faults.getFirst().text());
    }
    return Optional.of(company);
  }

  private static Part part(JsonNode item) throws IOException {
    PartKind kind =
        PartKind.ofSingular(item.path("kind").asText())
            .orElseThrow(() -> new IOException("with an unknown kind of part"));
    return switch (PartReader.read(kind, item.path("body"))) {
      case PartReader.Read.Good(Part part) -> part;
      case PartReader.Read.Wrong(List<PartReader.Read.Field> fields) ->
          throw new IOException(fields.getFirst().pointer() + " " + fields.getFirst().rule());
    };
  }

  private static void writeThrough(Path fresh, String text) throws IOException {
    try (FileChannel channel = FileChannel.open(fresh, StandardOpenOption.WRITE)) {
      ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
  }
}
