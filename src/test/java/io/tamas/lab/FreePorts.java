package io.tamas.lab;

import static io.tamas.lab.Eventually.eventually;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;

/// Ports for what is bound later or again, such as by an Asterisk or by a server that is killed and
/// started, and ports at which nobody is to listen. From when it is taken, no other test binds it,
/// in this process or another, and no outgoing connection is given it by the kernel.
///
/// What can bind port 0 and tell what it got does not need them. Below them are voice, at 10,000 to
/// 19,999, and what `./tamas up --free-ports` chooses, at 20,000 to 25,999.
public final class FreePorts {
  private static final int FIRST = 26_000;
  private static final int LAST = 65_535;
  private static final int SLICE = 100;

  /// Baresip takes the port after that of SIP too, for TLS.
  private static final int STEP = 2;

  private static final Duration RELEASED = Duration.ofSeconds(5);
  private static final Path KERNELS_RANGE = Path.of("/proc/sys/net/ipv4/ip_local_port_range");
  private static final FreePorts OF_THIS_PROCESS = new FreePorts(shuffled(slices(kernelsRange())));

  /// First ports of those that were not asked for yet.
  private final Iterator<Integer> slices;

  /// A slice belongs to the process that listens at its first port, until the process ends.
  private final List<ServerSocket> guards = new ArrayList<>();

  private int last;
  private int end;

  /// @param slices the first port of each
  FreePorts(List<Integer> slices) {
    this.slices = slices.iterator();
  }

  /// A port that was free for TCP and UDP at all addresses, never the same twice.
  ///
  /// @throws IllegalStateException when none is left
  public static int take() {
    return OF_THIS_PROCESS.next();
  }

  /// Waits until nobody listens at a port any more. A server of this process that was closed does
  /// so some moments longer: Java releases what a selector watched at the selector's next turn.
  ///
  /// @throws AssertionError when it stays in use
  public static void awaitRelease(int port) {
    eventually("nobody listens at " + port, RELEASED, () -> isFree(port));
  }

  synchronized int next() {
    do {
      last += STEP;
      if (last >= end) {
        last = nextSlice() + STEP;
        end = last - STEP + SLICE;
      }
    } while (!isFree(last));
    return last;
  }

  /// The first port of one more slice that is this process's own from now on.
  private int nextSlice() {
    while (slices.hasNext()) {
      int first = slices.next();
      try {
        guards.add(new ServerSocket(first, 1, InetAddress.getLoopbackAddress()));
        return first;
      } catch (IOException takenByAnother) {
        // the next one
      }
    }
    throw new IllegalStateException(
        "no port from %d to %d is left outside the range of %s: %d slices of %d were this process's"
            .formatted(FIRST, LAST, KERNELS_RANGE, guards.size(), SLICE));
  }

  private static boolean isFree(int port) {
    try (ServerSocket tcp = new ServerSocket(port);
        DatagramSocket udp = new DatagramSocket(port)) {
      return tcp.isBound() && udp.isBound();
    } catch (IOException taken) {
      return false;
    }
  }

  /// From which the kernel gives a port to whoever asks for any.
  record Range(int first, int last) {
    static Range parse(String text) {
      String[] both = text.strip().split("\\s+");
      return new Range(Integer.parseInt(both[0]), Integer.parseInt(both[1]));
    }

    boolean contains(int port) {
      return first <= port && port <= last;
    }

    boolean meetsSlice(int slice) {
      return first < slice + SLICE && slice <= last;
    }
  }

  static Range kernelsRange() {
    // The kernel answers one read only, and Files.readString begins with that of a byte.
    try (BufferedReader lines = Files.newBufferedReader(KERNELS_RANGE)) {
      return Range.parse(lines.readLine());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The first ports of all slices outside of the range.
  static List<Integer> slices(Range kernels) {
    List<Integer> slices = new ArrayList<>();
    for (int slice = FIRST; slice + SLICE - 1 <= LAST; slice += SLICE) {
      if (!kernels.meetsSlice(slice)) {
        slices.add(slice);
      }
    }
    return slices;
  }

  /// An Asterisk that outlived its tests still looks for its Tamas; the next tests are elsewhere.
  private static List<Integer> shuffled(List<Integer> slices) {
    Collections.shuffle(slices);
    return slices;
  }
}
