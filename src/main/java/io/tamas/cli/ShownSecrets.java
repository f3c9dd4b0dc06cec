package io.tamas.cli;

import io.tamas.config.Secret;
import io.tamas.ops.Instance;
import java.nio.file.Path;

/// How commands print an instance's secrets.
///
/// @param file in which they are
/// @param toPerson whether only a person sees what is printed: else, such as in a log, it is told
///   where they are
record ShownSecrets(Path file, boolean toPerson) {
  static ShownSecrets of(Instance instance, boolean toPerson) {
    return new ShownSecrets(instance.secretsFile(), toPerson);
  }

  /// @param key of the file
  String text(Secret secret, String key) {
    return toPerson ? secret.reveal() : "in " + file + ", " + key;
  }
}
