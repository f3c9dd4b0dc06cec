package io.tamas.console;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.Rule;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.ConsoleMessage;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// Somebody before the console. What is done is done as people do it; what is expected is waited
/// for.
final class Desk {
  static final String PASSWORD = "correct horse battery staple";

  private static final int PATIENCE = 10_000;

  /// What the browser itself writes when a request is refused, such as the first one of a stranger.
  private static final Pattern REFUSED =
      Pattern.compile("Failed to load resource: .* status of 4..*|WebSocket connection to .*");

  private final BrowserContext context;
  private final Page page;
  private final List<String> faults = new ArrayList<>();

  Desk(BrowserContext context, String address) {
    this.context = context;
    context.setDefaultTimeout(PATIENCE);
    PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE);
    context.addInitScript(
        """
        document.addEventListener('securitypolicyviolation', event =>
          console.error('policy: ' + event.violatedDirective + ' ' + event.blockedURI + ' ' + event.sample));
        """);
    page = context.newPage();
    watch(page);
    page.navigate(address);
  }

  private void watch(Page watched) {
    watched.onConsoleMessage(this::told);
    watched.onPageError(faults::add);
  }

  private void told(ConsoleMessage message) {
    if (message.type().equals("error") && !REFUSED.matcher(message.text()).matches()) {
      faults.add(message.text());
    }
  }

  /// One more tab of the same browser.
  Page anotherTab() {
    Page tab = context.newPage();
    watch(tab);
    tab.navigate(page.url());
    return tab;
  }

  Page page() {
    return page;
  }

  Desk signsIn(String name, String password) {
    page.locator("[name=name]").fill(name);
    page.locator("[name=password]").fill(password);
    page.keyboard().press("Enter");
    return this;
  }

  Desk choosesPassword() {
    page.locator("[name=again]").fill(PASSWORD);
    page.locator("[name=password]").fill(PASSWORD);
    page.keyboard().press("Enter");
    sees(".shell");
    return this;
  }

  /// Goes to a screen by its address, such as `/calls?direction=INBOUND`.
  Desk opens(String place) {
    page.evaluate("place => { location.hash = place; }", place);
    return this;
  }

  Desk sees(String selector) {
    PlaywrightAssertions.assertThat(page.locator(selector).first()).isVisible();
    return this;
  }

  Desk sees(Locator what) {
    PlaywrightAssertions.assertThat(what.first()).isVisible();
    return this;
  }

  Desk seesNo(String selector) {
    PlaywrightAssertions.assertThat(page.locator(selector)).hasCount(0);
    return this;
  }

  Desk presses(String key) {
    page.keyboard().press(key);
    return this;
  }

  /// Nothing that people with other eyes or hands could not use, and nothing beside the window.
  Desk isAccessible() {
    List<String> violations =
        new AxeBuilder(page).analyze().getViolations().stream().map(Desk::told).toList();
    assertEquals(List.of(), violations);
    assertEquals(
        0,
        page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"));
    return this;
  }

  private static String told(Rule rule) {
    return rule.getId()
        + ": "
        + rule.getHelp()
        + ": "
        + rule.getNodes().stream()
            .map(node -> node.getHtml() + " " + node.getFailureSummary())
            .toList();
  }

  /// A picture of the page.
  Desk isDrawn(Path file) {
    page.screenshot(new Page.ScreenshotOptions().setPath(file));
    return this;
  }

  /// What the page did that it may not.
  List<String> leaves() {
    context.close();
    return List.copyOf(faults);
  }
}
