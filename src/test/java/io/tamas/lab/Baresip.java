package io.tamas.lab;

import static io.tamas.lab.Eventually.eventually;

import io.tamas.ops.AsteriskHome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The process of a telephone: baresip, from the same house as Asterisk. Its log has all SIP that
/// it sends and receives.
final class Baresip implements AutoCloseable {
  private static final Duration DEADLINE = Duration.ofSeconds(20);
  private static final String LOOPBACK = "127.0.0.1";
  private static final Duration TONE = Duration.ofMinutes(1);
  private static final Pattern CONTACT = Pattern.compile("Contact: <sip:[^@>]*@([0-9.:]+)");

  private final Path folder;
  private final String listeningHost;
  private final String controlHost;
  private final int controlPort;
  private final Process process;

  /// On this machine.
  ///
  /// @param name of its folder
  /// @param account as in baresip's file `accounts`
  /// @param host its address
  /// @param sipPort where it can be called; 0: any
  /// @param tone what its user says
  static Baresip of(House house, String name, String account, String host, int sipPort, Tone tone) {
    String config = config("/instance/phones/" + name, host, sipPort);
    return new Baresip(
        house.asterisk().programs(),
        house.data(),
        name,
        account,
        config,
        LOOPBACK,
        LOOPBACK,
        here(),
        tone);
  }

  private static UnaryOperator<List<String>> here() {
    return UnaryOperator.identity();
  }

  /// On a network of its own, without an account.
  ///
  /// @param data the folder of an instance
  static Baresip on(
      PhoneNetwork network, AsteriskHome programs, Path data, String name, Tone tone) {
    String config =
        config("/instance/phones/" + name, network.phones(), 0)
            + """
            sip_verify_server yes
            sip_cafile /instance/tls/ca.pem
            module srtp.so
            module g722.so
            module opus.so
            """;
    return new Baresip(
        programs,
        data,
        name,
        "",
        config,
        network.controlled(),
        network.control(),
        network::inside,
        tone);
  }

  private Baresip(
      AsteriskHome programs,
      Path data,
      String name,
      String account,
      String config,
      String listeningHost,
      String controlHost,
      UnaryOperator<List<String>> place,
      Tone tone) {
    this.listeningHost = listeningHost;
    this.controlHost = controlHost;
    try {
      folder = Files.createDirectories(data.resolve("phones/" + name));
      controlPort = FreePorts.take();
      tone.write(folder.resolve("tone.wav"), TONE);
      Files.writeString(folder.resolve("accounts"), account + "\n");
      Files.writeString(
          folder.resolve("config"),
          config + "ctrl_tcp_listen %s:%d\n".formatted(listeningHost, controlPort));
      List<String> command =
          programs.command(
              "tamas-phone-" + controlPort,
              data,
              List.of("baresip", "-s", "-f", "/instance/phones/" + name));
      process =
          new ProcessBuilder(place.apply(command))
              .redirectErrorStream(true)
              .redirectOutput(folder.resolve("phone.log").toFile())
              .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    eventually("phone " + name + " is on; see " + folder, DEADLINE, this::listens);
  }

  /// Its user's ear is the module `sndfile`, which writes what is heard, ahead of the player. The
  /// player of `aufile` ends the phone when it is begun anew.
  private static String config(String inside, String host, int sipPort) {
    return """
    sip_listen %4$s:%3$d
    net_interface %1$s
    call_local_timeout 120
    call_max_calls 4
    rtp_ports 15000-18999
    audio_source aufile,%2$s/tone.wav
    audio_player aubridge,nobody
    ausrc_srate 8000
    auplay_srate 8000
    ausrc_channels 1
    auplay_channels 1
    audio_telev_pt 101
    snd_path %2$s
    module_path /usr/lib/baresip/modules
    module g711.so
    module aufile.so
    module aubridge.so
    module sndfile.so
    module account.so
    module menu.so
    module ctrl_tcp.so
    """
        .formatted(host, inside, sipPort, host.contains(":") ? "[" + host + "]" : host);
  }

  private boolean listens() {
    if (!process.isAlive()) {
      throw new AssertionError("the phone ended; see " + folder);
    }
    // that a connection is possible says so, and the kernel tells it without one
    try (var sockets = Files.lines(Path.of("/proc", Long.toString(process.pid()), "net/tcp"))) {
      // at its own address: elsewhere the port may be another phone's
      byte[] host = InetAddress.ofLiteral(listeningHost).getAddress();
      String listening =
          "%02X%02X%02X%02X:%04X 00000000:0000 0A"
              .formatted(host[3], host[2], host[1], host[0], controlPort);
      return sockets.anyMatch(line -> line.contains(listening));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  PhoneControl control(Consumer<PhoneControl.Event> listener) throws IOException {
    return new PhoneControl(controlHost, controlPort, listener);
  }

  String log() {
    try {
      return Files.readString(folder.resolve("phone.log"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Where it can be called: `host:port`.
  String address() {
    Matcher contact = CONTACT.matcher(log());
    if (!contact.find()) {
      throw new AssertionError("it has not registered; see " + folder);
    }
    return contact.group(1);
  }

  /// What it heard in its latest call.
  Optional<Path> heard() {
    try (var files = Files.list(folder)) {
      return files
          .filter(file -> file.toString().endsWith("-dec.wav"))
          .max(Comparator.comparing(Path::toString));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Pulls the plug: nothing is said to Asterisk.
  @Override
  public void close() {
    process.destroyForcibly();
    try {
      process.waitFor(5, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      throw AsteriskServer.interrupted(e);
    }
  }
}
