package io.tamas.lab;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// A TCP proxy to a server on this machine whose connections can be delayed or cut.
public final class SlowProxy implements AutoCloseable {
  private final ServerSocket listening;
  private final int target;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private volatile Duration delay = Duration.ZERO;
  private volatile boolean refusing;

  public SlowProxy(int target) {
    this.target = target;
    try {
      this.listening = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.ofVirtual().start(this::accept);
  }

  public int port() {
    return listening.getLocalPort();
  }

  /// What comes back from the server is late by so much from now on.
  public void delayAnswers(Duration by) {
    delay = by;
  }

  /// Cuts all connections and lets no new ones through.
  public void cut() {
    refusing = true;
    open.forEach(SlowProxy::close);
  }

  /// Lets connections through again.
  public void mend() {
    refusing = false;
  }

  @Override
  public void close() {
    cut();
    try {
      listening.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void accept() {
    try {
      while (true) {
        Socket client = listening.accept();
        if (refusing) {
          close(client);
        } else {
          Thread.ofVirtual().start(() -> connect(client));
        }
      }
    } catch (IOException closed) {
      open.forEach(SlowProxy::close);
    }
  }

  private void connect(Socket client) {
    open.add(client);
    try {
      Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
      open.add(server);
      client.setTcpNoDelay(true);
      server.setTcpNoDelay(true);
      Thread.ofVirtual().start(() -> copy(client, server, false));
      Thread.ofVirtual().start(() -> copy(server, client, true));
    } catch (IOException unreachable) {
      close(client);
    }
  }

  private void copy(Socket from, Socket to, boolean late) {
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      byte[] chunk = new byte[16_384];
      for (int n = in.read(chunk); n >= 0; n = in.read(chunk)) {
        if (late && !delay.isZero()) {
          Thread.sleep(delay);
        }
        out.write(chunk, 0, n);
      }
    } catch (IOException ended) {
      // the other direction ends with it
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      open.remove(from);
      open.remove(to);
    }
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
