package io.tamas.asterisk.phones;

import io.tamas.asterisk.ami.Ami;
import io.tamas.asterisk.ami.AmiAction;
import io.tamas.asterisk.ami.AmiAnswer;
import io.tamas.asterisk.ami.AmiFault;
import io.tamas.asterisk.ari.Ari;
import io.tamas.asterisk.phones.ProvisioningPlan.Task;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Puts out whatever signed in as a phone with a password that no longer counts: its registrations,
/// its calls and its subscriptions end; and of a phone that is deleted, those in its mailbox.
///
/// Asterisk keeps registrations apart from passwords, also over its restart: the calls to the next
/// owner of a number would ring at the phone of the one before.
final class Registrations {
  private static final Logger log = LoggerFactory.getLogger(Registrations.class);

  private final Ari ari;
  private final Ami ami;
  private final RegisteredContacts contacts;
  private final Subscriptions subscriptions;
  private final MailboxCallers mailboxes;

  Registrations(Ari ari, Ami ami) {
    this.ari = ari;
    this.ami = ami;
    this.contacts = new RegisteredContacts(ari);
    this.subscriptions = new Subscriptions(ami);
    this.mailboxes = new MailboxCallers(ami);
  }

  /// Whether Asterisk may have some that do not belong to this phone: it has another password than
  /// Asterisk knows, or none.
  ///
  /// @param isNew whether Asterisk is believed not to have the phone: then only registrations could
  ///   be left, which show once there is an address of record
  Future<Boolean> mayBeStrange(Task task, boolean isNew) {
    if (task.endpoint().startsWith(PjsipObjects.TRUNK_PREFIX)) {
      return Future.succeededFuture(false);
    }
    return isNew
        ? put(aor(task))
            .map(held -> held.filter(found -> !found.values("contact").isEmpty()).isPresent())
        : ari.request(auth(task).get()).map(answer -> !hasPassword(task, HeldObject.of(answer)));
  }

  private static boolean hasPassword(Task task, Optional<HeldObject> held) {
    List<String> wanted =
        object(task, "auth").map(auth -> auth.values("password")).orElse(List.of());
    return !wanted.isEmpty()
        && held.filter(found -> found.values("password").equals(wanted)).isPresent();
  }

  /// Ends them. The password goes first, so that nothing registers again meanwhile; the phone has
  /// to be written after this, or removed. Can be repeated.
  Future<Void> end(Task task) {
    PjsipObject aor = aor(task);
    log.atInfo()
        .addKeyValue("extension", task.endpoint())
        .log("the devices of a phone are put out");
    return ari.request(PjsipObjects.closedAccount(task.endpoint()).put())
        .compose(_ -> ari.request(aor.get()))
        .compose(answer ->
            HeldObject.of(answer)
                .map(Optional::of)
                .map(Future::succeededFuture)
                .orElseGet(() -> put(aor)))
        .compose(held -> contacts.of(aor, held.orElse(HeldObject.EMPTY)))
        .compose(found ->
            Future.all(found.stream().map(contact -> ari.request(contact.delete())).toList()))
        .compose(_ -> endpointHeld(task))
        .compose(context -> ended(task, context))
        .compose(_ -> ari.request(aor.delete()))
        .mapEmpty();
  }

  private Future<Optional<HeldObject>> put(PjsipObject object) {
    return ari.request(object.put()).map(HeldObject::of);
  }

  /// The context in which it subscribes; empty if there is no endpoint.
  private Future<Optional<String>> endpointHeld(Task task) {
    PjsipObject endpoint = new PjsipObject("endpoint", task.endpoint(), List.of());
    return ari.request(endpoint.get())
        .map(answer ->
            HeldObject.of(answer)
                .flatMap(held -> held.values("subscribe_context").stream().findFirst()));
  }

  private Future<Void> ended(Task task, Optional<String> context) {
    String endpoint = task.endpoint();
    return waiting(
            () -> {
              AmiAnswer answer = ami.send(AmiAction.hangUpAll(endpoint));
              if (task.objects().isEmpty()) {
                mailboxes.end(endpoint);
              }
              context.ifPresent(one -> subscriptions.end(subscriptions.of(endpoint), one));
              return answer;
            })
        .mapEmpty();
  }

  /// Moves a phone to another context: its subscriptions in the former one end once it is written,
  /// so that it subscribes again in the new one.
  <T> Future<T> moving(String endpoint, String formerContext, Supplier<Future<T>> write) {
    return waiting(() -> subscriptions.of(endpoint))
        .compose(watched ->
            write
                .get()
                .compose(done ->
                    waiting(() -> {
                      subscriptions.end(watched, formerContext);
                      return done;
                    })));
  }

  /// The manager interface is waited for on a thread of its own.
  private static <T> Future<T> waiting(Supplier<T> actions) {
    Promise<T> promise = Promise.promise();
    Thread.startVirtualThread(() -> {
      try {
        promise.complete(actions.get());
      } catch (AmiFault e) {
        promise.fail(e);
      }
    });
    return promise.future();
  }

  private static PjsipObject auth(Task task) {
    return new PjsipObject("auth", task.endpoint(), List.of());
  }

  private static PjsipObject aor(Task task) {
    return object(task, "aor").orElseGet(() -> new PjsipObject("aor", task.endpoint(), List.of()));
  }

  private static Optional<PjsipObject> object(Task task, String type) {
    return task.objects().stream().filter(object -> object.isA(type)).findFirst();
  }
}
