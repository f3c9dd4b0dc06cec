package io.tamas.company;

import io.tamas.company.Destination.ToAnnouncement;
import io.tamas.company.Destination.ToExtension;
import io.tamas.company.Destination.ToMenu;
import io.tamas.company.Destination.ToNumber;
import io.tamas.company.Destination.ToRingGroup;
import io.tamas.company.Destination.ToVoicemail;
import io.tamas.number.ExtensionNumber;

/// What an extension may call inside the company, and so forward to. Pure.
public final class CallRights {
  private CallRights() {}

  /// Whether it may call this: itself, an extension of a group in its `mayCall`, or a ring group of
  /// such extensions only. A menu is everybody's; external numbers have rules of their own.
  public static boolean mayCall(Extension caller, Destination destination, Directory company) {
    return switch (destination) {
      case ToExtension(ExtensionNumber number) -> mayCall(caller, number, company);
      case ToRingGroup(String name) ->
          company.ringGroup(name).members().stream()
              .allMatch(member -> mayCall(caller, member, company));
      case ToMenu _, ToAnnouncement _, ToVoicemail _, ToNumber _ -> true;
    };
  }

  private static boolean mayCall(Extension caller, ExtensionNumber number, Directory company) {
    return caller.mayCall().isEmpty()
        || caller.number().equals(number)
        || company.extension(number).stream()
            .allMatch(callee -> callee.groups().stream().anyMatch(caller.mayCall()::contains));
  }
}
