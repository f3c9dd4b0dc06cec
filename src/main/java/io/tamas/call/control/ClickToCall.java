package io.tamas.call.control;

import io.tamas.asterisk.ami.AmiFault;
import io.tamas.asterisk.ami.Contacts;
import io.tamas.asterisk.ari.Ari;
import io.tamas.asterisk.ari.AriRequest;
import io.tamas.asterisk.ari.AriRequest.Method;
import io.tamas.asterisk.ari.AriResponse;
import io.tamas.call.notes.CallNotes;
import io.tamas.call.record.CallIds;
import io.tamas.call.record.ClickNote;
import io.tamas.company.CompanySnapshot;
import io.tamas.company.Extension;
import io.tamas.number.CallerId;
import io.tamas.number.ExtensionNumber;
import io.tamas.routing.Dialled;
import io.tamas.routing.Routed.Direction;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Rings an extension's own phone, on all its devices, and when it is answered dials the number
/// that was clicked, as if it had been dialled there: the extension's rules apply.
///
/// While Asterisk is unavailable, it throws an [io.tamas.asterisk.ari.AriFault]. Without PostgreSQL
/// the call is still made; if the own phone does not answer, its record lacks the number.
public final class ClickToCall {
  private static final Logger log = LoggerFactory.getLogger(ClickToCall.class);

  /// How long the own phone rings.
  private static final String RING_SECONDS = "30";

  private final Ari ari;
  private final Contacts contacts;
  private final CompanySnapshot company;
  private final CallNotes notes;

  private final String cell;
  private final Duration timeout;
  private final Clock clock;
  private final ClickRate rate = new ClickRate();

  /// Of its own, so that no number of other calls is in the way.
  private final ClickRate emergencies = new ClickRate();

  /// The outcome of a click. The names are values of the tag `outcome` of `tamas.call.controls`.
  sealed interface Outcome {
    /// @param call the id of the call
    record Rings(String call) implements Outcome {}

    record NoExtension() implements Outcome {}

    record Unreachable() implements Outcome {}

    record TooMany() implements Outcome {}
  }

  /// @param timeout of the request to Asterisk
  public ClickToCall(
      Ari ari,
      Contacts contacts,
      CompanySnapshot company,
      CallNotes notes,
      String cell,
      Duration timeout,
      Clock clock) {
    this.ari = ari;
    this.contacts = contacts;
    this.company = company;
    this.notes = notes;
    this.cell = cell;
    this.timeout = timeout;
    this.clock = clock;
  }

  /// @param to as it is dialled: digits, `+`, `*`, `#`
  Outcome call(ExtensionNumber extension, String to) throws TimeoutException {
    Optional<Extension> own = company.get().extension(extension);
    if (own.isEmpty()) {
      return new Outcome.NoExtension();
    }
    boolean isEmergency = company.get().emergencyNumber(to).isPresent();
    if (!(isEmergency ? emergencies : rate).allows(extension, clock.instant())) {
      return new Outcome.TooMany();
    }
    String id = CallIds.ofClick(cell, extension, clock.instant());
    AriResponse answer =
        ari.request(originate(id, extension, to)).await(timeout.toMillis(), TimeUnit.MILLISECONDS);
    if (!answer.ok()) {
      log.atInfo()
          .addKeyValue("extension", extension.digits())
          .addKeyValue("status", answer.status())
          .log("click to call: Asterisk cannot ring the extension");
      return new Outcome.Unreachable();
    }
    note(id, click(own.get(), to));
    return new Outcome.Rings(id);
  }

  /// The devices are rung by the dialplan, over a Local channel that ends when one answers: an
  /// originate itself rings one device only, and follows a 302 of that device past all rules. A
  /// phone without a device is left to it, which refuses at once.
  private String endpoint(ExtensionNumber extension, String to) {
    return hasDevice(extension)
        ? "Local/" + extension.digits() + "-" + to + "@tamas-click-ring"
        : "PJSIP/" + extension.digits();
  }

  private boolean hasDevice(ExtensionNumber extension) {
    try {
      return !contacts.of(extension.digits()).isEmpty();
    } catch (AmiFault e) {
      log.atInfo()
          .addKeyValue("reason", e.getMessage())
          .log("click to call: the devices are unknown");
      return true;
    }
  }

  private AriRequest originate(String id, ExtensionNumber extension, String to) {
    return new AriRequest(
        Method.POST,
        AriRequest.channel(id),
        Map.of(
            "endpoint",
            endpoint(extension, to),
            "context",
            "tamas-click",
            "extension",
            to,
            "priority",
            "1",
            // the own phone shows the number that it is about to call
            "callerId",
            to,
            "timeout",
            RING_SECONDS),
        Optional.empty());
  }

  /// The number is parsed as if the own phone had dialled it.
  private ClickNote click(Extension own, String to) {
    CallerId called = Dialled.byPhone(to, own, company.get());
    boolean external = called instanceof CallerId.Number || called instanceof CallerId.ShortCode;
    boolean parsed = external || called instanceof CallerId.Internal;
    return new ClickNote(
        own.number().digits(),
        external ? Direction.OUTBOUND : Direction.INTERNAL,
        parsed ? called.line() : to);
  }

  /// Until the own phone answers, Asterisk's journal does not contain the number that was clicked.
  private void note(String id, ClickNote click) {
    notes
        .addClick(id, click)
        .onFailure(why ->
            log.atInfo()
                .addKeyValue("reason", why.getMessage())
                .log("click to call: the number is not noted in the journal"));
  }
}
