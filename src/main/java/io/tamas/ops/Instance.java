package io.tamas.ops;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// One Tamas on this machine: its folder, which contains all its data, its ports, where phones
/// reach it, and what it was told about TLS and voice.
///
/// @param cell the name among the cells that share a database; it stays when the folder moves
public record Instance(
    Path data, String cell, Ports ports, SipNetwork sip, TlsSettings tls, VoiceSettings voice) {
  /// Asterisk puts the cell's name into every id that it generates: so it is short, and safe in all
  /// of them.
  private static final int CELL_LENGTH = 20;

  /// Folders below that of an instance that Asterisk reads or writes and that may be volumes of
  /// their own.
  static final List<String> VOLUMES =
      List.of("recordings", "prompts", "mailboxes", "asterisk", "asterisk/log");

  private static final int LAST_PORT = 65_535;

  public Instance {
    if (ports.of(Port.RTP) + voice.ports() - 1 > LAST_PORT) {
      throw new IllegalArgumentException(
          "--rtp-port must leave room for %d voice ports up to %d: %d"
              .formatted(voice.ports(), LAST_PORT, ports.of(Port.RTP)));
    }
  }

  /// `TAMAS_DATA`, else the data folder of the XDG base directory specification.
  public static Path defaultData(Map<String, String> environment) {
    return Optional.ofNullable(environment.get("TAMAS_DATA"))
        .filter(text -> !text.isBlank())
        .map(Path::of)
        .orElseGet(() -> xdg(environment, "XDG_DATA_HOME", ".local/share").resolve("tamas/default"))
        .toAbsolutePath()
        .normalize();
  }

  /// The folder for what can be fetched again and is shared by all instances.
  public static Path cache(Map<String, String> environment) {
    return xdg(environment, "XDG_CACHE_HOME", ".cache").resolve("tamas").toAbsolutePath();
  }

  private static Path xdg(Map<String, String> environment, String variable, String otherwise) {
    return Optional.ofNullable(environment.get(variable))
        .filter(text -> text.startsWith("/"))
        .map(Path::of)
        .orElseGet(() -> Path.of(environment.getOrDefault("HOME", "/tmp"), otherwise));
  }

  /// The name of a new cell: that of its folder.
  static String cellOf(Path data) {
    String slug =
        data.getFileName().toString().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
    boolean fit = slug.length() > 1 && Character.isLetter(slug.charAt(0));
    String named = fit ? slug : "cell" + slug;
    return named.substring(0, Math.min(named.length(), CELL_LENGTH));
  }

  public int port(Port port) {
    return ports.of(port);
  }

  public Path postgres() {
    return data.resolve("postgres");
  }

  public Path asterisk() {
    return data.resolve("asterisk");
  }

  public int lastVoicePort() {
    return port(Port.RTP) + voice.ports() - 1;
  }

  public Premises premises() {
    return new Premises(data);
  }

  /// Where `cel_custom` writes `journal.csv`.
  public Path journal() {
    return premises().journal();
  }

  public Path recordings() {
    return data.resolve("recordings");
  }

  /// What Asterisk counts for the message lamps of phones.
  public Path mailboxes() {
    return data.resolve("mailboxes");
  }

  public Path prompts() {
    return data.resolve("prompts");
  }

  /// What Tamas keeps for itself: the copy of the company, and what it wrote to Asterisk.
  public Path state() {
    return data.resolve("state");
  }

  public Path logs() {
    return premises().logs();
  }

  public TlsFolder certificates() {
    return new TlsFolder(data.resolve("tls"));
  }

  /// Whether SIP over TLS is offered, and the API to other machines.
  public boolean isForOthers() {
    return !sip.address().isLoopback();
  }

  Optional<SipTls> sipTls() {
    return isForOthers()
        ? Optional.of(new SipTls(port(Port.SIP_TLS), certificates().files(), tls.trusted()))
        : Optional.empty();
  }

  /// For pid files and locks: meaningless after a restart of the machine.
  public Path run() {
    return premises().run();
  }

  public Path secretsFile() {
    return data.resolve("secrets.yaml");
  }

  /// What the administrator sets beyond the options of `up`.
  Path settingsFile() {
    return data.resolve("settings.yaml");
  }

  public Path configFile() {
    return configFile(data);
  }

  /// The server configuration of the instance in this folder.
  public static Path configFile(Path data) {
    return data.resolve("tamas.yaml");
  }
}
