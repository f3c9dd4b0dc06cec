package io.tamas.company;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tamas.company.Companies.WithPassword;
import io.tamas.company.Company.Part;
import io.tamas.company.CompanyOutcome.Done;
import io.tamas.config.Secret;
import io.tamas.number.ExtensionNumber;
import io.tamas.web.Api;
import io.tamas.web.ETag;
import io.tamas.web.Problem;
import io.tamas.web.Request;
import io.tamas.web.Response;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;

/// Extensions by REST. A generated password is returned only once, in the response to the request
/// that generated it; one that was set, never. A new one of an extension that exists is answered
/// once phones can register with it, if that can be soon.
public final class ExtensionRoutes implements Api {
  private static final PartAnswers ANSWERS = new PartAnswers(PartKind.EXTENSION);

  private final Companies companies;
  private final CompanySnapshot snapshot;
  private final Consumer<ExtensionNumber> provisioned;
  private final PasswordStrength strength = new PasswordStrength();

  /// @param provisioned waits until the phone of an extension can register as the company has it
  ///   now, if that can be soon
  public ExtensionRoutes(
      Companies companies, CompanySnapshot snapshot, Consumer<ExtensionNumber> provisioned) {
    this.companies = companies;
    this.snapshot = snapshot;
    this.provisioned = provisioned;
  }

  @Override
  public void mount(Operations on) {
    on.on("listExtensions", this::list)
        .on("createExtension", explained(this::create))
        .on("getExtension", this::get)
        .on("updateExtension", explained(this::update))
        .on("setAvailability", this::setAvailability)
        .on("deleteExtension", this::delete)
        .on("resetExtensionPassword", this::resetPassword)
        .on("setExtensionPassword", this::setPassword);
  }

  private Handler explained(Handler handler) {
    return handler.explaining(body -> ANSWERS.explained(body, snapshot.company()));
  }

  private record Created(Extension extension, String password) {}

  private record Password(String password) {}

  private Response list(Request request) {
    Predicate<Extension> wanted = request.query("q").map(NameSearch::of).orElse(any -> true);
    return ANSWERS.page(
        request,
        snapshot.company().extensions().stream()
            .filter(wanted)
            .map(
                extension -> request.isReached(extension.number()) ? extension : entry(extension)));
  }

  private Response create(Request request) {
    Extension extension = extension(ANSWERS.body(request.body(JsonNode.class), snapshot.company()));
    boolean withGroups = request.query("newGroups").map(Boolean::parseBoolean).orElse(false);
    WithPassword created = companies.create(extension, withGroups);
    Done done = ANSWERS.done(created.outcome(), extension.key());
    return ANSWERS.created(done.stored(), new Created(extension, password(created)));
  }

  /// As in a directory.
  private static Extension entry(Extension extension) {
    return Extension.of(extension.number(), extension.name());
  }

  private Response get(Request request) {
    String number = request.path("number");
    request.requireReached(new ExtensionNumber(number));
    return companies
        .find(PartKind.EXTENSION, number)
        .map(ANSWERS::stored)
        .orElseThrow(() -> ANSWERS.absent(number));
  }

  private Response update(Request request) {
    Extension extension = extension(ANSWERS.body(request, snapshot.company()));
    CompanyOutcome outcome = companies.update(extension, ETag.expected(request));
    return ANSWERS.stored(ANSWERS.done(outcome, extension.key()).stored());
  }

  /// What users change by codes at their phones; all else of the extension stays.
  private Response setAvailability(Request request) {
    String number = request.path("number");
    ExtensionNumber extension = new ExtensionNumber(number);
    request.requireReached(extension);
    Extension known = snapshot.get().extension(extension).orElseThrow(() -> ANSWERS.absent(number));
    ObjectNode said = request.body(ObjectNode.class);
    said.put("number", number).put("name", known.name());
    Extension wanted = extension(ANSWERS.body(said, snapshot.company()));
    CompanyOutcome outcome =
        companies.change(
            extension,
            now ->
                now.withDoNotDisturb(wanted.doNotDisturb())
                    .withForwards(wanted.forwards().orElse(Extension.Forwards.NONE)));
    return ANSWERS.stored(ANSWERS.done(outcome, number).stored());
  }

  private Response delete(Request request) {
    String number = request.path("number");
    ANSWERS.done(companies.delete(PartKind.EXTENSION, number, ETag.expected(request)), number);
    return Response.noContent();
  }

  private Response resetPassword(Request request) {
    String number = request.path("number");
    ExtensionNumber extension = new ExtensionNumber(number);
    WithPassword reset = companies.resetPassword(extension);
    ANSWERS.done(reset.outcome(), number);
    provisioned.accept(extension);
    return Response.ok(new Password(password(reset)));
  }

  private Response setPassword(Request request) {
    String number = request.path("number");
    ExtensionNumber extension = new ExtensionNumber(number);
    String password = request.body(Password.class).password();
    Extension known = snapshot.get().extension(extension).orElseThrow(() -> ANSWERS.absent(number));
    strength
        .fault(known, password)
        .ifPresent(rule -> {
          throw Problem.invalid(List.of(new Problem.Fault("/password", rule)));
        });
    ANSWERS.done(companies.setPassword(extension, new Secret(password)), number);
    provisioned.accept(extension);
    return Response.noContent();
  }

  private static String password(WithPassword made) {
    return made.password().map(Secret::reveal).orElseThrow();
  }

  private static Extension extension(Part part) {
    return (Extension) part;
  }
}
