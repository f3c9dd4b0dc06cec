package io.tamas.asterisk.ami;

import io.micrometer.core.instrument.MeterRegistry;
import io.tamas.asterisk.ami.SignIn.Outcome;
import io.tamas.config.Config;
import io.tamas.work.Worker;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.asteriskjava.manager.event.ChallengeResponseFailedEvent;
import org.asteriskjava.manager.event.InvalidAccountId;
import org.asteriskjava.manager.event.ManagerEvent;
import org.asteriskjava.manager.event.SuccessfulAuthEvent;
import org.jspecify.annotations.Nullable;

/// Receives successes and failures of SIP authentication at Asterisk: over a separate connection as
/// the user `tamas-watch`, to which Asterisk sends these events and no other.
///
/// Events without a connection are lost.
public final class SignInWatch implements AutoCloseable {
  /// Asterisk writes `IPV4/UDP/192.0.2.1/5060`.
  private static final Pattern ADDRESS = Pattern.compile("IPV[46]/[A-Z]+/([0-9A-Fa-f.:]+)/[0-9]+");

  private final AmiLink link;
  private final Consumer<SignIn> listener;

  /// @param listener called on a thread of the connection; must not wait
  public SignInWatch(Config.Ami config, Consumer<SignIn> listener, MeterRegistry registry) {
    this.listener = listener;
    AmiMetrics metrics = new AmiMetrics(registry, "watch", this::connected);
    Config.Ami watch =
        new Config.Ami(
            config.host(),
            config.port(),
            config.user() + "-watch",
            config.password(),
            config.timeout());
    this.link =
        new AmiLink("ami-watch", () -> AmiConnection.watching(watch, this::receive), metrics);
  }

  public void start() {
    link.start();
  }

  public Worker worker() {
    return link.worker();
  }

  public boolean connected() {
    return link.current() != null;
  }

  @Override
  public void close() {
    link.close();
  }

  private void receive(ManagerEvent event) {
    read(event).ifPresent(listener);
  }

  private static Optional<SignIn> read(ManagerEvent event) {
    return switch (event) {
      case SuccessfulAuthEvent right ->
          signIn(Outcome.RIGHT, right.getService(), right.getAccountId(), right.getRemoteAddress());
      case ChallengeResponseFailedEvent wrong ->
          signIn(Outcome.WRONG, wrong.getService(), wrong.getAccountId(), wrong.getRemoteAddress());
      case InvalidAccountId nobody ->
          signIn(
              Outcome.NOBODY,
              nobody.getService(),
              nobody.getAccountId(),
              nobody.getRemoteAddress());
      default -> Optional.empty(); // all others of Asterisk-Java
    };
  }

  private static Optional<SignIn> signIn(
      Outcome outcome, @Nullable String service, @Nullable String account, @Nullable String from) {
    Matcher address = ADDRESS.matcher(from == null ? "" : from);
    return "PJSIP".equals(service) && account != null && address.matches()
        ? Optional.of(new SignIn(outcome, account, address.group(1)))
        : Optional.empty();
  }
}
