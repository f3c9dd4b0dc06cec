package io.tamas.console;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.options.ColorScheme;
import io.tamas.lab.Lab;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/// Those before whom the console is, each with a browser of their own.
final class Desks implements AutoCloseable {
  private static final AtomicInteger LAST = new AtomicInteger();

  private final Chromium chromium;
  private final List<Desk> desks = new ArrayList<>();

  Desks(Chromium chromium) {
    this.chromium = chromium;
  }

  /// How somebody looks at it.
  ///
  /// @param language one of the console
  /// @param width of the window, in pixels
  record Look(String language, boolean dark, int width, int height) {
    static final Look PLAIN = of("en");

    static Look of(String language) {
      return new Look(language, false, 1440, 900);
    }

    Look inTheDark() {
      return new Look(language, true, width, height);
    }

    Look onAPhone() {
      return new Look(language, dark, 360, 740);
    }
  }

  /// A new user.
  ///
  /// @param oneTime the password of the first sign-in
  record NewUser(String name, String oneTime) {}

  /// A user who has not signed in yet.
  ///
  /// @param more such as `extension`
  NewUser newUser(Lab lab, String role, Map<String, Object> more) {
    String name = "user-" + LAST.incrementAndGet();
    Map<String, Object> draft = new HashMap<>(more);
    draft.put("name", name);
    draft.put("role", role);
    JsonNode made = lab.office().send("POST", "/users", draft);
    return new NewUser(name, made.path("oneTimePassword").asText());
  }

  /// A browser with nothing in it yet.
  static BrowserContext context(Chromium chromium, Look look) {
    return chromium
        .browser()
        .newContext(
            new Browser.NewContextOptions()
                .setLocale(look.language())
                .setTimezoneId("Asia/Tehran")
                .setViewportSize(look.width(), look.height())
                .setColorScheme(look.dark() ? ColorScheme.DARK : ColorScheme.LIGHT));
  }

  /// A page of the console before anybody has signed in.
  Desk stranger(Lab lab, Look look) {
    Desk desk =
        new Desk(
            context(chromium, look),
            lab.office().address("/").resolve("../../console/").toString());
    desks.add(desk);
    return desk;
  }

  /// A new user who has signed in and has a password of their own.
  Desk of(Lab lab, Look look, String role, Map<String, Object> more) {
    NewUser user = newUser(lab, role, more);
    Desk desk = stranger(lab, look);
    desk.signsIn(user.name(), user.oneTime());
    desk.choosesPassword();
    return desk;
  }

  /// Fails if a page did something that its policy forbids, or wrote an error.
  @Override
  public void close() {
    List<String> faults = desks.stream().flatMap(desk -> desk.leaves().stream()).toList();
    if (!faults.isEmpty()) {
      throw new AssertionError("the console complains: " + String.join("\n", faults));
    }
  }
}
