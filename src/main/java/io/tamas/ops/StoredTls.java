package io.tamas.ops;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/// The file of an instance with its [TlsSettings]; without the file they are [TlsSettings#OWN].
final class StoredTls {
  private static final String CERTIFICATE = "certificate";
  private static final String KEY = "key";
  private static final String TRUSTED = "trusted";
  private static final String PLAIN = "plainHttp";

  private StoredTls() {}

  /// @throws IOException with a message for users, if somebody wrote something else into it
  static TlsSettings read(Path file) throws IOException {
    Map<String, Object> read = Yaml.read(file);
    TlsRequest stored =
        new TlsRequest(
            Yaml.text(read, CERTIFICATE),
            Yaml.text(read, KEY),
            Yaml.text(read, TRUSTED),
            Yaml.text(read, PLAIN));
    try {
      return stored.applyTo(TlsSettings.OWN);
    } catch (IllegalArgumentException e) {
      throw new IOException(file + ": " + e.getMessage(), e);
    }
  }

  static void write(Path file, TlsSettings settings) throws IOException {
    TlsRequest request = settings.asRequest();
    Map<String, Object> values = new LinkedHashMap<>();
    request.certificate().ifPresent(text -> values.put(CERTIFICATE, text));
    request.key().ifPresent(text -> values.put(KEY, text));
    request.trusted().ifPresent(text -> values.put(TRUSTED, text));
    values.put(PLAIN, settings.plainHttp());
    Yaml.write(file, "What the instance was told about TLS.", values);
  }
}
