package io.tamas.lab;

import io.tamas.ops.AsteriskHome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/// A network with the phones of an office, beside this machine and joined to it by a cable: a
/// network namespace with a pair of virtual cards. Of this machine only what it binds to its end of
/// the cable, or to all addresses, is reached from there.
///
/// Its addresses are of 198.18.0.0/15 (RFC 2544), which no private range contains.
public final class PhoneNetwork implements AutoCloseable {
  private static final Duration DEADLINE = Duration.ofSeconds(10);

  /// Of one process; others that run at the same time have numbers near its own, and other
  /// addresses.
  private static final int MOST = 61;

  private static final AtomicInteger NUMBER = new AtomicInteger();

  private final String name;
  private final String card;
  private final String machine;
  private final String phones;
  private final int own;
  private String server;
  private String control;
  private Optional<NatRouter> router = Optional.empty();

  /// @throws AssertionError if this user may not lay cables
  public PhoneNetwork() {
    if (!System.getProperty("user.name").equals("root")) {
      throw new AssertionError("only root may create a network namespace: run this test as root");
    }
    this.own = NUMBER.getAndIncrement();
    int pid = Math.toIntExact(ProcessHandle.current().pid());
    this.name = "tamas" + pid + "x" + own;
    this.card = "t" + name.substring("tamas".length());
    int pair = Math.floorMod(4 * (pid * MOST + own), 1 << 17);
    this.machine = address(pair + 1);
    this.phones = address(pair + 2);
    this.server = machine;
    this.control = phones;
    lay();
  }

  /// The same with a router between, behind whose address the phones are hidden. They have private
  /// addresses; of what comes from outside only the remote control reaches them.
  public static PhoneNetwork behindNat(AsteriskHome programs, Path folder) {
    PhoneNetwork network = new PhoneNetwork();
    NatRouter router = new NatRouter(network.name, "10.77.0.1", "10.77.0.2");
    router.rules(
        programs,
        folder,
        """
        table ip nat {
          chain out {
            type nat hook postrouting priority 100
            oifname "phones" masquerade
          }
          chain in {
            type nat hook prerouting priority -100
            iifname "phones" meta l4proto tcp dnat to 10.77.0.2
          }
        }
        """);
    network.router = Optional.of(router);
    return network;
  }

  /// The same with a router between, behind whose address this machine is hidden: it forwards all
  /// that is sent to that address.
  public static PhoneNetwork outsideOfNat(AsteriskHome programs, Path folder) {
    PhoneNetwork network = new PhoneNetwork();
    PhoneNetwork numbers = new PhoneNetwork();
    numbers.close();
    NatRouter router = new NatRouter(network.name, numbers.machine, numbers.phones);
    run(List.of("ip", "route", "add", numbers.phones, "via", network.phones, "dev", network.card));
    router.rules(
        programs,
        folder,
        """
        table ip nat {
          chain in {
            type nat hook prerouting priority -100
            iifname "far" ip daddr %s dnat to %s
          }
          chain out {
            type nat hook postrouting priority 100
            oifname "far" masquerade
          }
        }
        """
            .formatted(numbers.machine, network.machine));
    network.router = Optional.of(router);
    network.server = numbers.machine;
    network.control = numbers.phones;
    return network;
  }

  /// The same over IPv6.
  public static PhoneNetwork ofIpv6() {
    PhoneNetwork network = new PhoneNetwork();
    network.server = network.ipv6(1);
    run(List.of("ip", "address", "add", network.ipv6(1) + "/64", "dev", network.card, "nodad"));
    run(
        network.inside(
            List.of("ip", "address", "add", network.ipv6(2) + "/64", "dev", "phones", "nodad")));
    return network;
  }

  /// A range of its own (RFC 4193).
  private String ipv6(int end) {
    String[] parts = machine.split("\\.");
    int pair = 256 * Integer.parseInt(parts[2]) + Integer.parseInt(parts[3]);
    return "fd00:%s:%x::%d".formatted(parts[1], pair, end);
  }

  private static String address(int offset) {
    return "198.%d.%d.%d".formatted(18 + (offset >> 16), offset >> 8 & 0xff, offset & 0xff);
  }

  private void lay() {
    run(List.of("ip", "netns", "add", name));
    run(
        List.of(
            "ip", "link", "add", card, "type", "veth", "peer", "name", "phones", "netns", name));
    run(List.of("ip", "address", "add", machine + "/30", "dev", card));
    run(List.of("ip", "link", "set", card, "up"));
    run(inNamespace(List.of("ip", "address", "add", phones + "/30", "dev", "phones")));
    run(inNamespace(List.of("ip", "link", "set", "phones", "up")));
    run(inNamespace(List.of("ip", "link", "set", "lo", "up")));
  }

  private List<String> inNamespace(List<String> command) {
    return NatRouter.in(name, command);
  }

  /// This machine's end of the cable.
  public String machine() {
    return machine;
  }

  /// What phones are given as their server.
  public String server() {
    return server;
  }

  /// The address of the phones themselves.
  public String phones() {
    return server.contains(":") ? ipv6(2) : router.map(NatRouter::phones).orElse(phones);
  }

  /// Where the phones' remote control listens.
  String controlled() {
    return router.map(NatRouter::phones).orElse(phones);
  }

  /// Where this machine reaches it.
  String control() {
    return control;
  }

  /// The command line that runs this one among the phones.
  public List<String> inside(List<String> command) {
    return router.map(one -> one.inside(command)).orElseGet(() -> inNamespace(command));
  }

  /// Whether anything accepts a TCP connection from there.
  public boolean connects(String host, int port) {
    String open = "exec 3<>/dev/tcp/%s/%d".formatted(host, port);
    return succeeds(inside(List.of("timeout", "3", "bash", "-c", open)));
  }

  /// Its processes are to have ended: the cable goes with the network.
  @Override
  public void close() {
    router.ifPresent(NatRouter::close);
    run(List.of("ip", "netns", "delete", name));
  }

  static void run(List<String> command) {
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
