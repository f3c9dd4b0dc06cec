package io.tamas.cli;

import io.tamas.ops.Instance;
import io.tamas.ops.IpAddress;
import io.tamas.ops.Port;
import io.tamas.ops.TlsFolder;
import io.tamas.ops.VoiceSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// What an instance was told about voice, and what other machines need to reach it beside SIP, for
/// display.
///
/// @param instance the one of it
record ForOthers(Instance instance) {
  private static final Duration SOON = Duration.ofDays(30);

  /// Of the network nothing on loopback.
  List<String> lines() throws IOException {
    List<String> lines = new ArrayList<>();
    if (!instance.voice().equals(VoiceSettings.DEFAULT)) {
      lines.add("Voice            " + instance.voice().text());
    }
    if (!instance.isForOthers()) {
      return List.copyOf(lines);
    }
    lines.add("From outside     " + server() + "/console/, API " + server() + "/api/v1");
    instance.certificates().inUse(instance.tls()).ifPresent(used -> lines.addAll(lines(used)));
    return List.copyOf(lines);
  }

  private String server() {
    String scheme = instance.tls().plainHttp() ? "http" : "https";
    IpAddress server = instance.sip().server(IpAddress.ofThisMachine());
    return scheme + "://" + server.withPort(instance.port(Port.HTTPS));
  }

  private static List<String> lines(TlsFolder.InUse used) {
    String until = used.until().atZone(ZoneOffset.UTC).toLocalDate().toString();
    String certificate =
        "Certificate      "
            + String.join(", ", used.names())
            + "; until "
            + until
            + left(Duration.between(Instant.now(), used.until()), used.authority().isPresent());
    return Stream.concat(Stream.of(certificate), used.authority().map(ForOthers::toImport).stream())
        .toList();
  }

  /// Nobody looks at a date that is far away.
  ///
  /// @param own whether the instance issues it itself, which it does at a start
  static String left(Duration time, boolean own) {
    if (time.compareTo(SOON) > 0) {
      return "";
    }
    String state = time.isNegative() ? "EXPIRED" : time.toDays() + " days left";
    return ": " + state + (own ? ", a start renews it" : ", renew it and start anew");
  }

  private static String toImport(Path authority) {
    return "To be trusted    " + authority + " (import it into phones and clients that use TLS)";
  }
}
