package io.tamas.asterisk.agi;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Connections that say nothing, held by a process of its own, since one process may not have the
/// file descriptors for both ends.
final class SilentPeers implements AutoCloseable {
  private final Process process;

  SilentPeers(int port, int count) throws IOException {
    process =
        new ProcessBuilder(
                System.getProperty("java.home") + File.separator + "bin/java",
                "-Xmx128m",
                "-cp",
                System.getProperty("java.class.path"),
                SilentPeers.class.getName(),
                Integer.toString(port),
                Integer.toString(count))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    BufferedReader out =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    if (!"connected".equals(out.readLine())) {
      throw new IOException("the silent peers could not connect");
    }
  }

  @Override
  public void close() throws IOException, InterruptedException {
    process.getOutputStream().close();
    if (!process.waitFor(10, TimeUnit.SECONDS)) {
      process.destroyForcibly();
    }
  }

  public static void main(String[] args) throws IOException {
    InetSocketAddress server =
        new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(args[0]));
    List<SocketChannel> held = new ArrayList<>();
    for (int i = 0; i < Integer.parseInt(args[1]); i++) {
      held.add(SocketChannel.open(server));
    }
    System.out.println("connected");
    while (System.in.read() >= 0) {
      // Until the test closes the pipe.
    }
    for (SocketChannel channel : held) {
      channel.close();
    }
  }
}
