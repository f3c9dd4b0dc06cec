package io.tamas.web;

import java.io.IOException;
import java.nio.file.Path;

/// Says where the body of an upload goes, before it is received.
public interface Reception {
  /// May wait.
  ///
  /// @param bytes the length of the body
  /// @throws Problem if it is not wanted
  Place admit(long bytes) throws IOException;

  /// @param folder in which the file is received
  /// @param received is run when nothing more of the body comes
  record Place(Path folder, Runnable received) {}
}
