package io.tamas.call.decision;

import io.tamas.routing.Decision.Setting;

/// The sounds that are played when a feature code was carried out, or could not be stored.
final class SettingSounds {
  static final String FAILED = "something-terribly-wrong";

  private SettingSounds() {}

  static String done(Setting setting) {
    return switch (setting) {
      case Setting.DoNotDisturb(boolean on) -> on ? "activated" : "de-activated";
      case Setting.OfSchedule schedule -> schedule.to().isPresent() ? "activated" : "de-activated";
      case Setting.Forward forward -> forward.to().isPresent() ? "activated" : "de-activated";
    };
  }
}
