package io.tamas.lab;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/// Listens where Asterisk expects Tamas, and does not answer as Tamas does.
public final class AgiImpostor implements AutoCloseable {
  private final ServerSocket listening;
  private final Way way;
  private final AtomicInteger asked = new AtomicInteger();
  private final List<String> heard = new CopyOnWriteArrayList<>();
  private final Thread accepting;

  /// What it does with a request.
  public enum Way {
    HANGS_UP_AT_ONCE,
    READS_AND_HANGS_UP,
    SAYS_NOTHING_THAT_ASTERISK_KNOWS,
    TELLS_AN_ACTION_THAT_THERE_IS_NOT,
    TELLS_AN_ACTION_WITH_SYNTAX,
    /// What Tamas says of a call at which it fails.
    FAILS_AT_THE_CALL
  }

  private AgiImpostor(ServerSocket listening, Way way) {
    this.listening = listening;
    this.way = way;
    this.accepting = Thread.ofVirtual().start(this::accept);
  }

  public static AgiImpostor at(int port, Way way) {
    try {
      ServerSocket socket = new ServerSocket(port, 50, InetAddress.getLoopbackAddress());
      return new AgiImpostor(socket, way);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public boolean asked() {
    return asked.get() > 0;
  }

  /// The lines of all requests so far.
  public List<String> heard() {
    return List.copyOf(heard);
  }

  /// The port is free then.
  @Override
  public void close() {
    try {
      listening.close();
      accepting.join();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw AsteriskServer.interrupted(e);
    }
  }

  private void accept() {
    try {
      while (true) {
        Socket question = listening.accept();
        asked.incrementAndGet();
        Thread.ofVirtual().start(() -> answer(question));
      }
    } catch (IOException closed) {
      // it leaves
    }
  }

  private void answer(Socket question) {
    try (question;
        var lines = new BufferedReader(new InputStreamReader(question.getInputStream(), UTF_8))) {
      switch (way) {
        case HANGS_UP_AT_ONCE -> {}
        case READS_AND_HANGS_UP -> read(lines);
        case SAYS_NOTHING_THAT_ASTERISK_KNOWS -> say(question, lines, "RING 101 PLEASE");
        case TELLS_AN_ACTION_THAT_THERE_IS_NOT ->
            say(question, lines, "SET VARIABLE TAMAS_ACTION nonsense");
        case TELLS_AN_ACTION_WITH_SYNTAX ->
            say(question, lines, "SET VARIABLE TAMAS_ACTION \"ring,s,1)&Hangup(\"");
        case FAILS_AT_THE_CALL -> say(question, lines, "SET VARIABLE TAMAS_ACTION \"fault\"");
      }
    } catch (IOException gone) {
      // Asterisk was faster
    }
  }

  private void read(BufferedReader lines) throws IOException {
    for (String line = lines.readLine(); line != null && !line.isEmpty(); ) {
      heard.add(line);
      line = lines.readLine();
    }
  }

  private void say(Socket question, BufferedReader lines, String what) throws IOException {
    read(lines);
    question.getOutputStream().write((what + "\n").getBytes(UTF_8));
    lines.readLine();
  }
}
