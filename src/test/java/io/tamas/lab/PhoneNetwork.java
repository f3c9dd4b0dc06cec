package io.tamas.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/// A network with the phones of an office, beside this machine and joined to it by a cable: a
/// network namespace with a pair of virtual cards. Of this machine only what it binds to its end of
/// the cable, or to all addresses, is reached from there.
///
/// Its addresses are of 198.18.0.0/15 (RFC 2544), which no private range contains.
public final class PhoneNetwork implements AutoCloseable {
  private static final Duration DEADLINE = Duration.ofSeconds(10);
  private static final AtomicInteger NUMBER = new AtomicInteger();

  private final String name;
  private final String machine;
  private final String phones;

  /// @throws AssertionError if this user may not lay cables
  public PhoneNetwork() {
    if (!System.getProperty("user.name").equals("root")) {
      throw new AssertionError("only root may create a network namespace: run this test as root");
    }
    int own = NUMBER.getAndIncrement();
    int pid = Math.toIntExact(ProcessHandle.current().pid());
    this.name = "tamas" + pid + "x" + own;
    int pair = Math.floorMod(4 * (pid + own), 1 << 17);
    this.machine = address(pair + 1);
    this.phones = address(pair + 2);
    lay();
  }

  private static String address(int offset) {
    return "198.%d.%d.%d".formatted(18 + (offset >> 16), offset >> 8 & 0xff, offset & 0xff);
  }

  private void lay() {
    String card = "t" + name.substring("tamas".length());
    run(List.of("ip", "netns", "add", name));
    run(
        List.of(
            "ip", "link", "add", card, "type", "veth", "peer", "name", "phones", "netns", name));
    run(List.of("ip", "address", "add", machine + "/30", "dev", card));
    run(List.of("ip", "link", "set", card, "up"));
    run(inside(List.of("ip", "address", "add", phones + "/30", "dev", "phones")));
    run(inside(List.of("ip", "link", "set", "phones", "up")));
    run(inside(List.of("ip", "link", "set", "lo", "up")));
  }

  /// This machine's end of the cable.
  public String machine() {
    return machine;
  }

  /// The other end, where the phones are.
  public String phones() {
    return phones;
  }

  /// The command line that runs this one among the phones.
  public List<String> inside(List<String> command) {
    List<String> line = new ArrayList<>(List.of("ip", "netns", "exec", name));
    line.addAll(command);
    return List.copyOf(line);
  }

  /// Whether anything accepts a TCP connection from there.
  public boolean connects(String host, int port) {
    String open = "exec 3<>/dev/tcp/%s/%d".formatted(host, port);
    return succeeds(inside(List.of("timeout", "3", "bash", "-c", open)));
  }

  /// Its processes are to have ended: the cable goes with the network.
  @Override
  public void close() {
    run(List.of("ip", "netns", "delete", name));
  }

  private static void run(List<String> command) {
    if (!succeeds(command)) {
      throw new AssertionError("failed: " + String.join(" ", command));
    }
  }

  private static boolean succeeds(List<String> command) {
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      if (!process.waitFor(DEADLINE.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new AssertionError("did not end: " + String.join(" ", command));
      }
      return process.exitValue() == 0;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw AsteriskServer.interrupted(e);
    }
  }
}
