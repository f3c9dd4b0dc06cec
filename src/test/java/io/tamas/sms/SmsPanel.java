package io.tamas.sms;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/// An SMS panel that answers each request in the same way.
public final class SmsPanel implements AutoCloseable {
  private final HttpServer server;
  private final List<Asked> asked = new CopyOnWriteArrayList<>();
  private final int status;
  private final byte[] answer;

  /// @param line method and address
  public record Asked(String line, String type, String body) {
    /// Of a form.
    public String field(String name) {
      return Stream.of(body.split("&"))
          .filter(field -> field.startsWith(name + "="))
          .map(field -> URLDecoder.decode(field.substring(name.length() + 1), UTF_8))
          .findFirst()
          .orElseThrow();
    }
  }

  public SmsPanel(int status, String answer) {
    this.status = status;
    this.answer = answer.getBytes(UTF_8);
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/", this::answer);
    server.start();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String line = exchange.getRequestMethod() + " " + exchange.getRequestURI();
      String type = String.valueOf(exchange.getRequestHeaders().getFirst("content-type"));
      String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
      asked.add(new Asked(line, type, body));
      exchange.sendResponseHeaders(status, answer.length == 0 ? -1 : answer.length);
      exchange.getResponseBody().write(answer);
    } catch (IOException gone) {
      // who asked has heard enough
    }
  }

  /// With a place for the key.
  public String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/{key}/send";
  }

  public List<Asked> asked() {
    return asked;
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
