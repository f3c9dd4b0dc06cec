package io.tamas.crm.exchange;

import io.tamas.web.Problem;
import io.tamas.web.Reception;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/// Receives the files to be imported, one at a time, where there is room for them.
public final class Uploads implements Reception {
  private final Imports imports;
  private final ImportFolder folder;
  private final long maxBytes;
  private final long reserve;
  private final AtomicBoolean busy = new AtomicBoolean();

  /// @param maxBytes of a file
  /// @param reserve what stays free in the folder
  public Uploads(Imports imports, ImportFolder folder, long maxBytes, long reserve) {
    this.imports = imports;
    this.folder = folder;
    this.maxBytes = maxBytes;
    this.reserve = reserve;
  }

  @Override
  public Place admit(long bytes) throws IOException {
    if (bytes > maxBytes) {
      throw new Problem(
          413,
          "Content too large",
          "the body may have at most %d bytes".formatted(maxBytes),
          List.of());
    }
    if (imports.open().isPresent()) {
      throw imports.otherOpen();
    }
    Path path = folder.path();
    if (Files.getFileStore(path).getUsableSpace() - bytes < reserve) {
      throw new Problem(
          507,
          "Insufficient storage",
          "the disk of the folder of imports has no room for %d bytes".formatted(bytes),
          List.of());
    }
    if (!busy.compareAndSet(false, true)) {
      throw Problem.conflict("another file is being uploaded");
    }
    return new Place(path, () -> busy.set(false));
  }
}
