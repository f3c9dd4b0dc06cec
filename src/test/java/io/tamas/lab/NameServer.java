package io.tamas.lab;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A name server (RFC 1035) that knows the addresses (A) and SIP servers (SRV, RFC 2782) that a
/// test tells it, and nothing else.
public final class NameServer implements AutoCloseable {
  private static final int A = 1;
  private static final int SRV = 33;
  private static final int HEADER = 12;
  private static final int NO_SUCH_NAME = 3;

  private final List<DatagramSocket> sockets;
  private final Set<String> told = ConcurrentHashMap.newKeySet();
  private final List<String> silent = new CopyOnWriteArrayList<>();
  private final Map<String, List<byte[]>> records = new ConcurrentHashMap<>();

  /// @param places of loopback, at which it is asked; at the last one by Tamas
  public NameServer(InetSocketAddress... places) {
    sockets = Stream.of(places).map(NameServer::open).toList();
    for (DatagramSocket socket : sockets) {
      Thread.ofVirtual()
          .name("name-server-" + socket.getLocalSocketAddress())
          .start(() -> follow(socket));
    }
  }

  private static DatagramSocket open(InetSocketAddress place) {
    try {
      return new DatagramSocket(place);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public NameServer hasAddress(String name, String address) {
    try {
      return with(A + " " + name, InetAddress.getByName(address).getAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// One of the SIP servers of a domain over UDP.
  public NameServer hasServer(String domain, int priority, String target, int port) {
    return hasServer(domain, "_sip._udp", priority, target, port);
  }

  /// @param how `_sip._udp`, `_sip._tcp` or `_sips._tcp`
  public NameServer hasServer(String domain, String how, int priority, String target, int port) {
    return with(
        SRV + " " + how + "." + domain,
        bytes(out -> {
          out.writeShort(priority);
          out.writeShort(0);
          out.writeShort(port);
          out.writeBytes(labels(target));
          out.writeByte(0);
        }));
  }

  /// Of this name, and of all below it, it says nothing at all.
  public NameServer isSilentOn(String name) {
    silent.add(name);
    return this;
  }

  /// Whether Tamas was told of each of these names, or that there is none.
  public boolean hasToldTamas(String... names) {
    return told.containsAll(List.of(names));
  }

  private NameServer with(String question, byte[] data) {
    records.computeIfAbsent(question, _ -> new CopyOnWriteArrayList<>()).add(data);
    return this;
  }

  private void follow(DatagramSocket socket) {
    byte[] buffer = new byte[1500];
    try {
      while (true) {
        DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
        socket.receive(packet);
        String asked = new String(buffer, 0, packet.getLength(), StandardCharsets.ISO_8859_1);
        if (silent.stream().noneMatch(name -> asked.contains(labels(name)))) {
          ByteBuffer query = ByteBuffer.wrap(buffer, 0, packet.getLength());
          byte[] answer = answer(query);
          socket.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
          if (socket == sockets.getLast()) {
            told.add(name(query.position(HEADER)));
          }
        }
      }
    } catch (IOException closed) {
      // switched off
    }
  }

  private static String labels(String name) {
    return Stream.of(name.split("\\."))
        .map(label -> (char) label.length() + label)
        .collect(Collectors.joining());
  }

  private byte[] answer(ByteBuffer query) {
    short id = query.getShort(0);
    query.position(HEADER);
    String name = name(query);
    int type = query.getShort();
    query.getShort();
    byte[] question = new byte[query.position() - HEADER];
    query.get(HEADER, question);
    List<byte[]> found = records.getOrDefault(type + " " + name, List.of());
    return bytes(out -> {
      out.writeShort(id);
      out.writeShort(0x8180 | (found.isEmpty() ? NO_SUCH_NAME : 0));
      out.writeShort(1);
      out.writeShort(found.size());
      out.writeInt(0);
      out.write(question);
      for (byte[] data : found) {
        // the name of the question, class IN, for a second
        out.writeShort(0xC000 | HEADER);
        out.writeShort(type);
        out.writeShort(1);
        out.writeInt(1);
        out.writeShort(data.length);
        out.write(data);
      }
    });
  }

  private static String name(ByteBuffer query) {
    StringBuilder name = new StringBuilder();
    for (int length = query.get(); length > 0; length = query.get()) {
      byte[] label = new byte[length];
      query.get(label);
      name.append(name.isEmpty() ? "" : ".").append(new String(label, StandardCharsets.US_ASCII));
    }
    return name.toString().toLowerCase(Locale.ROOT);
  }

  @FunctionalInterface
  private interface Writing {
    void to(DataOutputStream out) throws IOException;
  }

  private static byte[] bytes(Writing what) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      what.to(new DataOutputStream(bytes));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  @Override
  public void close() {
    sockets.forEach(DatagramSocket::close);
  }
}
