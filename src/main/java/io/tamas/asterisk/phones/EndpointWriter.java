package io.tamas.asterisk.phones;

import io.tamas.asterisk.ari.Ari;
import io.tamas.asterisk.ari.AriFault;
import io.tamas.asterisk.ari.AriRequest;
import io.tamas.asterisk.ari.AriResponse;
import io.tamas.asterisk.phones.ProvisioningPlan.Task;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Writes one endpoint with all that belongs to it. Requests are sent one after the other without
/// waiting: Asterisk serves them in order.
final class EndpointWriter {
  private static final int NOT_FOUND = 404;

  private final Ari ari;

  sealed interface Outcome {
    String label();
  }

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

  EndpointWriter(Ari ari) {
    this.ari = ari;
  }

  Future<Outcome> write(Task task) {
    List<Future<Outcome>> parts = new ArrayList<>();
    task.objects().forEach(object -> parts.add(put(object)));
    for (PjsipObject left : PjsipObjects.remainsOf(task.endpoint())) {
      if (task.objects().stream().noneMatch(left::isSameAs)) {
        parts.add(delete(left));
      }
    }
    return Future.join(parts).map(all -> worst(parts));
  }

  private Future<Outcome> put(PjsipObject object) {
    return switch (object.type()) {
      case "identify" -> putIdentify(object);
      // recreated, so that it registers at once with a possibly new password
      case "registration" -> delete(object).compose(deleted -> send(object.put()));
      default -> send(object.put());
    };
  }

  /// Only if it differs: rewriting it would add to its matches, so it has to be deleted first, and
  /// meanwhile the trunk would not be recognised.
  private Future<Outcome> putIdentify(PjsipObject object) {
    return ari.request(object.get())
        .compose(found ->
            IdentifyMatch.isSame(found, object)
                ? Future.<Outcome>succeededFuture(new Done())
                : delete(object).compose(deleted -> send(object.put())))
        .otherwise(EndpointWriter::fault);
  }

  private Future<Outcome> delete(PjsipObject object) {
    return send(object.delete());
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

  private static Outcome fault(Throwable thrown) {
    String reason = String.valueOf(thrown.getMessage());
    return thrown instanceof AriFault fault && !fault.retryable()
        ? new Refused(reason)
        : new Unknown(reason);
  }

  private static Outcome worst(List<Future<Outcome>> parts) {
    Optional<Outcome> unknown =
        parts.stream().map(Future::result).filter(Unknown.class::isInstance).findFirst();
    Optional<Outcome> refused =
        parts.stream().map(Future::result).filter(Refused.class::isInstance).findFirst();
    return unknown.or(() -> refused).orElseGet(Done::new);
  }
}
