package io.tamas.ops;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
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
  public static Instance open(Path data) throws IOException {
    Instance instance = read(data);
    createFolders(instance);
    return instance;
  }

  /// Whether an instance was ever started there.
  public static boolean exists(Path data) {
    return Files.isDirectory(data.resolve("run"));
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
