package io.tamas.asterisk.ami;

import io.micrometer.core.instrument.MeterRegistry;
import io.tamas.asterisk.ami.SignIn.Outcome;
import io.tamas.config.Config;
import io.tamas.text.Printable;
import io.tamas.work.Worker;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.asteriskjava.manager.event.AttendedTransferEvent;
import org.asteriskjava.manager.event.ChallengeResponseFailedEvent;
import org.asteriskjava.manager.event.ContactStatusEvent;
import org.asteriskjava.manager.event.FailedACLEvent;
import org.asteriskjava.manager.event.InvalidAccountId;
import org.asteriskjava.manager.event.ManagerEvent;
import org.asteriskjava.manager.event.ParkedCallEvent;
import org.asteriskjava.manager.event.RegistryEvent;
import org.asteriskjava.manager.event.RtcpReceivedEvent;
import org.asteriskjava.manager.event.SuccessfulAuthEvent;
import org.jspecify.annotations.Nullable;

/// Receives successes and failures of SIP authentication at Asterisk, the changes of contacts, and
/// the ends of Asterisk's own attempts to register, that a trunk is called, attended transfers,
/// where calls are parked, and of which channels RTCP came in: over a separate connection as the
/// user `tamas-watch`, to which Asterisk sends these events and no other.
///
/// Events without a connection are lost.
public final class SignInWatch implements AutoCloseable {
  /// Asterisk writes `IPV4/UDP/192.0.2.1/5060`.
  private static final Pattern ADDRESS = Pattern.compile("IPV[46]/[A-Z]+/([0-9A-Fa-f.:]+)/[0-9]+");

  /// The name that `res_pjsip_registrar.c` gives to the reason.
  private static final String TOO_MANY = "registrar_attempt_exceeds_maximum_configured_contacts";

  private final AmiLink link;
  private final Listeners listeners;

  /// Each is called on a thread of the connection, and must not wait.
  ///
  /// @param trunks receives the name of an endpoint whose contact answers or does not any more, or
  ///   the SIP address for which a trunk has tried to register
  /// @param rtcp receives the unique id of a channel whose party has sent RTCP
  public record Listeners(
      Consumer<SignIn> signIns,
      Consumer<ContactChange> contacts,
      Consumer<String> trunks,
      Consumer<TrunkAttempt> attempts,
      Consumer<AttendedTransfer> transfers,
      Consumer<Parked> parked,
      Consumer<String> rtcp) {}

  public SignInWatch(Config.Ami config, Listeners listeners, MeterRegistry registry) {
    this.listeners = listeners;
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
    read(event).ifPresent(listeners.signIns());
    contact(event).ifPresent(listeners.contacts());
    trunk(event).ifPresent(listeners.trunks());
    attempt(event).ifPresent(listeners.attempts());
    transfer(event).ifPresent(listeners.transfers());
    parked(event).ifPresent(listeners.parked());
    if (event instanceof RtcpReceivedEvent rtcp && rtcp.getUniqueid() != null) {
      listeners.rtcp().accept(rtcp.getUniqueid());
    }
  }

  private static Optional<String> trunk(ManagerEvent event) {
    return switch (event) {
      case RegistryEvent registry -> Optional.ofNullable(registry.getUsername());
      case ContactStatusEvent changed -> Optional.ofNullable(changed.getAor());
      default -> Optional.empty(); // all others of Asterisk-Java
    };
  }

  private static Optional<TrunkAttempt> attempt(ManagerEvent event) {
    return event instanceof TamasTrunkEvent trunk
        ? Optional.of(
            new TrunkAttempt(
                text(trunk.getUniqueId()),
                text(trunk.getChannel()),
                text(trunk.getAddress()),
                "yes".equals(trunk.getEmergency())))
        : Optional.empty();
  }

  private static Optional<AttendedTransfer> transfer(ManagerEvent event) {
    return event instanceof AttendedTransferEvent transfer
        ? Optional.of(
            new AttendedTransfer(
                text(transfer.getOrigTransfererChannel()),
                text(transfer.getSecondTransfererChannel()),
                Stream.of(
                        transfer.getOrigTransfererUniqueid(),
                        transfer.getSecondTransfererUniqueid(),
                        transfer.getTransfereeUniqueid(),
                        transfer.getTransferTargetUniqueID())
                    .filter(Objects::nonNull)
                    .toList()))
        : Optional.empty();
  }

  private static Optional<Parked> parked(ManagerEvent event) {
    return event instanceof ParkedCallEvent parked
        ? Optional.of(
            new Parked(
                text(parked.getParkeeChannel()),
                text(parked.getParkeeUniqueid()),
                linkedId(parked),
                text(parked.getParkingSpace())))
        : Optional.empty();
  }

  /// Asterisk-Java has two properties for the one field, and sets one of them.
  private static String linkedId(ParkedCallEvent parked) {
    String linkedId = text(parked.getParkeeLinkedid());
    return linkedId.isEmpty() ? text(parked.getParkeelinkedid()) : linkedId;
  }

  private static Optional<ContactChange> contact(ManagerEvent event) {
    return switch (event) {
      case ContactStatusEvent changed -> contact(changed);
      case FailedACLEvent refused when TOO_MANY.equals(refused.getAclName()) ->
          address(refused.getRemoteAddress())
              .map(address ->
                  new ContactChange.Refused(Printable.of(text(refused.getAccountId())), address));
      default -> Optional.empty(); // all others of Asterisk-Java
    };
  }

  private static Optional<ContactChange> contact(ContactStatusEvent changed) {
    String endpoint = text(changed.getAor());
    String uri = text(changed.getUri());
    return switch (text(changed.getContactStatus())) {
      case "NonQualified" -> Optional.of(new ContactChange.Registered(endpoint, uri));
      case "Removed" -> Optional.of(new ContactChange.Removed(endpoint, uri));
      case "Unreachable" -> Optional.of(new ContactChange.Unanswered(endpoint, uri));
      default -> Optional.empty(); // it answers
    };
  }

  private static String text(@Nullable String value) {
    return value == null ? "" : value;
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
    return "PJSIP".equals(service) && account != null
        ? address(from).map(address -> new SignIn(outcome, Printable.of(account), address))
        : Optional.empty();
  }

  private static Optional<String> address(@Nullable String from) {
    Matcher address = ADDRESS.matcher(text(from));
    return address.matches() ? Optional.of(address.group(1)) : Optional.empty();
  }
}
