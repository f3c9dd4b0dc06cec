package io.tamas.ops;

import java.io.IOException;
import java.io.InputStream;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/// Checks before anything is started whether the ports of an instance are available.
public final class PortCheck {
  private static final int USUAL_FIRST_OF_USERS = 1_024;
  private static final int MOST_TRIES = 1_000;

  private PortCheck() {}

  /// What is wrong with the ports, each as a sentence with the remedy.
  ///
  /// @param sip where the ports for phones are opened
  /// @param unused ports that this instance does not open
  /// @param claims of this instance, to which those that are right are added
  public static List<String> faults(
      Ports ports, IpAddress sip, Set<Port> unused, PortClaims claims) {
    List<String> faults = new ArrayList<>();
    Set<Integer> tcp = new HashSet<>();
    for (Port port : Port.values()) {
      int number = ports.of(port);
      if (unused.contains(port)) {
        continue;
      }
      if (number < firstOfUsers()) {
        faults.add(privileged(port, number));
      } else if (port.transports().contains(Port.Transport.TCP) && !tcp.add(number)) {
        faults.add("port " + number + " is used twice: choose another by " + port.option() + " N");
      } else {
        taken(port, number, sip).or(() -> claimed(port, number, claims)).ifPresent(faults::add);
      }
    }
    return faults;
  }

  private static Optional<String> claimed(Port port, int number, PortClaims claims) {
    return claims.take(number) || port == Port.RTP
        ? Optional.empty()
        : Optional.of(
            "port %d (%s) is that of another instance: choose another by %s N or %s=N"
                .formatted(number, port.use(), port.option(), port.variable()));
  }

  /// Neither Asterisk nor Tamas runs as root, also where this process does.
  private static String privileged(Port port, int number) {
    return "port %d (%s) is privileged: choose one from %d on by %s N or %s=N, or lower %s"
        .formatted(
            number,
            port.use(),
            firstOfUsers(),
            port.option(),
            port.variable(),
            "net.ipv4.ip_unprivileged_port_start");
  }

  static int firstOfUsers() {
    try (InputStream file =
        Files.newInputStream(Path.of("/proc/sys/net/ipv4/ip_unprivileged_port_start"))) {
      // the kernel answers the first read only
      byte[] bytes = new byte[16];
      int length = Math.max(0, file.read(bytes));
      return Integer.parseInt(new String(bytes, 0, length, StandardCharsets.US_ASCII).strip());
    } catch (IOException | NumberFormatException e) {
      return USUAL_FIRST_OF_USERS;
    }
  }

  private static Optional<String> taken(Port port, int number, IpAddress sip) {
    return port.transports().stream()
        .filter(transport -> !isFree(transport, address(port, sip), number))
        .map(transport -> taken(port, transport, number))
        .findFirst();
  }

  private static String taken(Port port, Port.Transport transport, int number) {
    String by = Listeners.on(transport, number).map(" by "::concat).orElse("");
    return "port %d (%s) is in use%s: stop that, or choose another by %s N or %s=N"
        .formatted(number, port.use(), by, port.option(), port.variable());
  }

  /// The same ports if they are free, else other ones.
  ///
  /// @param sip where the ports for phones are opened: an address of this machine
  /// @param claims of this instance, to which they are added
  /// @throws IllegalArgumentException if none was found
  public static Map<Port, Integer> findFree(Ports wanted, IpAddress sip, PortClaims claims) {
    Map<Port, Integer> chosen = new EnumMap<>(Port.class);
    Set<Integer> used = new HashSet<>();
    for (Port port : Port.values()) {
      int number = free(port, wanted.of(port), sip, used, claims);
      used.add(number);
      chosen.put(port, number);
    }
    return chosen;
  }

  private static int free(
      Port port, int wanted, IpAddress sip, Set<Integer> used, PortClaims claims) {
    int number = wanted;
    for (int tries = 0; tries < MOST_TRIES; tries++) {
      if (taken(port, number, sip).isEmpty() && !used.contains(number) && claims.take(number)) {
        return number;
      }
      number = any(port);
    }
    if (port == Port.RTP) {
      return wanted; // Asterisk passes over those that are in use
    }
    throw new IllegalArgumentException(
        "no free port was found for %s: choose one by %s N".formatted(port.use(), port.option()));
  }

  private static int any(Port port) {
    return port == Port.RTP
        ? 10_000 + VoiceSettings.PORTS * ThreadLocalRandom.current().nextInt(10)
        : any();
  }

  /// A random port for TCP or SIP, free or not. It is below Linux's range of ephemeral ports, so
  /// that a free one is still free at the next start.
  public static int any() {
    return ThreadLocalRandom.current().nextInt(20_000, 26_000);
  }

  private static InetAddress address(Port port, IpAddress sip) {
    return port.isForOthers() ? sip.inet() : InetAddress.getLoopbackAddress();
  }

  static boolean isFree(Port.Transport transport, InetAddress address, int number) {
    InetSocketAddress place = new InetSocketAddress(address, number);
    return switch (transport) {
      case TCP -> isFreeTcp(place);
      case UDP -> isFreeUdp(place);
    };
  }

  private static boolean isFreeTcp(InetSocketAddress place) {
    try (ServerSocket socket = new ServerSocket()) {
      // Otherwise a connection that was closed a minute ago would count as a listener.
      socket.setReuseAddress(true);
      socket.bind(place);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private static boolean isFreeUdp(InetSocketAddress place) {
    try (DatagramSocket socket = new DatagramSocket(place)) {
      return socket.isBound();
    } catch (IOException e) {
      return false;
    }
  }
}
