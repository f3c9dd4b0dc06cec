package io.tamas.lab;

import static io.tamas.lab.Eventually.eventually;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// The process of a telephone: baresip, from the same house as Asterisk.
final class Baresip implements AutoCloseable {
  private static final Duration DEADLINE = Duration.ofSeconds(20);
  private static final Duration TONE = Duration.ofMinutes(1);

  private final Path folder;
  private final int controlPort;
  private final Process process;

  /// @param name of its folder
  /// @param account as in baresip's file `accounts`
  /// @param host its address
  /// @param sipPort where it can be called; 0: any
  /// @param tone what its user says
  Baresip(House house, String name, String account, String host, int sipPort, Tone tone) {
    try {
      folder = Files.createDirectories(house.data().resolve("phones/" + name));
      controlPort = FreePorts.take();
      tone.write(folder.resolve("tone.wav"), TONE);
      Files.writeString(folder.resolve("accounts"), account + "\n");
      Files.writeString(
          folder.resolve("config"), config("/instance/phones/" + name, host, sipPort));
      List<String> command =
          house
              .asterisk()
              .programs()
              .command(
                  "tamas-phone-" + controlPort,
                  house.data(),
                  List.of("baresip", "-f", "/instance/phones/" + name));
      process =
          new ProcessBuilder(command)
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
  private String config(String inside, String host, int sipPort) {
    return """
    sip_listen %1$s:%4$d
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
    ctrl_tcp_listen 127.0.0.1:%3$d
    """
        .formatted(host, inside, controlPort, sipPort);
  }

  private boolean listens() {
    if (!process.isAlive()) {
      throw new AssertionError("the phone ended; see " + folder);
    }
    // that a connection is possible says so, and the kernel tells it without one
    try (var sockets = Files.lines(Path.of("/proc/net/tcp"))) {
      // at 127.0.0.1: elsewhere the port may be another phone's
      String listening = "0100007F:%04X 00000000:0000 0A".formatted(controlPort);
      return sockets.anyMatch(line -> line.contains(listening));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  int controlPort() {
    return controlPort;
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
