package io.tamas.asterisk.ami;

import io.tamas.asterisk.ami.AmiFault.Kind;
import io.tamas.config.Config;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.asteriskjava.manager.AuthenticationFailedException;
import org.asteriskjava.manager.DefaultManagerConnection;
import org.asteriskjava.manager.ManagerConnectionState;
import org.asteriskjava.manager.ManagerEventListener;
import org.asteriskjava.manager.TimeoutException;
import org.asteriskjava.manager.action.PJSipShowEndpointAction;
import org.asteriskjava.manager.event.ContactStatusDetail;
import org.asteriskjava.manager.event.DisconnectEvent;
import org.asteriskjava.manager.response.ManagerError;
import org.asteriskjava.manager.response.ManagerResponse;
import org.jspecify.annotations.Nullable;

/// One login at Asterisk. It ends for good: with the socket, and with the first action that has no
/// response in time, since Asterisk responds in order and would not respond to the next ones
/// either.
final class AmiConnection {
  /// Asterisk waits for a second before it refuses a login (`authenticate` in `manager.c`).
  private static final Duration LOGIN = Duration.ofSeconds(3);

  private final DefaultManagerConnection connection;
  private final Duration timeout;
  private final CountDownLatch ended = new CountDownLatch(1);

  private AmiConnection(Config.Ami config, ManagerEventListener listener) {
    timeout = config.timeout();
    connection =
        new DefaultManagerConnection(
            config.host(), config.port(), config.user(), config.password().reveal());
    connection.setSocketTimeout(Math.toIntExact(timeout.toMillis()));
    connection.setDefaultResponseTimeout(LOGIN.toMillis());
    connection.addEventListener(event -> {
      if (event instanceof DisconnectEvent) {
        ended.countDown();
      } else {
        listener.onManagerEvent(event);
      }
    });
  }

  /// For actions only.
  static AmiConnection acting(Config.Ami config)
      throws IOException, AuthenticationFailedException, TimeoutException {
    AmiConnection login = new AmiConnection(config, event -> {});
    login.connection.login("off");
    return login;
  }

  /// For the events that `manager.conf` allows the user. Asterisk-Java queues 20,000 of them and
  /// drops further ones.
  static AmiConnection watching(Config.Ami config, ManagerEventListener listener)
      throws IOException, AuthenticationFailedException, TimeoutException {
    AmiConnection login = new AmiConnection(config, listener);
    login.connection.registerUserEventClass(TamasTrunkEvent.class);
    login.connection.login("on");
    return login;
  }

  AmiAnswer send(AmiAction action) {
    try {
      ManagerResponse response = connection.sendAction(new RawAction(action), timeout.toMillis());
      if (response == null) {
        throw new AmiFault(Kind.CLOSED, action.name() + ": interrupted");
      }
      String message = String.valueOf(response.getMessage());
      return response instanceof ManagerError
          ? new AmiAnswer.Refused(message)
          : new AmiAnswer.Done(message, result(response));
    } catch (TimeoutException e) {
      boolean alive = connection.getState() == ManagerConnectionState.CONNECTED;
      ended.countDown();
      throw alive
          ? new AmiFault(
              Kind.TIMEOUT, action.name() + ": no response in " + timeout.toMillis() + " ms")
          : new AmiFault(Kind.CLOSED, action.name() + ": the connection to Asterisk ended");
    } catch (IOException | IllegalStateException e) {
      ended.countDown();
      throw new AmiFault(Kind.CLOSED, action.name() + ": " + e.getMessage());
    }
  }

  private static String result(ManagerResponse response) {
    return Optional.ofNullable(response.getAttribute("value"))
        .or(() -> Optional.ofNullable(response.getOutput()))
        .orElse("");
  }

  /// The contacts of an endpoint.
  List<Contact> contacts(String endpoint) {
    PJSipShowEndpointAction action = new PJSipShowEndpointAction();
    action.setEndpoint(endpoint);
    try {
      return connection.sendEventGeneratingAction(action, timeout.toMillis()).getEvents().stream()
          .filter(ContactStatusDetail.class::isInstance)
          .map(event -> contact((ContactStatusDetail) event))
          .toList();
    } catch (TimeoutException e) {
      ended.countDown();
      throw new AmiFault(Kind.TIMEOUT, "contacts: no response in " + timeout.toMillis() + " ms");
    } catch (IOException | IllegalStateException e) {
      ended.countDown();
      throw new AmiFault(Kind.CLOSED, "contacts: " + e.getMessage());
    }
  }

  private static Contact contact(ContactStatusDetail detail) {
    return new Contact(
        text(detail.getId()),
        text(detail.getUri()),
        text(detail.getUserAgent()),
        Instant.ofEpochSecond(detail.getRegExpire()),
        switch (text(detail.getStatus())) {
          case "Reachable" -> Optional.of(true);
          case "Unreachable" -> Optional.of(false);
          default -> Optional.empty();
        },
        Optional.of(text(detail.getRoundtripUsec()))
            .filter(micros -> micros.matches("[0-9]{1,12}"))
            .map(micros -> Duration.of(Long.parseLong(micros), ChronoUnit.MICROS))
            .filter(Duration::isPositive));
  }

  private static String text(@Nullable String value) {
    return value == null ? "" : value;
  }

  /// Whether it has ended.
  boolean awaitEnd(Duration atMost) throws InterruptedException {
    return ended.await(atMost.toMillis(), TimeUnit.MILLISECONDS);
  }

  void end() {
    ended.countDown();
  }

  /// Releases socket and threads; without this Asterisk-Java would reconnect by itself.
  void dispose() {
    try {
      connection.logoff();
    } catch (IllegalStateException e) {
      // it has never been connected
    }
  }
}
