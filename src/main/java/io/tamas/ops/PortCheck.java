package io.tamas.ops;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/// Checks before anything is started whether the ports of an instance are available.
public final class PortCheck {
  private PortCheck() {}

  /// What is wrong with the ports, each as a sentence with the remedy.
  ///
  /// @param unused ports that this instance does not open
  public static List<String> faults(Ports ports, Set<Port> unused) {
    List<String> faults = new ArrayList<>();
    Set<Integer> tcp = new HashSet<>();
    for (Port port : Port.values()) {
      int number = ports.of(port);
      if (unused.contains(port)) {
        continue;
      }
      if (port.transport() == Port.Transport.TCP && !tcp.add(number)) {
        faults.add("port " + number + " is used twice: choose another by " + port.option() + " N");
      } else if (!free(port, number)) {
        faults.add(taken(port, number));
      }
    }
    return faults;
  }

  private static String taken(Port port, int number) {
    String by = Listeners.on(port.transport(), number).map(" by "::concat).orElse("");
    return "port %d (%s) is in use%s: stop that, or choose another by %s N or %s=N"
        .formatted(number, port.use(), by, port.option(), port.variable());
  }

  /// The same ports if they are free, else other ones.
  public static Map<Port, Integer> findFree(Ports wanted) {
    Map<Port, Integer> chosen = new EnumMap<>(Port.class);
    Set<Integer> used = new HashSet<>();
    for (Port port : Port.values()) {
      int number = wanted.of(port);
      while (!free(port, number) || used.contains(number)) {
        number = any(port);
      }
      used.add(number);
      chosen.put(port, number);
    }
    return chosen;
  }

  private static int any(Port port) {
    return port == Port.RTP
        ? 10_000 + Port.RTP_COUNT * ThreadLocalRandom.current().nextInt(10)
        : any();
  }

  /// A random port for TCP or SIP, free or not. It is below Linux's range of ephemeral ports, so
  /// that a free one is still free at the next start.
  public static int any() {
    return ThreadLocalRandom.current().nextInt(20_000, 26_000);
  }

  private static boolean free(Port port, int number) {
    return port.transport() == Port.Transport.TCP ? freeTcp(number) : freeUdp(number);
  }

  static boolean freeTcp(int number) {
    try (ServerSocket socket = new ServerSocket()) {
      // Otherwise a connection that was closed a minute ago would count as a listener.
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), number));
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  static boolean freeUdp(int number) {
    try (DatagramSocket socket =
        new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), number))) {
      return socket.isBound();
    } catch (IOException e) {
      return false;
    }
  }
}
