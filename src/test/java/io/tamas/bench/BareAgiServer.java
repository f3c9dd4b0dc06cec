package io.tamas.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/// What no server can do without: accepts, reads, writes so many fixed commands, closes. Knows
/// nothing of AGI but where a line ends. Beside the same load it tells how much of a session is the
/// kernel and the load itself.
final class BareAgiServer {
  private final Selector selector = Selector.open();
  private final ServerSocketChannel listening = ServerSocketChannel.open();
  private final ByteBuffer received = ByteBuffer.allocateDirect(16 * 1024);
  private final ByteBuffer command;
  private final int commands;

  BareAgiServer(int commands, int length) throws IOException {
    String text = "SET VARIABLE A \"" + "x".repeat(length) + "\"\n";
    this.command = ByteBuffer.allocateDirect(text.length());
    command.put(text.getBytes(StandardCharsets.US_ASCII)).flip();
    this.commands = commands;
    listening.configureBlocking(false);
    listening.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 4096);
    listening.register(selector, SelectionKey.OP_ACCEPT);
  }

  private static final class Session {
    byte last;
    int sent;
  }

  /// Serves on a thread of its own, and returns the port.
  int start() throws IOException {
    Thread.ofPlatform().daemon().start(this::serve);
    return ((InetSocketAddress) listening.getLocalAddress()).getPort();
  }

  private void serve() {
    try {
      while (true) {
        selector.select(this::act);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void act(SelectionKey key) {
    try {
      if (key.isAcceptable()) {
        accept();
      } else {
        read((SocketChannel) key.channel(), (Session) key.attachment());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void accept() throws IOException {
    for (SocketChannel socket = listening.accept(); socket != null; socket = listening.accept()) {
      socket.configureBlocking(false);
      socket.register(selector, SelectionKey.OP_READ, new Session());
    }
  }

  /// The environment ends with an empty line, a reply with its only one.
  private void read(SocketChannel socket, Session session) throws IOException {
    received.clear();
    int count = socket.read(received);
    boolean complete = count > 0 && received.get(count - 1) == '\n';
    if (complete && session.sent == 0) {
      byte before = count > 1 ? received.get(count - 2) : session.last;
      complete = before == '\n';
    }
    if (count < 0 || complete && session.sent == commands) {
      socket.close();
    } else if (complete) {
      session.sent++;
      socket.write(command.duplicate());
    } else {
      session.last = received.get(count - 1);
    }
  }
}
