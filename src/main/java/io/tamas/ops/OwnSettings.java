package io.tamas.ops;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/// `settings.yaml` in the folder of an instance: what its administrator sets beyond the options of
/// `up`, in the form of `tamas-reference.yaml`. `up` reads it at each start and never writes it.
final class OwnSettings {
  private final Path file;

  OwnSettings(Path file) {
    this.file = file;
  }

  /// The configuration with these settings.
  ///
  /// @param written what `up` itself decides, section by section
  /// @throws IOException if the file is no YAML, or sets what `up` itself decides
  Map<String, Object> addedTo(Map<String, Object> written) throws IOException {
    return merged("", written, read());
  }

  private Map<String, Object> read() throws IOException {
    try {
      return Yaml.read(file);
    } catch (JsonProcessingException e) {
      throw fault("is not YAML of names and values: " + e.getOriginalMessage());
    }
  }

  private Map<String, Object> merged(
      String section, Map<String, Object> written, Map<String, Object> own) throws IOException {
    Map<String, Object> result = new LinkedHashMap<>(written);
    for (Map.Entry<String, Object> one : own.entrySet()) {
      String name = section + one.getKey();
      Object before = written.get(one.getKey());
      result.put(
          one.getKey(), before == null ? one.getValue() : both(name, before, one.getValue()));
    }
    return result;
  }

  private Object both(String name, Object written, Object own) throws IOException {
    if (written instanceof Map<?, ?> section && own instanceof Map<?, ?> more) {
      return merged(name + ".", texts(section), texts(more));
    }
    throw fault("sets %s, which ./tamas up sets itself: see ./tamas up --help".formatted(name));
  }

  private static Map<String, Object> texts(Map<?, ?> section) {
    Map<String, Object> texts = new LinkedHashMap<>();
    section.forEach((key, value) -> texts.put(String.valueOf(key), value));
    return texts;
  }

  private IOException fault(String what) {
    return new IOException("%s %s".formatted(file, what));
  }
}
