package io.tamas.lab;

import com.fasterxml.jackson.databind.JsonNode;
import io.tamas.json.Json;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Predicate;

/// The remote control of a baresip: its module `ctrl_tcp`, JSON in netstrings.
final class PhoneControl implements AutoCloseable {
  private static final int LONGEST = 65_536;
  private static final Duration DEADLINE = Duration.ofSeconds(10);

  private final Socket socket;
  private final Consumer<Event> listener;
  private final List<Event> events = new ArrayList<>();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final ReentrantLock turn = new ReentrantLock();
  private boolean off;
  private final BlockingQueue<JsonNode> answers = new LinkedBlockingQueue<>();

  /// @param type such as `CALL_INCOMING`, `CALL_RINGING`, `CALL_ESTABLISHED`, `CALL_CLOSED`
  /// @param detail of `CALL_CLOSED`: why, such as `486 Busy Here`
  record Event(
      int number, String type, boolean incoming, String peer, String peerName, String detail) {}

  /// @param listener called with each event, on a separate thread
  PhoneControl(String host, int port, Consumer<Event> listener) throws IOException {
    this.socket = new Socket(InetAddress.ofLiteral(host), port);
    this.listener = listener;
    Thread.ofVirtual().name("phone-control").start(this::read);
  }

  /// Waits for the phone's answer before the next command may go: the phone forgets what it has
  /// read of a message that comes in two pieces.
  void send(String command, String parameters) {
    JsonNode answer = ask(command, parameters);
    if (!answer.path("ok").asBoolean()) {
      throw new AssertionError(command + " " + parameters + ": " + answer);
    }
  }

  /// Returns the phone's answer, also one that says it could not.
  JsonNode ask(String command, String parameters) {
    byte[] json =
        Json.write(Map.of("command", command, "params", parameters))
            .getBytes(StandardCharsets.UTF_8);
    var netstring = new ByteArrayOutputStream();
    netstring.writeBytes((json.length + ":").getBytes(StandardCharsets.US_ASCII));
    netstring.writeBytes(json);
    netstring.write(',');
    turn.lock();
    try {
      socket.getOutputStream().write(netstring.toByteArray());
      JsonNode answer = answers.poll(DEADLINE.toMillis(), TimeUnit.MILLISECONDS);
      if (answer == null) {
        throw new AssertionError("the phone does not answer to " + command);
      }
      return answer;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw AsteriskServer.interrupted(e);
    } finally {
      turn.unlock();
    }
  }

  /// Waits for an event, also one that has come already.
  Event await(String what, Duration within, Predicate<Event> wanted) {
    long left = within.toNanos();
    lock.lock();
    try {
      while (true) {
        Optional<Event> found = events.stream().filter(wanted).findFirst();
        if (found.isPresent()) {
          return found.get();
        }
        if (left <= 0 || off) {
          throw new AssertionError(
              (off ? "the phone is off: " : "not within " + within + ": ")
                  + what
                  + "; seen: "
                  + events);
        }
        left = changed.awaitNanos(left);
      }
    } catch (InterruptedException e) {
      throw AsteriskServer.interrupted(e);
    } finally {
      lock.unlock();
    }
  }

  List<Event> events() {
    lock.lock();
    try {
      return List.copyOf(events);
    } finally {
      lock.unlock();
    }
  }

  private void read() {
    try (var in = new DataInputStream(socket.getInputStream())) {
      while (true) {
        byte[] json = in.readNBytes(length(in));
        if (in.read() < 0) {
          return;
        }
        JsonNode message = Json.mapper().readTree(json);
        if (message.path("event").asBoolean()) {
          remember(message);
        } else {
          answers.add(message);
        }
      }
    } catch (IOException closed) {
      // as when it ends by itself
    } finally {
      switchedOff();
    }
  }

  private void switchedOff() {
    lock.lock();
    try {
      off = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private static int length(DataInputStream in) throws IOException {
    int length = 0;
    for (int digit = in.read(); digit != ':'; digit = in.read()) {
      length = length * 10 + digit - '0';
      if (digit < '0' || length > LONGEST) {
        throw new IOException("not a netstring");
      }
    }
    return length;
  }

  private void remember(JsonNode message) {
    Event event;
    lock.lock();
    try {
      event =
          new Event(
              events.size(),
              message.path("type").asText(),
              message.path("direction").asText().equals("incoming"),
              message.path("peeruri").asText(),
              message.path("peerdisplayname").asText(),
              message.path("param").asText());
      events.add(event);
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    Thread.ofVirtual().start(() -> listener.accept(event));
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
