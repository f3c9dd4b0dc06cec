package io.tamas.ops;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Opens the folder of an instance. The ports and the addresses of its last start are stored in it,
/// so that they need not be given again.
public final class InstanceFolder {
  private static final List<String> MAY_BE_VOLUMES =
      Stream.concat(
              Instance.VOLUMES.stream(),
              Stream.of("asterisk/log/cel-custom", "postgres", "state", "logs", "run", "tls"))
          .toList();

  private static final String CELL = "cell.yaml";
  private static final String NAME = "cell";
  private static final String PORTS = "ports.yaml";
  private static final String SIP = "sip.yaml";
  private static final String TLS = "tls.yaml";
  private static final String VOICE = "voice.yaml";

  /// Each start leaves these; the last one also an earlier version.
  private static final List<String> MARKS = List.of(CELL, PORTS, "tamas.yaml");

  /// Volumes that are mounted before the first start, what a file system brings, and what a start
  /// that is refused leaves.
  private static final Set<String> MAY_BE_BEFORE =
      Stream.concat(MAY_BE_VOLUMES.stream(), Stream.of("lost+found", "lock", "secrets.yaml"))
          .collect(Collectors.toUnmodifiableSet());

  private InstanceFolder() {}

  /// The instance as it was last started; nothing is created.
  public static Instance read(Path data) throws IOException {
    return new Instance(
        data,
        cell(data),
        Ports.choose(Map.of(), stored(data.resolve(PORTS))),
        StoredSipNetwork.read(data.resolve(SIP)),
        StoredTls.read(data.resolve(TLS)),
        VoiceSettings.read(data.resolve(VOICE)));
  }

  /// The instance with the requested ports, else the stored ones; nothing is stored yet.
  public static Instance choose(Path data, Map<Port, Integer> requested) throws IOException {
    Instance before = read(data);
    return choose(data, requested, before.sip(), before.tls(), before.voice());
  }

  /// The same with this address and these settings.
  public static Instance choose(
      Path data, Map<Port, Integer> requested, SipNetwork sip, TlsSettings tls, VoiceSettings voice)
      throws IOException {
    return new Instance(
        data, cell(data), Ports.choose(requested, read(data).ports().numbers()), sip, tls, voice);
  }

  /// Creates the folders of the instance and stores its ports and addresses.
  public static void keep(Instance instance) throws IOException {
    createFolders(instance);
    Yaml.write(
        instance.data().resolve(PORTS), "The ports of the last start.", named(instance.ports()));
    Yaml.write(
        instance.data().resolve(CELL),
        "The name of the cell: the ids of its calls begin with it.",
        Map.of(NAME, instance.cell()));
    StoredSipNetwork.write(instance.data().resolve(SIP), instance.sip());
    StoredTls.write(instance.data().resolve(TLS), instance.tls());
    instance.voice().write(instance.data().resolve(VOICE));
  }

  /// A link would lead Asterisk, in its own root, to nothing or to something else.
  private static void refuseLinks(Instance instance) throws IOException {
    for (String name : MAY_BE_VOLUMES) {
      Path folder = instance.data().resolve(name);
      if (Files.isSymbolicLink(folder)) {
        throw new IOException(
            "%s is a link; mount the volume there instead: mount --bind %s %s"
                .formatted(folder, Files.readSymbolicLink(folder), folder));
      }
    }
  }

  static void createFolders(Instance instance) throws IOException {
    refuseLinks(instance);
    for (Path folder :
        List.of(
            instance.data(),
            instance.recordings(),
            instance.prompts(),
            instance.mailboxes(),
            instance.state(),
            instance.logs(),
            instance.run())) {
      PrivateFiles.folder(folder);
    }
  }

  /// The instance as it was last started; its folders are created.
  ///
  /// @throws IllegalArgumentException with a message for users, if the folder is somebody else's;
  ///   then nothing is written
  public static Instance open(Path data) throws IOException {
    List<String> strangers = strangers(requirePossible(data));
    if (!strangers.isEmpty()) {
      throw new IllegalArgumentException(
          "--data: %s must be an instance or empty, and has %s: name another folder, or a new one in it"
              .formatted(data, String.join(", ", strangers)));
    }
    Instance instance = read(data);
    createFolders(instance);
    return instance;
  }

  /// Whether an instance was ever started there.
  public static boolean exists(Path data) {
    return Files.isDirectory(data.resolve("run")) && strangers(data).isEmpty();
  }

  /// The folder, if it has a name and is no file.
  ///
  /// @throws IllegalArgumentException with a message for users, if it cannot be an instance
  public static Path requirePossible(Path folder) {
    if (folder.getFileName() == null) {
      throw new IllegalArgumentException(folder + " cannot be an instance: name a folder in it");
    }
    if (Files.exists(folder) && !Files.isDirectory(folder)) {
      throw new IllegalArgumentException(folder + " is a file: name a folder");
    }
    return folder;
  }

  /// What is there and not an instance's, a few by name; nothing where an instance was started.
  private static List<String> strangers(Path data) {
    String[] names = data.toFile().list();
    if (names == null || MARKS.stream().anyMatch(mark -> Files.isRegularFile(data.resolve(mark)))) {
      return List.of();
    }
    return Stream.of(names)
        .filter(name -> !MAY_BE_BEFORE.contains(name))
        .sorted()
        .limit(3)
        .toList();
  }

  /// An earlier version kept it in the configuration of the server only.
  private static String cell(Path data) throws IOException {
    for (Path file : List.of(data.resolve(CELL), Instance.configFile(data))) {
      if (Yaml.read(file).get(NAME) instanceof String name && !name.isBlank()) {
        return name;
      }
    }
    return Instance.cellOf(data);
  }

  private static Map<String, Integer> named(Ports ports) {
    Map<String, Integer> named = new TreeMap<>();
    ports
        .numbers()
        .forEach((port, number) -> named.put(port.name().toLowerCase(Locale.ROOT), number));
    return named;
  }

  private static Map<Port, Integer> stored(Path file) throws IOException {
    Map<Port, Integer> stored = new EnumMap<>(Port.class);
    Map<String, Object> read = Yaml.read(file);
    for (Port port : Port.values()) {
      if (read.get(port.name().toLowerCase(Locale.ROOT)) instanceof Integer number) {
        stored.put(port, number);
      }
    }
    return stored;
  }
}
