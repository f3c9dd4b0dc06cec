package io.tamas.routing;

import io.tamas.company.Company.OutgoingProfile;
import io.tamas.company.Destination;
import io.tamas.company.Directory;
import io.tamas.company.Extension;
import io.tamas.number.CallerId;
import io.tamas.number.ExtensionNumber;
import java.util.Locale;
import java.util.Optional;

/// Which of the things that can be dialled on a phone it was, in the order in which they are
/// considered.
public enum DialledKind {
  EMERGENCY_NUMBER,
  FEATURE_CODE,
  PARKING_SLOT,
  EXTENSION,
  RING_GROUP,
  MENU,
  SERVICE_NUMBER,
  NUMBER,
  /// Neither: an extension or a number that does not exist.
  NOTHING;

  /// As in the API, such as `service-number`.
  public String text() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /// @param call from the phone of the extension
  public static DialledKind of(CallContext call, Extension caller, Directory company) {
    if (company.emergencyNumber(call.digits()).isPresent()) {
      return EMERGENCY_NUMBER;
    }
    Optional<FeatureCode> code = FeatureCode.dialled(caller, call, company);
    if (code.isPresent()) {
      return code.get() instanceof FeatureCode.Slot ? PARKING_SLOT : FEATURE_CODE;
    }
    Optional<OutgoingProfile> profile = caller.outgoing().map(company::outgoingProfile);
    return switch (call.dialled()) {
      case CallerId.Internal(ExtensionNumber number) ->
          company.inside(number).map(DialledKind::inside).orElse(NOTHING);
      case CallerId.Number _ -> NUMBER;
      case CallerId.ShortCode(String digits) ->
          profile.filter(one -> Outgoing.isService(digits, one)).isPresent()
              ? SERVICE_NUMBER
              : NOTHING;
      case CallerId.Alphanumeric _, CallerId.Anonymous _ -> NOTHING;
    };
  }

  private static DialledKind inside(Destination destination) {
    return switch (destination) {
      case Destination.ToExtension _ -> EXTENSION;
      case Destination.ToRingGroup _ -> RING_GROUP;
      case Destination.ToMenu _ -> MENU;
      case Destination.ToAnnouncement _, Destination.ToVoicemail _, Destination.ToNumber _ ->
          NOTHING;
    };
  }
}
