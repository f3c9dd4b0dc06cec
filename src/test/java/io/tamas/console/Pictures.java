package io.tamas.console;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.RequestOptions;
import io.tamas.console.Desks.Look;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Draws screens of the console of a running server, to be looked at. The console itself is that of
/// this build, whatever the server has.
///
/// `Pictures ADDRESS USER PASSWORD FOLDER SCREENS [LANGUAGES [THEMES [WIDTHS [SCRIPT]]]]`, each a
/// list with commas, such as `Pictures http://127.0.0.1:8080 admin … /tmp/pictures /calls,/live
/// en,fa light,dark 360,1440`. The screen `in` is the sign-in. A script runs in the page before it
/// is drawn.
public final class Pictures {
  private static final int AT_REST = 900;

  private final Chromium chromium;
  private final ConsoleFiles files = ConsoleFiles.load();
  private final List<String> arguments;

  private Pictures(Chromium chromium, List<String> arguments) {
    this.chromium = chromium;
    this.arguments = arguments;
  }

  public static void main(String[] arguments) {
    try (Chromium chromium = Chromium.start()) {
      new Pictures(chromium, List.of(arguments)).drawAll();
    }
  }

  private void drawAll() {
    for (String language : list(5, "en")) {
      for (String theme : list(6, "light")) {
        for (String width : list(7, "1440")) {
          int pixels = Integer.parseInt(width);
          draw(new Look(language, theme.equals("dark"), pixels, pixels < 700 ? 740 : 900));
        }
      }
    }
  }

  private List<String> list(int position, String otherwise) {
    return List.of(argument(position).orElse(otherwise).split(","));
  }

  private Optional<String> argument(int position) {
    return position < arguments.size() ? Optional.of(arguments.get(position)) : Optional.empty();
  }

  private void draw(Look look) {
    try (BrowserContext context = Desks.context(chromium, look)) {
      context.route("**/console/**", this::answer);
      Page page = context.newPage();
      page.onConsoleMessage(message -> System.err.println(message.type() + ": " + message.text()));
      page.onPageError(fault -> System.err.println("fault: " + fault));
      boolean isIn = false;
      for (String screen : list(4, "/calls")) {
        if (!screen.equals("in") && !isIn) {
          signIn(page, look.language());
          isIn = true;
        }
        draw(page, look, screen);
      }
    }
  }

  private void signIn(Page page, String language) {
    String api = arguments.getFirst() + "/api/v1/";
    send(
        page,
        "POST",
        api + "session",
        Map.of("name", arguments.get(1), "password", arguments.get(2)));
    send(page, "PUT", api + "me/settings", Map.of("language", language));
  }

  private void send(Page page, String method, String url, Map<String, String> body) {
    int status =
        page.request()
            .fetch(
                url,
                RequestOptions.create()
                    .setMethod(method)
                    .setHeader("origin", arguments.getFirst())
                    .setData(body))
            .status();
    if (status >= 300) {
      throw new IllegalStateException(method + " " + url + ": " + status);
    }
  }

  private void draw(Page page, Look look, String screen) {
    page.navigate("about:blank");
    page.navigate(arguments.getFirst() + "/console/" + (screen.equals("in") ? "" : "#" + screen));
    page.waitForSelector("#main");
    page.waitForTimeout(AT_REST);
    argument(8)
        .ifPresent(script -> {
          page.evaluate(script);
          page.waitForTimeout(AT_REST);
        });
    String name =
        screen.replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "")
            + "-"
            + look.language()
            + (look.dark() ? "-dark-" : "-light-")
            + look.width()
            + ".png";
    Path file = Path.of(arguments.get(3)).resolve(name);
    page.screenshot(new Page.ScreenshotOptions().setPath(file));
    System.out.println(file);
  }

  private void answer(Route route) {
    String path = route.request().url().replaceFirst(".*/console/", "").replaceFirst("[?#].*", "");
    Optional<ConsoleFile> file = files.named(path.isEmpty() ? ConsoleFiles.PAGE : path);
    if (file.isEmpty()) {
      route.fulfill(new Route.FulfillOptions().setStatus(404));
      return;
    }
    Map<String, String> headers = new HashMap<>();
    headers.put("content-security-policy", Console.POLICY);
    headers.put("content-type", file.get().type());
    route.fulfill(
        new Route.FulfillOptions().setHeaders(headers).setBodyBytes(file.get().plain().getBytes()));
  }
}
