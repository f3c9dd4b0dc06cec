package io.tamas.call.decision;

import io.tamas.routing.Decision.Setting;

/// What a phone hears when its code was carried out, or could not be.
final class ChangeVoice {
  static final String FAILED = "something-terribly-wrong";

  private ChangeVoice() {}

  static String done(Setting setting) {
    return switch (setting) {
      case Setting.DoNotDisturb(boolean on) -> on ? "activated" : "de-activated";
      case Setting.Forward forward -> forward.to().isPresent() ? "activated" : "de-activated";
    };
  }
}
