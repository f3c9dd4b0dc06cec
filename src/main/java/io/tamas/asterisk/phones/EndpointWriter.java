package io.tamas.asterisk.phones;

import io.tamas.asterisk.ari.Ari;
import io.tamas.asterisk.ari.AriFault;
import io.tamas.asterisk.ari.AriRequest;
import io.tamas.asterisk.ari.AriResponse;
import io.tamas.asterisk.phones.ProvisioningPlan.Task;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Makes one endpoint, with all that belongs to it, in Asterisk what it should be. What Asterisk
/// holds is compared with that, and only the objects that differ are written: a trunk remains
/// registered and known, a phone reachable. Requests are sent one after the other without waiting
/// where possible: Asterisk serves them in order.
///
/// An update *adds* the values of a field that may have several (`aor.contact`, `identify.match`,
/// `endpoint.acl`), so an object is deleted and created where one of those differs.
final class EndpointWriter {
  private static final Logger log = LoggerFactory.getLogger(EndpointWriter.class);
  private static final int NOT_FOUND = 404;

  /// By then a provider that answers has ended a registration, digest and all.
  private static final Duration UNREGISTERED = Duration.ofSeconds(2);

  private static final String SUBSCRIBES = "subscribe_context";

  private final Ari ari;
  private final RegisteredContacts contacts;
  private final Registrations registrations;

  sealed interface Outcome {
    String label();
  }

  /// Asterisk holds it, and did so before.
  record Unchanged() implements Outcome {
    @Override
    public String label() {
      return "unchanged";
    }
  }

  /// Asterisk holds it now.
  record Done() implements Outcome {
    @Override
    public String label() {
      return "done";
    }
  }

  /// A retry would be refused again.
  record Refused(String reason) implements Outcome {
    @Override
    public String label() {
      return "refused";
    }
  }

  /// It is unknown whether Asterisk executed it; a retry does no harm.
  record Unknown(String reason) implements Outcome {
    @Override
    public String label() {
      return "unknown";
    }
  }

  /// @param registered the contacts of an `aor`
  private record Held(
      PjsipObject desired, Optional<HeldObject> found, List<PjsipObject> registered) {
    /// The fields that are not as desired; registered contacts are none of the object's own.
    boolean differs(DefaultFields defaults) {
      return found.isEmpty() || !differing(defaults).isEmpty();
    }

    List<String> differing(DefaultFields defaults) {
      return found.stream()
          .map(held -> held.without("contact", RegisteredContacts.uris(registered)))
          .flatMap(held -> held.differing(desired, defaults.of(desired)).stream())
          .toList();
    }
  }

  EndpointWriter(Ari ari, Registrations registrations) {
    this.ari = ari;
    this.registrations = registrations;
    this.contacts = new RegisteredContacts(ari);
  }

  /// Creates the address of record of a new phone, alone; the rest has to be written after this.
  Future<Void> begin(Task task) {
    return task.objects().stream()
        .filter(object -> object.isA("aor"))
        .findFirst()
        .map(aor -> ari.request(aor.put()).<Void>mapEmpty())
        .orElseGet(Future::succeededFuture);
  }

  /// @param isNew whether Asterisk is believed not to have it, or no more than its address of
  ///   record
  Future<Outcome> write(Task task, boolean isNew, DefaultFields defaults) {
    return registrations
        .mayBeStrange(task, isNew)
        .compose(strange -> strange ? registrations.end(task) : Future.succeededFuture())
        .compose(_ -> writeObjects(task, isNew, defaults))
        .otherwise(EndpointWriter::fault);
  }

  private Future<Outcome> writeObjects(Task task, boolean isNew, DefaultFields defaults) {
    if (task.objects().isEmpty()) {
      return removals(task);
    }
    return isNew
        ? create(task, defaults)
            .compose(done -> done instanceof Refused ? correct(task, defaults) : keep(done))
        : correct(task, defaults);
  }

  private Future<Outcome> create(Task task, DefaultFields defaults) {
    List<Future<Outcome>> parts = new ArrayList<>();
    task.objects().forEach(object -> parts.add(put(object, defaults)));
    parts.add(removals(task));
    return join(parts);
  }

  private Future<Outcome> correct(Task task, DefaultFields defaults) {
    List<Future<Held>> reading = task.objects().stream().map(this::read).toList();
    return Future.all(reading)
        .compose(_ -> correct(task, reading.stream().map(Future::result).toList(), defaults))
        .otherwise(EndpointWriter::fault);
  }

  private Future<Outcome> correct(Task task, List<Held> all, DefaultFields defaults) {
    Optional<String> former =
        all.stream()
            .filter(held -> held.found().isPresent())
            .filter(held -> held.differing(defaults).contains(SUBSCRIBES))
            .flatMap(held -> held.found().orElseThrow().values(SUBSCRIBES).stream())
            .findFirst();
    return former.isPresent()
        ? registrations.moving(
            task.endpoint(), former.get(), () -> correctParts(task, all, defaults))
        : correctParts(task, all, defaults);
  }

  private Future<Outcome> correctParts(Task task, List<Held> all, DefaultFields defaults) {
    boolean newAccount =
        all.stream().anyMatch(held -> held.desired().isA("auth") && held.differs(defaults));
    List<Future<Outcome>> parts = new ArrayList<>();
    for (Held held : inOrder(all)) {
      if (held.differs(defaults)) {
        parts.add(correct(held, defaults));
      } else if (newAccount && held.desired().isA("registration")) {
        // so that it registers at once with the new password
        parts.add(recreate(held, defaults));
      }
    }
    boolean isSound = parts.isEmpty();
    parts.add(removals(task));
    return join(parts).map(done -> isSound && done instanceof Done ? new Unchanged() : done);
  }

  /// An endpoint that exists goes first: when its address of record is written anew, the devices
  /// that return are told the messages in the mailbox that the endpoint has then.
  private static List<Held> inOrder(List<Held> all) {
    return all.stream().allMatch(held -> held.found().isPresent())
        ? all.stream()
            .sorted(Comparator.comparing(held -> !held.desired().isA("endpoint")))
            .toList()
        : all;
  }

  private Future<Held> read(PjsipObject object) {
    return ari.request(object.get())
        .compose(answer -> {
          Optional<HeldObject> found = HeldObject.of(answer);
          return found.isPresent() && object.isA("aor")
              ? contacts
                  .of(object, found.get())
                  .map(registered -> new Held(object, found, registered))
              : Future.succeededFuture(new Held(object, found, List.of()));
        });
  }

  private Future<Outcome> correct(Held held, DefaultFields defaults) {
    if (held.found().isEmpty()) {
      return put(held.desired(), defaults);
    }
    List<String> differing = held.differing(defaults);
    log.atInfo()
        .addKeyValue("object", held.desired())
        .addKeyValue("fields", differing)
        .log("an object in Asterisk differs and is written");
    boolean inPlace =
        (held.desired().isA("auth") || held.desired().isA("endpoint"))
            && differing.stream().allMatch(held.desired()::has);
    return inPlace
        ? put(held.desired(), defaults)
            .compose(done -> done instanceof Refused ? recreate(held, defaults) : keep(done))
        : recreate(held, defaults);
  }

  private Future<Outcome> recreate(Held held, DefaultFields defaults) {
    Future<Outcome> deleted = send(held.desired().delete());
    return contacts
        .gone(held.registered())
        .compose(_ -> {
          List<Future<Outcome>> parts = new ArrayList<>(List.of(deleted));
          parts.add(put(held.desired(), defaults));
          held.registered().forEach(contact -> parts.add(send(contact.put())));
          return join(parts);
        })
        .otherwise(EndpointWriter::fault);
  }

  /// A registration goes first: its end at the provider is signed with the password.
  private Future<Outcome> removals(Task task) {
    List<PjsipObject> left =
        PjsipObjects.remainsOf(task.endpoint()).stream()
            .filter(one -> task.objects().stream().noneMatch(one::isSameAs))
            .toList();
    return join(left.stream().filter(EndpointWriter::isRegistration).map(this::unregister).toList())
        .compose(done -> {
          List<Future<Outcome>> parts = new ArrayList<>(List.of(keep(done)));
          left.stream()
              .filter(one -> !isRegistration(one))
              .forEach(one -> parts.add(send(one.delete())));
          return join(parts);
        });
  }

  private static boolean isRegistration(PjsipObject object) {
    return object.isA("registration");
  }

  /// Completes when the provider has had the time to ask for the digest, of which Asterisk tells
  /// nobody.
  private Future<Outcome> unregister(PjsipObject registration) {
    AriRequest delete = registration.delete();
    return ari.request(delete)
        .compose(answer -> {
          Outcome outcome = outcome(delete, answer);
          return answer.ok() ? later(outcome) : keep(outcome);
        })
        .otherwise(EndpointWriter::fault);
  }

  private static Future<Outcome> later(Outcome outcome) {
    return Future.fromCompletionStage(
        CompletableFuture.supplyAsync(
            () -> outcome,
            CompletableFuture.delayedExecutor(UNREGISTERED.toMillis(), TimeUnit.MILLISECONDS)));
  }

  /// Asterisk answers with what it holds then.
  private Future<Outcome> put(PjsipObject object, DefaultFields defaults) {
    return ari.request(object.put())
        .map(answer -> {
          List<String> differing =
              HeldObject.of(answer).stream()
                  .flatMap(held -> held.differing(object, defaults.of(object)).stream())
                  .toList();
          return differing.isEmpty()
              ? outcome(object.put(), answer)
              : new Refused(object + ": Asterisk holds another " + String.join(", ", differing));
        })
        .otherwise(EndpointWriter::fault);
  }

  private Future<Outcome> send(AriRequest request) {
    return ari.request(request)
        .map(answer -> outcome(request, answer))
        .otherwise(EndpointWriter::fault);
  }

  private static Outcome outcome(AriRequest request, AriResponse answer) {
    boolean gone = request.method() == AriRequest.Method.DELETE && answer.status() == NOT_FOUND;
    return answer.ok() || gone
        ? new Done()
        : new Refused(request.uri() + ": " + answer.status() + " " + answer.body());
  }

  private static Future<Outcome> keep(Outcome outcome) {
    return Future.succeededFuture(outcome);
  }

  private static Outcome fault(Throwable thrown) {
    String reason = String.valueOf(thrown.getMessage());
    return thrown instanceof AriFault fault && !fault.retryable()
        ? new Refused(reason)
        : new Unknown(reason);
  }

  /// The worst of them.
  private static Future<Outcome> join(List<Future<Outcome>> parts) {
    return Future.join(parts)
        .transform(_ -> {
          List<Outcome> outcomes = parts.stream().map(EndpointWriter::result).toList();
          Optional<Outcome> unknown =
              outcomes.stream().filter(Unknown.class::isInstance).findFirst();
          Optional<Outcome> refused =
              outcomes.stream().filter(Refused.class::isInstance).findFirst();
          return keep(unknown.or(() -> refused).orElseGet(Done::new));
        });
  }

  private static Outcome result(Future<Outcome> part) {
    return part.succeeded() ? part.result() : fault(part.cause());
  }
}
