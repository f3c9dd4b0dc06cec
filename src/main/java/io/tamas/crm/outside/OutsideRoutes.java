package io.tamas.crm.outside;

import io.tamas.number.PhoneNumber;
import io.tamas.number.WrittenNumbers;
import io.tamas.web.Api;
import io.tamas.web.Problem;
import io.tamas.web.Request;
import io.tamas.web.Response;
import java.util.Optional;
import java.util.function.Supplier;

/// Whom the CRM outside has for a number, by REST.
public final class OutsideRoutes implements Api {
  private final Optional<OutsideCrm> crm;
  private final Supplier<WrittenNumbers> numbers;

  /// @param crm empty: there is none
  /// @param numbers by the plans of the company
  public OutsideRoutes(Optional<OutsideCrm> crm, Supplier<WrittenNumbers> numbers) {
    this.crm = crm;
    this.numbers = numbers;
  }

  @Override
  public void mount(Operations on) {
    on.on("getNumberInCrm", this::get);
  }

  private Response get(Request request) {
    String written = request.path("number");
    PhoneNumber number =
        numbers.get().number(written).orElseThrow(() -> Problem.notFound("number " + written));
    OutsideCrm asked =
        crm.orElseThrow(() -> Problem.notFound("CRM: none is configured (outsideCrm)"));
    try {
      return Response.ok(
          asked
              .look(number)
              .orElseThrow(() -> Problem.notFound("contact with the number " + number.e164())));
    } catch (OutsideCrm.Unavailable e) {
      throw Problem.unavailable(String.valueOf(e.getMessage()));
    }
  }
}
