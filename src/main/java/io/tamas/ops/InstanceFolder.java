package io.tamas.ops;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/// Opens the folder of an instance. The ports with which it was started last are kept in it, so
/// that they need not be said again.
public final class InstanceFolder {
  private InstanceFolder() {}

  /// The instance as it was started last; nothing is created.
  public static Instance read(Path data) throws IOException {
    Instance usual = new Instance(data, Ports.choose(Map.of(), Map.of()));
    return new Instance(data, Ports.choose(Map.of(), remembered(usual.portsFile())));
  }

  /// The instance with the ports asked for, else those remembered; nothing is remembered yet.
  public static Instance choose(Path data, Map<Port, Integer> asked) throws IOException {
    return new Instance(data, Ports.choose(asked, read(data).ports().numbers()));
  }

  /// Makes the folders of the instance and remembers its ports.
  public static void keep(Instance instance) throws IOException {
    makeFolders(instance);
    Yaml.write(instance.portsFile(), "The ports of the last start.", named(instance.ports()));
  }

  static void makeFolders(Instance instance) throws IOException {
    for (Path folder :
        List.of(
            instance.data(),
            instance.recordings(),
            instance.prompts(),
            instance.logs(),
            instance.run())) {
      PrivateFiles.folder(folder);
    }
  }

  /// The instance as it was started last, its folders made.
  public static Instance open(Path data) throws IOException {
    Instance instance = read(data);
    makeFolders(instance);
    return instance;
  }

  /// Whether an instance was ever started there.
  public static boolean exists(Path data) {
    return Files.isDirectory(data.resolve("run"));
  }

  private static Map<String, Integer> named(Ports ports) {
    Map<String, Integer> named = new TreeMap<>();
    ports
        .numbers()
        .forEach((port, number) -> named.put(port.name().toLowerCase(Locale.ROOT), number));
    return named;
  }

  private static Map<Port, Integer> remembered(Path file) throws IOException {
    Map<Port, Integer> remembered = new EnumMap<>(Port.class);
    Map<String, Object> read = Yaml.read(file);
    for (Port port : Port.values()) {
      if (read.get(port.name().toLowerCase(Locale.ROOT)) instanceof Integer number) {
        remembered.put(port, number);
      }
    }
    return remembered;
  }
}
