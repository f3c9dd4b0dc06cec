package io.tamas.ops;

import io.tamas.config.MachineName;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The files of an instance's Asterisk: `asterisk-conf/` with the settings filled in, `dialplan/`
/// unchanged.
final class AsteriskFiles {
  private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([A-Z_]+)}");

  /// Text that cannot end a line, start a comment or open a section in a file of Asterisk.
  private static final Pattern HARMLESS = Pattern.compile("[A-Za-z0-9._:/@+=,-]+");

  /// `cel-custom` must exist: without it Asterisk drops every line of the journal.
  private static final List<String> FOLDERS =
      List.of(
          "etc",
          "lib",
          "run",
          "log/cel-custom",
          "spool/recording",
          "spool/voicemail",
          "tmp",
          "sounds");

  /// The two names of the folder of mailboxes: a phone that is told without having asked, and one
  /// that has subscribed, must not watch the same mailbox, since Asterisk then stops telling an
  /// extension's other devices (`allow_and_or_replace_unsolicited` in `res_pjsip_mwi.c`).
  private static final List<String> MAILBOXES = List.of("told", "asked");

  private AsteriskFiles() {}

  /// Writes all files anew.
  ///
  /// @param home where Tamas is installed
  static void write(Path home, AsteriskSettings settings) throws IOException {
    for (String folder : FOLDERS) {
      PrivateFiles.folder(settings.folder().resolve(folder));
    }
    PrivateFiles.write(settings.folder().resolve("sounds/dial-tone.wav"), DialTone.wav());
    PrivateFiles.folder(settings.data().resolve("logs"));
    PrivateFiles.folder(settings.data().resolve("recordings"));
    PrivateFiles.folder(settings.data().resolve("prompts"));
    PrivateFiles.folder(settings.data().resolve("mailboxes"));
    for (String name : MAILBOXES) {
      link(settings.folder().resolve("spool/voicemail").resolve(name), "../../../mailboxes");
    }
    Path etc = settings.folder().resolve("etc");
    deleteOld(etc);
    Map<String, String> values = values(settings);
    for (Path template : files(home.resolve("asterisk-conf"))) {
      String text = fill(Files.readString(template), values);
      PrivateFiles.write(etc.resolve(template.getFileName()), text);
    }
    for (Path file : files(home.resolve("dialplan"))) {
      PrivateFiles.write(etc.resolve(file.getFileName()), Files.readString(file));
    }
    PrivateFiles.write(etc.resolve("transport.conf"), transports(settings));
    if (settings.tls().isPresent()) {
      settings.tls().get().write(settings.folder());
    }
    // Asterisk resolves the name of its machine at each call; the answer must be local.
    String name = MachineName.get();
    PrivateFiles.write(
        settings.folder().resolve("hosts"), "127.0.0.1 localhost\n127.0.0.1 " + name + "\n");
    PrivateFiles.write(settings.folder().resolve("resolv.conf"), nameServers());
  }

  /// Those of this machine, by which the names of providers are resolved.
  private static String nameServers() throws IOException {
    Path file = Path.of("/etc/resolv.conf");
    return Files.isReadable(file)
        ? new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1)
        : "";
  }

  private static void link(Path name, String target) throws IOException {
    if (!Files.isSymbolicLink(name)) {
      Files.createSymbolicLink(name, Path.of(target));
    }
  }

  private static String transports(AsteriskSettings settings) {
    SipNetwork sip = settings.sip();
    return sip.transport(settings.sipPort(), IpAddress.ofThisMachine())
        + settings.tls().map(tls -> tls.transport(sip.address())).orElse("");
  }

  /// @throws IllegalArgumentException if the text refers to an unknown value, or a value could be
  ///   read as syntax
  static String fill(String template, Map<String, String> values) {
    return PLACEHOLDER
        .matcher(template)
        .replaceAll(found -> Matcher.quoteReplacement(value(found, values)));
  }

  private static String value(MatchResult found, Map<String, String> values) {
    String value = values.get(found.group(1));
    if (value == null) {
      throw new IllegalArgumentException("asterisk-conf refers to an unknown " + found.group());
    }
    if (!HARMLESS.matcher(value).matches()) {
      throw new IllegalArgumentException(
          found.group(1) + " may contain letters, digits and . _ : / @ + = , - only");
    }
    return value;
  }

  private static Map<String, String> values(AsteriskSettings settings) {
    return Map.ofEntries(
        Map.entry("CELL", settings.cell()),
        Map.entry("ENTITY_ID", entityId(settings.cell())),
        Map.entry("RTP_FIRST", Integer.toString(settings.rtpFirst())),
        Map.entry("RTP_LAST", Integer.toString(settings.rtpLast())),
        Map.entry("AGI_HOST", "127.0.0.1"),
        Map.entry("AGI_PORT", Integer.toString(settings.agiPort())),
        Map.entry("ARI_URL", settings.ari().toString()),
        Map.entry("ARI_USER", settings.ariUser()),
        Map.entry("ARI_PASSWORD", settings.ariPassword().reveal()),
        Map.entry("AMI_PORT", Integer.toString(settings.amiPort())),
        Map.entry("AMI_PASSWORD", settings.amiPassword().reveal()));
  }

  /// A locally administered MAC address (IEEE 802, second bit of the first byte) that is specific
  /// to the cell.
  private static String entityId(String cell) {
    int hash = cell.hashCode();
    return "02:00:%02x:%02x:%02x:%02x"
        .formatted(hash >>> 24, hash >>> 16 & 0xff, hash >>> 8 & 0xff, hash & 0xff);
  }

  private static List<Path> files(Path folder) throws IOException {
    try (var files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".conf")).sorted().toList();
    }
  }

  /// Asterisk would still read a file that is no longer among the templates.
  private static void deleteOld(Path etc) throws IOException {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(etc, "*.conf")) {
      for (Path file : files) {
        Files.delete(file);
      }
    }
  }
}
