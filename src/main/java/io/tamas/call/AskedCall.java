package io.tamas.call;

import io.tamas.company.Company;
import io.tamas.company.Directory;
import io.tamas.number.CallerId;
import io.tamas.number.ExtensionNumber;
import io.tamas.number.NumberingPlan;
import io.tamas.routing.CallContext;
import io.tamas.routing.CallContext.Origin;
import io.tamas.routing.Dialled;
import java.time.Instant;
import org.asteriskjava.fastagi.AgiRequest;
import org.jspecify.annotations.Nullable;

/// Reads the call that the dialplan asks about. Pure.
final class AskedCall {
  /// Bits of the presentation that tell whether a number may be shown, and their value where it may
  /// not (ITU-T Q.951, Asterisk's `AST_PRES_RESTRICTION`).
  private static final int RESTRICTION = 0x60;

  private static final int RESTRICTED = 0x20;

  private AskedCall() {}

  /// @throws IllegalArgumentException if the dialplan asked for what there is not
  static CallContext read(AgiRequest request, Directory company, Instant at) {
    String[] arguments = request.getArguments();
    if (arguments.length != 2) {
      throw new IllegalArgumentException("route takes two arguments: trunk or phone, and which");
    }
    return switch (arguments[0]) {
      case "trunk" -> fromTrunk(request, trunk(company, arguments[1]), at);
      case "phone" -> fromPhone(request, new ExtensionNumber(arguments[1]), company, at);
      default -> throw new IllegalArgumentException("a call comes from a trunk or a phone");
    };
  }

  private static CallContext fromTrunk(AgiRequest request, Company.Trunk trunk, Instant at) {
    return new CallContext(
        request.getUniqueId(),
        new Origin.FromTrunk(trunk.name()),
        caller(request, trunk.plan()),
        trunk.plan().parse(dialled(request)),
        at);
  }

  private static CallContext fromPhone(
      AgiRequest request, ExtensionNumber extension, Directory company, Instant at) {
    return new CallContext(
        request.getUniqueId(),
        new Origin.FromPhone(extension),
        new CallerId.Internal(extension),
        Dialled.byPhone(dialled(request), company),
        at);
  }

  private static CallerId caller(AgiRequest request, NumberingPlan plan) {
    Integer presentation = request.getCallingPres();
    boolean withheld = presentation != null && (presentation & RESTRICTION) == RESTRICTED;
    String number = request.getCallerIdNumber();
    return withheld || number == null ? new CallerId.Anonymous() : plan.parse(number);
  }

  private static Company.Trunk trunk(Directory company, String name) {
    return company
        .trunk(name)
        .orElseThrow(() -> new IllegalArgumentException("the company has no such trunk"));
  }

  private static String dialled(AgiRequest request) {
    @Nullable String extension = request.getExtension();
    if (extension == null) {
      throw new IllegalArgumentException("nothing was dialled");
    }
    return extension;
  }
}
